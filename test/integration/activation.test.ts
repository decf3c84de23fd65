import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// dist/extension.js with a stand-in for VS Code, in fresh processes. `npm run build` comes first.

const script = join(__dirname, '../support/fakeEditor.cjs');
const activate = (): { loadMs: number; activateMs: number; loaded: string[] } =>
  JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));

test('activation reads nothing but the extension’s own small file and Node’s modules', () => {
  const { loaded } = activate();
  expect(loaded.filter((name) => name.startsWith('.') || name.startsWith('/'))).toEqual([]);
  expect(loaded.filter((name) => !/^(node:)?[a-z_/]+$/.test(name))).toEqual([]);
});

test('activation adds less than 50 ms (median of nine)', () => {
  const times = Array.from({ length: 9 }, () => {
    const { loadMs, activateMs } = activate();
    return loadMs + activateMs;
  });
  expect(times.sort((a, b) => a - b)[4]).toBeLessThan(50);
});
