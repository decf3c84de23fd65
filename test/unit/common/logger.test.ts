import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileLogger } from '../../../daemon/common/logger';
import { temporaryFolder } from '../../support/checkpointFiles';

it('writes a line an event, indents further lines, and keeps the file private', () => {
  const file = join(temporaryFolder(), 'logs', 'a.log');
  new FileLogger(file).log('warn', 'one\ntwo');
  expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z WARN {2}one\n {2}two\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('rotates by size and keeps so many old files', () => {
  const file = join(temporaryFolder(), 'a.log');
  const logger = new FileLogger(file, { maxBytes: 100, keep: 2 });
  for (let i = 0; i < 8; i++) logger.log('info', `event ${i} ${'x'.repeat(30)}`);
  const events = (name: string) => [...readFileSync(name, 'utf8').matchAll(/event (\d)/g)].map((m) => m[1]);
  expect([events(`${file}.2`), events(`${file}.1`), events(file)]).toEqual([['5'], ['6'], ['7']]);
  expect(statSync(`${file}.3`, { throwIfNoEntry: false })).toBeUndefined();
});

it('goes on with the size of a file that is there already', () => {
  const file = join(temporaryFolder(), 'a.log');
  writeFileSync(file, 'y'.repeat(90));
  new FileLogger(file, { maxBytes: 100, keep: 1 }).log('info', 'new');
  expect(readFileSync(`${file}.1`, 'utf8')).toHaveLength(90);
});

it('never throws when the folder is gone', () => {
  const folder = join(temporaryFolder(), 'logs');
  const logger = new FileLogger(join(folder, 'a.log'));
  rmSync(folder, { recursive: true });
  logger.log('info', 'lost');
});
