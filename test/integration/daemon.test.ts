import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import WebSocket from 'ws';
import { DaemonConnection } from '../../daemon/cli/connection';
import {
  type AskProgress,
  type AskResult,
  type FactsResult,
  methods,
  type StatusInfo,
} from '../../daemon/protocol/messages';
import { WebSocketMessageReader, WebSocketMessageWriter } from '../../daemon/server/webSocketTransport';
import { bundleFakeDaemon, ROOT } from '../support/bundle';
import {
  type DaemonUnderTest,
  isAlive,
  makeHome,
  removeHome,
  spawnNode,
  startDaemonProcess,
  until,
} from '../support/daemonUnderTest';

const photo = join(ROOT, 'test/fixtures/preprocess/photo.png');
let script: string;
let pack: string;

beforeAll(async () => {
  script = await bundleFakeDaemon();
  // the fake engine loads anything; the catalog wants a folder with a manifest
  pack = join(makeHome(), 'fake');
  mkdirSync(pack);
  const config = { dim: 8, n_layers: 1, n_heads: 1 };
  const files = [{ path: 'nothing', bytes: 0, sha256: '' }];
  writeFileSync(join(pack, 'nothing'), '');
  writeFileSync(
    join(pack, 'manifest.json'),
    JSON.stringify({ format: 'onelens-pack', version: 1, id: 'fake', dtype: 'fp32', config, files }),
  );
});
afterAll(() => removeHome(join(pack, '..')));

describe('a running daemon', () => {
  let daemon: DaemonUnderTest;
  let client: DaemonConnection;

  beforeEach(async () => {
    daemon = await startDaemonProcess(script, makeHome(), { TEST_PACK: pack });
    client = await DaemonConnection.open(daemon.file);
    await client.initialize();
  });
  afterEach(async () => {
    client.close();
    await daemon.stop();
  });

  const ask = (question: string, onProgress: (value: AskProgress) => void = () => {}, signal?: AbortSignal) =>
    client.stream<AskResult>(methods.ask, { media: [{ path: photo }], question, maxTokens: 500 }, onProgress, signal);
  const status = () => client.request<StatusInfo>(methods.getStatus, {});

  it('hands its token over in a file that only the user can read', () => {
    expect(statSync(join(daemon.home, 'daemon.json')).mode & 0o777).toBe(0o600);
    expect(statSync(daemon.home).mode & 0o777).toBe(0o700);
    // 256 bits in base64url
    expect(daemon.file.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(daemon.file.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
  });

  it('lets nobody in without the token, from a page, or under another host name', async () => {
    const right = { Authorization: `Bearer ${daemon.file.token}` };
    expect(await upgrade({})).toBe(401);
    expect(await upgrade({ Authorization: 'Bearer wrong' })).toBe(401);
    expect(await upgrade({ Authorization: daemon.file.token })).toBe(401);
    expect(await upgrade({ ...right, Origin: 'http://127.0.0.1' })).toBe(403);
    expect(await upgrade({ ...right, Origin: 'null' })).toBe(403);
    expect(await upgrade({ ...right, Host: 'evil.example' })).toBe(403);
    expect(await upgrade(right)).toBe(101);
  });

  function upgrade(headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(daemon.file.url, { headers });
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('open', () => {
        socket.close();
        resolve(101);
      });
      socket.once('error', reject);
    });
  }

  it('answers a plain HTTP request with 426 and nothing about itself', async () => {
    const response = await fetch(daemon.file.url.replace('ws:', 'http:'));
    expect([response.status, await response.text()]).toEqual([426, 'OneLens speaks WebSocket.\n']);
  });

  it("keeps LSP's order: nothing before initialize, nothing after shutdown, exit closes this connection only", async () => {
    const raw = await rawConnection();
    await expect(raw.sendRequest(methods.getStatus, {})).rejects.toMatchObject({ code: -32002 });
    await expect(raw.sendRequest('initialize', { initializationOptions: { protocol: '99' } })).rejects.toMatchObject({
      code: -32050,
      data: { code: 'DAEMON_VERSION', exitCode: 5 },
    });
    expect(await raw.sendRequest('initialize', { processId: null, capabilities: {} })).toMatchObject({
      serverInfo: { name: 'onelens', version: '0.0.0-test' },
      capabilities: { experimental: { protocol: '1' } },
    });
    await expect(raw.sendRequest('initialize', {})).rejects.toMatchObject({ code: -32600 });
    await expect(raw.sendRequest('onelens/nothing', {})).rejects.toMatchObject({ code: -32601 });
    expect(await raw.sendRequest('shutdown')).toBeNull();
    await expect(raw.sendRequest(methods.getStatus, {})).rejects.toMatchObject({ code: -32600 });
    const closed = new Promise<void>((resolve) => raw.onClose(() => resolve()));
    await raw.sendNotification('exit');
    await closed;
    expect((await status()).daemonPid).toBe(daemon.child.pid);
  });

  async function rawConnection(): Promise<MessageConnection> {
    const socket = new WebSocket(daemon.file.url, { headers: { Authorization: `Bearer ${daemon.file.token}` } });
    await new Promise((resolve) => socket.once('open', resolve));
    const raw = createMessageConnection(new WebSocketMessageReader(socket), new WebSocketMessageWriter(socket));
    raw.listen();
    return raw;
  }

  it('refuses what is not well formed and says which field', async () => {
    const request = (method: string, params: object) => client.request(method, params);
    const media = [{ path: photo }];
    await expect(request(methods.ask, { media: [{ path: 'photo.png' }], question: 'x' })).rejects.toThrow(
      'absolute path',
    );
    await expect(request(methods.ask, { media: [{ path: '//server/a.png' }], question: 'x' })).rejects.toThrow(
      'network',
    );
    await expect(request(methods.ask, { media, question: ' ' })).rejects.toThrow('question');
    await expect(request(methods.ask, { media, question: 'x', maxTokens: 0 })).rejects.toThrow('maxTokens');
    await expect(request(methods.facts, { source: { name: 'a.png', base64: '*' } })).rejects.toThrow('base64');
    await expect(request(methods.ask, { media: Array(17).fill(media[0]), question: 'x' })).rejects.toThrow('16 files');
    await expect(request(methods.useModel, { id: '../x' })).rejects.toThrow('id');
  });

  it('closes a connection that does not speak JSON', async () => {
    const socket = new WebSocket(daemon.file.url, { headers: { Authorization: `Bearer ${daemon.file.token}` } });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('hello');
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1007);
    expect((await status()).state).toBe('stopped');
  });

  it('streams stages, media with facts, and pieces; a second question decodes and encodes nothing', async () => {
    const seen: AskProgress[] = [];
    const first = await ask('What is this?', (value) => seen.push(value));
    expect(first.text).toBe('image turns=0 What is this?');
    const kinds = seen.map((value) => (value.kind === 'stage' ? value.stage : value.kind));
    expect(kinds.slice(0, 6)).toEqual(['starting', 'decoding', 'media', 'loading', 'encoding', 'prefill']);
    expect(kinds.filter((kind) => kind === 'piece')).toHaveLength(5);
    const media = seen.find((value) => value.kind === 'media')!.media[0]!;
    expect(media).toMatchObject({ file: photo, modality: 'image', preview: { kind: 'thumbnail', width: 512 } });
    expect(media.facts).toContainEqual(expect.objectContaining({ name: 'image.height', value: 600, unit: 'px' }));
    expect(first.cached.media).toBe(false);
    const second = await ask('And now?');
    expect(second.cached.media).toBe(true);
    expect(second.timings.decodeMs).toBeLessThan(first.timings.decodeMs);
  });

  it('takes bytes that a client read', async () => {
    const base64 = Buffer.from('0 0 0\n1 0 0\n0 1 0\n0 0 1\n').toString('base64');
    const facts = await client.request<FactsResult>(methods.facts, { source: { name: 'cloud.xyz', base64 } });
    expect(facts).toMatchObject({ file: 'cloud.xyz', modality: 'point' });
    expect(facts.facts).toContainEqual(expect.objectContaining({ name: 'points.count', value: 4 }));
  });

  it('a cancel is answered at once, with what had come, even while the engine is inside a native run', async () => {
    const cancel = new AbortController();
    let pieces = 0;
    const asked = ask('Talk slowly and block', () => (pieces += 1), cancel.signal);
    await until(() => pieces >= 5);
    await sleep(50);
    const at = Date.now();
    cancel.abort();
    const result = await asked;
    expect(Date.now() - at).toBeLessThan(1000);
    expect(result).toMatchObject({
      stopped: 'cancelled',
      text: expect.stringMatching(/^w0/),
      media: [{ file: photo }],
    });
    // the engine is still inside its run; the next question waits for it and is answered
    expect((await ask('Next')).text).toBe('image turns=0 Next');
  });

  it('a cancel stops the engine within a token', async () => {
    const cancel = new AbortController();
    let pieces = 0;
    const asked = ask('Talk slowly', (value) => (pieces += value.kind === 'piece' ? 1 : 0), cancel.signal);
    await until(() => pieces >= 3);
    cancel.abort();
    await asked;
    const at = pieces;
    await until(async () => (await status()).state === 'ready');
    expect(pieces).toBe(at);
  });

  it('an engine killed with SIGKILL in the middle of an answer fails that answer at once; the next one works', async () => {
    let pieces = 0;
    const asked = ask('Talk slowly', () => (pieces += 1)).catch((error: unknown) => error);
    await until(() => pieces >= 8);
    const { enginePid } = await status();
    const at = Date.now();
    process.kill(enginePid!, 'SIGKILL');
    expect(await asked).toMatchObject({ code: 'ENGINE_DIED', exitCode: 4 });
    expect(Date.now() - at).toBeLessThan(1000);
    expect((await ask('Still there?')).text).toBe('image turns=0 Still there?');
    expect((await status()).enginePid).not.toBe(enginePid);
  });

  it('restarts the engine when asked, and tells every client', async () => {
    const other = await rawConnection();
    await other.sendRequest('initialize', {});
    const told: StatusInfo[] = [];
    other.onNotification(methods.status, (value: StatusInfo) => void told.push(value));
    await ask('Hello');
    const before = (await status()).enginePid;
    const after = await client.request<StatusInfo>(methods.restartEngine, {});
    expect(after.state).toBe('ready');
    expect(after.enginePid).not.toBe(before);
    await until(() => told.at(-1)?.enginePid === after.enginePid && told.at(-1)?.state === 'ready');
    expect(told.map((value) => value.state)).toEqual(expect.arrayContaining(['starting', 'ready', 'busy']));
    expect(told.some((v) => v.model === 'fake' && v.device === 'cpu' && v.deviceReason === 'It is a fake.')).toBe(true);
    other.end();
  });

  it('a client that disconnects takes its request with it', async () => {
    const other = await DaemonConnection.open(daemon.file);
    await other.initialize();
    let pieces = 0;
    const params = { media: [], question: 'Talk slowly', maxTokens: 5000 };
    const lost = other.stream(methods.ask, params, () => (pieces += 1)).catch(() => {});
    await until(() => pieces >= 5);
    other.close();
    await until(async () => (await status()).state === 'ready', 'the engine being free again');
    void lost;
  });

  it('answers facts in the middle of an answer', async () => {
    const cancel = new AbortController();
    let pieces = 0;
    const asked = ask('Talk slowly', () => (pieces += 1), cancel.signal);
    await until(() => pieces >= 5);
    const facts = await client.request<FactsResult>(methods.facts, { source: { path: photo }, preview: true });
    expect(facts.preview?.kind).toBe('thumbnail');
    cancel.abort();
    expect((await asked).stopped).toBe('cancelled');
  });

  it('a second daemon in the same home is refused with the first one’s address', async () => {
    const second = spawnNode([script], { ONELENS_HOME: daemon.home });
    expect(await second.ended).toBe(5);
    expect(second.output.stderr).toMatch(/^error\[DAEMON_RUNNING\]: A daemon is already running \(process \d+, ws:/);
    expect(second.output.stderr).toContain(daemon.file.url);
    expect((await status()).daemonPid).toBe(daemon.child.pid);
  });

  it('ends on SIGTERM with code 0, gives back file and lock, and takes the engine along', async () => {
    await ask('Hello');
    const { enginePid } = await status();
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    expect(statSync(join(daemon.home, 'daemon.json'), { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync(join(daemon.home, 'daemon.lock'), { throwIfNoEntry: false })).toBeUndefined();
    await until(() => !isAlive(enginePid!));
  });

  it('an engine whose daemon was killed ends, and the next daemon takes over its home', async () => {
    await ask('Hello');
    const { enginePid } = await status();
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    await until(() => !isAlive(enginePid!), 'the end of the engine');
    const next = await startDaemonProcess(script, daemon.home, { TEST_PACK: pack });
    expect(next.file.pid).not.toBe(daemon.file.pid);
    next.child.kill('SIGTERM');
    await next.ended;
  });

  it('logs what it does, but never a question', async () => {
    await ask('A very private question');
    expect(daemon.log()).toContain('listens on ws://127.0.0.1');
    expect(daemon.log()).toMatch(/engine \d+ is ready/);
    expect(daemon.log()).not.toContain('private');
    expect(daemon.log()).not.toContain(daemon.file.token);
  });
});

describe('the life of a daemon', () => {
  it('goes when nobody needs it, and not before', async () => {
    // 0.02 minutes = 1.2 seconds
    const daemon = await startDaemonProcess(script, makeHome(), { ONELENS_IDLE_MINUTES: '0.02', TEST_PACK: pack });
    const client = await DaemonConnection.open(daemon.file);
    await client.initialize();
    await sleep(2000);
    expect(isAlive(daemon.file.pid)).toBe(true);
    client.close();
    expect(await daemon.ended).toBe(0);
    removeHome(daemon.home);
  });

  it('a port that is taken is an error of its own, and leaves no lock behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const home = makeHome();
    const refused = spawnNode([script], { ONELENS_HOME: home, TEST_PORT: String(port) });
    expect(await refused.ended).toBe(5);
    expect(refused.output.stderr).toBe(
      `error[DAEMON_PORT_TAKEN]: Port ${port} on 127.0.0.1 is already taken by another program. Choose another with --port, or none to let the system choose.\n`,
    );
    expect(statSync(join(home, 'daemon.lock'), { throwIfNoEntry: false })).toBeUndefined();
    other.close();
    removeHome(home);
  });

  it('makes room for a newer client when nobody else uses it', async () => {
    const daemon = await startDaemonProcess(script, makeHome(), { TEST_PACK: pack });
    const [first, second] = [await DaemonConnection.open(daemon.file), await DaemonConnection.open(daemon.file)];
    expect(await second.request(methods.retire, {})).toEqual({ now: false });
    second.close();
    await first.initialize();
    expect(isAlive(daemon.file.pid)).toBe(true);
    first.close();
    expect(await daemon.ended).toBe(0);
    removeHome(daemon.home);
  });

  it('without any model an answer is refused with what to do, and facts work', async () => {
    const daemon = await startDaemonProcess(script, makeHome());
    const client = await DaemonConnection.open(daemon.file);
    await client.initialize();
    const asked = client.request(methods.ask, { media: [{ path: photo }], question: 'What is this?' });
    await expect(asked).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      exitCode: 4,
      remedy: expect.stringContaining('onelens models import'),
    });
    expect(await client.request(methods.facts, { source: { path: photo } })).toMatchObject({ modality: 'image' });
    expect((await client.request<StatusInfo>(methods.getStatus, {})).model).toBeNull();
    client.close();
    await daemon.stop();
  });
});
