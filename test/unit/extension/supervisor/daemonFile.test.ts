import { expect, test } from 'vitest';
import { isAlive, parseDaemonFile } from '../../../../extension/supervisor/daemonFile';

const file = {
  url: 'ws://127.0.0.1:4000',
  token: 'secret',
  pid: 1,
  version: '0.1.0',
  protocol: '1',
  startedAt: '2026-01-01T00:00:00Z',
  build: 'a-b',
};

test('a whole file is read', () => {
  expect(parseDaemonFile(JSON.stringify(file))).toEqual(file);
});

test.each([
  ['half written', '{"url": "ws://127'],
  ['not an object', '42'],
  ['without a token', JSON.stringify({ ...file, token: undefined })],
  ['of another machine', JSON.stringify({ ...file, url: 'ws://example.com:80' })],
  ['of a name that only begins like ours', JSON.stringify({ ...file, url: 'ws://127.0.0.1.example.com' })],
])('one that is %s counts as none', (_, text) => expect(parseDaemonFile(text)).toBeNull());

test('a process lives or does not', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(0)).toBe(false);
  expect(isAlive(2 ** 30)).toBe(false);
});
