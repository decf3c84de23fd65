/** "Nothing leaves the machine": the product's own code opens no connection but the one from a client to the daemon. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(__dirname, '../..');
const OPENS =
  /\bfetch\(|\bhttps?\.(?:get|request)\(|\bnet\.(?:connect|createConnection)\(|'node:(?:https|tls|dgram|http2)'|new (?:WebSocket|XMLHttpRequest|EventSource)\(|sendBeacon/;
/** Both connect to the address in daemon.json, which the daemon wrote. */
const CLIENTS = ['daemon/cli/connection.ts', 'extension/supervisor/connect.ts'];

test('only the two clients of the daemon open a connection', () => {
  const files = ['daemon', 'extension', 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.posix.join(folder, name.replaceAll('\\', '/'))),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => OPENS.test(readFileSync(path.join(root, file), 'utf8'))).sort()).toEqual(CLIENTS);
});

test('ONNX Runtime is told to report nothing before it is loaded', () => {
  const session = readFileSync(path.join(root, 'daemon/runtime/session.ts'), 'utf8');
  const imports = [...session.matchAll(/^import .*?'([^']+)';/gm)].map((match) => match[1]);
  expect(imports[0]).toBe('./silenceTelemetry');
  expect(imports).toContain('onnxruntime-node');
});

test('the daemon listens on loopback', () => {
  expect(readFileSync(path.join(root, 'daemon/server/listen.ts'), 'utf8')).toMatch(/127\.0\.0\.1/);
});
