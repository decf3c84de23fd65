import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locateDaemon } from '../../../../extension/supervisor/locateDaemon';
import { buildOf } from '../../../../extension/supervisor/retireDaemon';
import { type FakeDaemon, fakeDaemon } from '../../../support/fakeDaemon';

let home: string;
let daemon: FakeDaemon | undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'onelens-locate-'));
});
afterEach(async () => {
  await daemon?.close();
  daemon = undefined;
  await rm(home, { recursive: true, force: true });
});

const script = (): string => join(home, 'daemon.js');
const record = (change: object = {}) =>
  JSON.stringify({
    url: daemon?.url,
    token: daemon?.token,
    pid: process.pid,
    version: '0.1.0',
    protocol: '1',
    startedAt: '',
    build: buildOf(script()),
    ...change,
  });

const locate = (change: object = {}) =>
  locateDaemon({
    home,
    nodePath: process.execPath,
    script: script(),
    logFile: join(home, 'start.log'),
    limitMs: 10_000,
    log: () => {},
    signal: new AbortController().signal,
    ...change,
  });

/** A daemon's program that does nothing but write this file, as one that found another running would. */
const program = (json: string, exitCode = 5) =>
  writeFile(
    script(),
    `require('fs').writeFileSync(process.env.ONELENS_HOME + '/daemon.json', ${JSON.stringify(json)}); process.exitCode = ${exitCode};`,
  );

test('a running daemon is used, and nothing is started', async () => {
  daemon = await fakeDaemon(() => {});
  await writeFile(join(home, 'daemon.json'), record());
  (await locate({ nodePath: '/nowhere/node' })).close();
});

test('where none runs one is started; losing the race to another window is no error', async () => {
  daemon = await fakeDaemon((connection) => connection.onRequest('onelens/retire', () => ({ now: false })));
  await program(record({ build: 'other' }));
  (await locate()).close();
});

test('a file that nobody answers for is overruled', async () => {
  daemon = await fakeDaemon((connection) => connection.onRequest('onelens/retire', () => ({ now: false })));
  await program(record({ build: 'other' }));
  await writeFile(join(home, 'daemon.json'), record({ url: 'ws://127.0.0.1:9' }));
  (await locate()).close();
});

test('a program that dies is DAEMON_EXITED with its last words', async () => {
  await writeFile(script(), 'console.error("error[MODEL_DAMAGED]: The pack is damaged."); process.exit(4);');
  await expect(locate()).rejects.toMatchObject({
    code: 'DAEMON_EXITED',
    what: "The engine's daemon ended while it started (exit code 4): error[MODEL_DAMAGED]: The pack is damaged.",
  });
});

test('one that says nothing within the limit is DAEMON_SLOW', async () => {
  await writeFile(script(), 'setTimeout(() => {}, 3000);');
  await expect(locate({ limitMs: 300 })).rejects.toMatchObject({ code: 'DAEMON_SLOW' });
});

test('leaving stops the wait', async () => {
  await writeFile(script(), 'setTimeout(() => {}, 3000);');
  await expect(locate({ signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('an unusable Node is said before anything is started', async () => {
  await expect(locate({ nodePath: '/nowhere/node' })).rejects.toMatchObject({ code: 'NODE_UNUSABLE' });
});

test('a daemon of another build that others use goes on answering', async () => {
  let asked = 0;
  daemon = await fakeDaemon((connection) =>
    connection.onRequest('onelens/retire', () => {
      asked += 1;
      return { now: false };
    }),
  );
  await writeFile(join(home, 'daemon.json'), record({ build: 'other' }));
  (await locate({ nodePath: '/nowhere/node' })).close();
  expect(asked).toBe(1);
});

test('one that speaks another protocol and stays is DAEMON_VERSION', async () => {
  daemon = await fakeDaemon((connection) => connection.onRequest('onelens/retire', () => ({ now: false })));
  await writeFile(join(home, 'daemon.json'), record({ protocol: '9' }));
  await expect(locate()).rejects.toMatchObject({
    code: 'DAEMON_VERSION',
    what: 'A daemon of another version is running (protocol 9; this extension speaks 1).',
  });
});
