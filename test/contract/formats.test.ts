/** The table of formats says what it must, and the README is made from it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../daemon/decoders';
import { MAX_STREAM_FILE_BYTES } from '../../daemon/decoders/points/limits';

const root = path.join(__dirname, '../..');

test("README.md has the tables of the code: run 'node scripts/formatTable.mjs --write'", () => {
  const printed = execFileSync(process.execPath, ['scripts/formatTable.mjs'], { cwd: root, encoding: 'utf8' });
  const section = (text: string, name: string) =>
    new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`).exec(text)?.[0] ?? `no ${name}`;
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  for (const name of ['formats', 'facts']) expect(section(readme, name)).toBe(section(printed, name));
});

test.each(formats.map((format) => [format.id, format] as const))('%s: a whole row', (id, format) => {
  expect(id).toMatch(/^[a-z0-9-]+$/);
  expect(formats.filter((other) => other.id === id)).toHaveLength(1);
  for (const extension of format.extensions) expect(extension).toMatch(/^\.[a-z0-9.]+$/);
  expect(format.extensions.length).toBeGreaterThan(0);
  expect(format.mime).toMatch(/^(image|video|audio|model|text|application)\/\S/);
  for (const words of [format.magic, format.limits]) expect(words).toMatch(/^[^\n|]{2,120}$/);
  expect(format.limits).not.toMatch(/undefined|NaN/);
  expect(format.limits).toMatch(/\d/);
  expect(format.maxBytes).toBeGreaterThan(0);
  // a format that is held whole cannot be larger than what is ever held whole
  expect(format.maxBytes).toBeLessThanOrEqual(format.decodeStream ? MAX_STREAM_FILE_BYTES : 2 * 1024 ** 3);
});
