/**
 * Every format has broken files beside the error that each must give. They are rows `['id', 'what', bytes, 'CODE']` of
 * the tests named broken*.test.ts in this folder, and the pictures of test/fixtures/bad.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../daemon/decoders';
import { extensionOf } from '../../../daemon/decoders/detect';

const BAD_PICTURES = join(__dirname, '../../fixtures/bad/image/expected.json');
const CODES = /'(FILE_DAMAGED|FILE_TRUNCATED|FILE_TOO_LARGE|FILE_UNSUPPORTED|MEDIA_EMPTY)'/g;

/** [format, error] of each row of a test's table: a row begins with an id, and ends with its code. */
function rowsOf(test: string): Array<[id: string, code: string]> {
  const starts = [...test.matchAll(/\[\s*'([a-z0-9-]+)',/g)];
  return starts.flatMap(({ 1: id, index }, i): Array<[string, string]> => {
    const code = [...test.slice(index, starts[i + 1]?.index).matchAll(CODES)].at(-1)?.[1];
    return code ? [[id!, code]] : [];
  });
}

function tableRows(): Array<[id: string, code: string]> {
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /broken\w*\.test\.ts$/.test(name),
  );
  return tests.flatMap((name) => rowsOf(readFileSync(join(__dirname, name), 'utf8')));
}

function pictureRows(): Array<[id: string, code: string]> {
  const expected = JSON.parse(readFileSync(BAD_PICTURES, 'utf8')) as Record<string, { code: string }>;
  return Object.entries(expected).flatMap(([name, { code }]): Array<[string, string]> => {
    const format = formats.find(({ kind, extensions }) => kind === 'image' && extensions.includes(extensionOf(name)));
    return format ? [[format.id, code]] : [];
  });
}

describe('broken files of every format', () => {
  const rows = [...tableRows(), ...pictureRows()];

  it('the tables are found', () => expect(rows.length).toBeGreaterThan(250));

  it.each(formats.map(({ id }) => id))('%s', (id) => {
    const codes = rows.filter(([of]) => of === id).map(([, code]) => code);
    expect(codes.length, `broken files of ${id}`).toBeGreaterThanOrEqual(3);
    expect(new Set(codes).size, `errors of ${id}: ${codes}`).toBeGreaterThanOrEqual(2);
  });
});
