import { expect, it } from 'vitest';
import { authorize } from '../../../daemon/server/authorize';

const token = 'abc_DEF-123';
const headers = { host: '127.0.0.1:4711', authorization: `Bearer ${token}` };
const status = (changes: object) => {
  const verdict = authorize({ ...headers, ...changes }, token);
  return verdict.allowed ? 101 : verdict.status;
};

it('lets the token in, under every loopback name', () => {
  for (const host of ['127.0.0.1:4711', 'localhost', 'LOCALHOST:1', '[::1]:80']) expect(status({ host })).toBe(101);
});

it('refuses any Origin, even our own', () => {
  for (const origin of ['http://127.0.0.1:4711', 'null', '', 'vscode-webview://x'])
    expect(status({ origin })).toBe(403);
});

it('refuses other host names', () => {
  for (const host of [undefined, '', 'example.com', '127.0.0.1.example.com', '127.0.0.1:x', '0.0.0.0', '192.168.1.2']) {
    expect(status({ host })).toBe(403);
  }
});

it('refuses a missing, wrong, longer, shorter or otherwise sent token', () => {
  for (const authorization of [
    undefined,
    '',
    'Bearer ',
    `Bearer ${token}x`,
    'Bearer abc',
    token,
    `Basic ${token}`,
    `Bearer ${token} `,
  ]) {
    expect(status({ authorization })).toBe(401);
  }
});
