import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerReport, MeasuredMedia, PlotReport } from '../../daemon/agents/agentReports';
import { installUnderTest, ROOT } from '../support/bundle';
import { isAlive, makeHome, removeHome, until } from '../support/daemonUnderTest';

const SAMPLES = ['plot.png', 'photo.jpg', 'recording.wav', 'cloud.ply'];

let script: string;
let home: string;
let folder: string;
const clients: Client[] = [];

beforeAll(async () => {
  script = await installUnderTest();
  home = makeHome();
  folder = join(makeHome(), 'open');
  mkdirSync(folder);
  for (const name of SAMPLES) copyFileSync(join(ROOT, 'media/samples', name), join(folder, name));
  writeFileSync(join(folder, 'broken.png'), readFileSync(join(folder, 'plot.png')).subarray(0, 500));
  writeFileSync(join(folder, 'empty.wav'), '');
  copyFileSync(join(ROOT, 'media/samples/photo.jpg'), join(folder, '../secret.jpg'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(async () => {
  const file = join(home, 'daemon.json');
  if (existsSync(file)) {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGTERM');
    await until(() => !isAlive(pid), 'the end of the daemon');
  }
  removeHome(home);
  removeHome(join(folder, '..'));
});

const env = () => ({ ...(process.env as Record<string, string>), ONELENS_HOME: home, ONELENS_IDLE_MINUTES: '1' });

/** `onelens mcp` as a client starts it, with the official client on the other end. */
async function start(args: string[] = [], roots?: string[]) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [script, 'mcp', ...args],
    env: env(),
    cwd: folder,
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots ? { roots: {} } : {} });
  if (roots) {
    const listed = roots.map((path) => ({ uri: pathToFileURL(path).href }));
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: listed }));
  }
  await client.connect(transport);
  clients.push(client);
  // the client checks results against the schemas that it was told
  await client.listTools();
  const call = async <T>(name: string, args: object, options = {}) => {
    const result = await client.callTool({ name, arguments: args as Record<string, unknown> }, undefined, options);
    const [first, ...pictures] = result.content as Array<{ type: string; text: string; data: string }>;
    const report = result.structuredContent as T;
    return { failed: result.isError === true, text: first?.text ?? '', report, pictures };
  };
  return { client, call, stderr: () => stderr };
}

describe('onelens mcp', () => {
  it('describes and asks about real files of several kinds, with facts apart from the words', async () => {
    const { call, stderr } = await start();
    const stages: string[] = [];
    const onprogress = ({ message = '' }: { message?: string }) => stages.push(message);
    const described = await call<AnswerReport>('describe_media', { file: 'photo.jpg', picture: true }, { onprogress });
    expect(described.report.media).toMatchObject([{ file: join(folder, 'photo.jpg'), modality: 'image' }]);
    expect(described.report.model).toMatchObject({ name: 'random', device: 'cpu' });
    expect(stages).toContain('decoding the file');
    expect(
      described.pictures.map(({ type, data }) => [type, Buffer.from(data, 'base64').toString('latin1', 1, 4)]),
    ).toEqual([['image', 'PNG']]);
    const files = ['recording.wav', join(folder, 'cloud.ply')];
    const asked = await call<AnswerReport>('ask_media', { files, question: 'What is this?', maxTokens: 6 });
    expect(asked.report.media.map(({ modality }) => modality)).toEqual(['audio', 'point']);
    for (const { measured } of asked.report.media) expect(measured.length).toBeGreaterThan(5);
    expect(JSON.parse(asked.text)).toEqual(asked.report);
    expect(stderr()).toBe('');
  });

  it('measures, and gives a long fact by its name', async () => {
    const { call } = await start();
    const { report } = await call<MeasuredMedia>('measure_media', { file: 'recording.wav' });
    const value = (name: string) => report.measured.find((fact) => fact.name === name)?.value;
    expect(value('audio.sampleRate')).toBe(readFileSync(join(folder, 'recording.wav')).readUInt32LE(24));
    expect(JSON.stringify(report).length).toBeLessThan(30_000);
    const chosen = await call<MeasuredMedia>('measure_media', { file: 'recording.wav', facts: ['audio.duration'] });
    expect(chosen.report.measured.map(({ name }) => name)).toEqual(['audio.duration']);
  });

  it('reads the numbers of a plot', async () => {
    const { call } = await start();
    const { report } = await call<PlotReport>('plot_data', { file: 'plot.png', maxPoints: 5, csv: true });
    expect(report).toMatchObject({ kind: 'line', title: 'Air temperature on a day in May' });
    expect(report.series.map(({ name, points }) => [name, points.length])).toEqual([
      ['City', 5],
      ['Forest', 5],
    ]);
    expect(report.series[0]?.pointCount).toBeGreaterThan(5);
    expect(report.csv).toMatch(/City/);
    const photo = await call<PlotReport>('plot_data', { file: 'photo.jpg' });
    expect([photo.failed, photo.report.kind, photo.report.series]).toEqual([false, 'none', []]);
  });

  it('tells what fails as text, and goes on', async () => {
    const { call, stderr } = await start();
    const failing: Array<[string, object, RegExp]> = [
      ['measure_media', { file: 'none.png' }, /^error\[FILE_MISSING\]/],
      ['describe_media', { file: 'broken.png' }, /^error\[FILE_/],
      ['describe_media', { file: 'empty.wav' }, /^error\[FILE_EMPTY\]/],
      ['measure_media', { file: folder }, /^error\[FILE_IS_FOLDER\]/],
      ['plot_data', { file: 'recording.wav' }, /^error\[FILE_NO_PICTURE\]/],
      ['ask_media', { files: ['plot.png'] }, /^error\[BAD_INPUT\]: .*"question" is missing/],
    ];
    for (const [name, args, text] of failing) {
      const outcome = await call(name, args);
      expect([name, outcome.failed, outcome.text]).toEqual([name, true, expect.stringMatching(text)]);
    }
    expect((await call('measure_media', { file: 'plot.png', facts: ['image.width'] })).failed).toBe(false);
    expect(stderr()).toMatch(/^onelens mcp: measure_media: error\[FILE_MISSING\]\n/);
  });

  it('keeps to the client’s roots, and to the folders of the command line', async () => {
    const outside = { file: join(folder, '../secret.jpg') };
    const rooted = await start([], [folder]);
    expect((await rooted.call('measure_media', outside)).text).toMatch(/^error\[FILE_OUTSIDE\]: .*secret\.jpg/);
    expect((await rooted.call('measure_media', { file: 'photo.jpg' })).failed).toBe(false);
    const limited = await start([folder]);
    expect((await limited.call('measure_media', outside)).text).toMatch(/^error\[FILE_OUTSIDE\]/);
    const free = await start();
    expect((await free.call('measure_media', outside)).failed).toBe(false);
  });

  it('stops at once when the client cancels, and answers the next call', async () => {
    const { call } = await start();
    const abort = new AbortController();
    const asked = { files: ['photo.jpg'], question: 'Tell a long story.', maxTokens: 4096 };
    const onprogress = () => abort.abort();
    await expect(call('ask_media', asked, { signal: abort.signal, onprogress })).rejects.toThrow();
    const begun = Date.now();
    expect((await call('measure_media', { file: 'photo.jpg' })).failed).toBe(false);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('ends with its client', async () => {
    const { child, lines } = raw();
    child.stdin.end();
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(lines()).toEqual([]);
  });

  it('writes nothing but protocol to standard output, and lives through what is no protocol', async () => {
    const { child, lines, stderr } = raw();
    const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    child.stdin.write('not json\n{"jsonrpc":"2.0"}\n');
    const clientInfo = { name: 'raw', version: '1' };
    send({ id: 1, method: 'initialize', params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo } });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'measure_media', arguments: { file: 'plot.png' } } });
    send({ id: 3, method: 'nonsense' });
    await until(() => lines().length >= 3, 'three answers');
    const answers = lines().map((line) => JSON.parse(line) as { id: number; error?: object; result?: object });
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    expect(answers.find(({ id }) => id === 1)?.result).toMatchObject({ protocolVersion: '2024-11-05' });
    expect(answers.find(({ id }) => id === 3)?.error).toMatchObject({ code: -32601 });
    expect(stderr()).toMatch(/^onelens mcp: protocol: /);
    child.stdin.end();
    expect((await once(child, 'close'))[0]).toBe(0);
  });

  it('refuses a folder that is not there', async () => {
    const { child, stderr } = raw('/no/such/folder');
    expect((await once(child, 'close'))[0]).toBe(2);
    expect(stderr()).toMatch(/^error\[USAGE\]: onelens mcp: "\/no\/such\/folder" is no folder\./);
  });
});

function raw(...args: string[]) {
  const child = spawn(process.execPath, [script, 'mcp', ...args], { env: env(), cwd: folder });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return { child, lines: () => out.split('\n').filter(Boolean), stderr: () => err };
}
