import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import type { AgentDaemon } from '../../../daemon/agents/runAgentTool';
import { errors } from '../../../daemon/common/errors';
import { mcpServer } from '../../../daemon/mcp/mcpServer';
import { askResult, fakeAgentDaemon, report } from '../../support/fakeAgentDaemon';

const HERE = import.meta.dirname;
const FILE = import.meta.filename;

/** The official client on the other end; it checks each result against the tool's output schema. */
async function connected(change: Partial<AgentDaemon> = {}, roots?: () => string[]) {
  const daemon = fakeAgentDaemon(change);
  const log: string[] = [];
  const server = mcpServer({
    version: '1.2.3',
    use: (work) => work(daemon),
    folders: [],
    cwd: HERE,
    log: (line) => log.push(line),
  });
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: roots ? { roots: { listChanged: true } } : {} },
  );
  if (roots) client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots().map((uri) => ({ uri })) }));
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  await client.listTools();
  return { client, daemon, log };
}

const textOf = (result: object) => (result as { content: Array<{ text: string }> }).content[0]!.text;

describe('mcpServer', () => {
  it('says who it is and lists four tools that only read, with both schemas', async () => {
    const { client } = await connected();
    expect(client.getServerVersion()).toMatchObject({ name: 'onelens', title: 'OneLens', version: '1.2.3' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['describe_media', 'ask_media', 'measure_media', 'plot_data']);
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false, destructiveHint: false });
      expect([inputSchema.type, outputSchema?.type]).toEqual(['object', 'object']);
    }
  });

  it.each([
    ['describe_media', { file: FILE }],
    ['ask_media', { files: [FILE], question: 'What?' }],
    ['measure_media', { file: FILE }],
    ['plot_data', { file: FILE, csv: true }],
  ])('%s answers in its output schema, and the same as text', async (name, args) => {
    const { client } = await connected();
    const result = await client.callTool({ name, arguments: args });
    expect(result.isError).toBeUndefined();
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
  });

  it('shows what the model saw to a client that wants it', async () => {
    const preview = { kind: 'thumbnail', pngBase64: 'AQID', width: 1, height: 1 } as const;
    const frame = (caption: string) => ({ caption, pngBase64: 'BAUG', width: 1, height: 1 });
    const pictures = { kind: 'pictures', pictures: [frame('0 s'), frame('1 s')] } as const;
    const sound = { kind: 'waveform', peaks: [0], duration: 1 } as const;
    const media = [report({ preview }), report({ preview: sound as never }), report({ preview: pictures as never })];
    const { client } = await connected({
      ask: async (_params, onProgress) => {
        onProgress({ kind: 'media', media });
        return askResult({ media });
      },
    });
    const asked = { files: [FILE], question: 'What?' };
    const { content } = await client.callTool({ name: 'ask_media', arguments: { ...asked, picture: true } });
    expect((content as object[]).slice(1)).toEqual(
      ['AQID', 'BAUG', 'BAUG'].map((data) => ({ type: 'image', data, mimeType: 'image/png' })),
    );
    expect((await client.callTool({ name: 'ask_media', arguments: asked })).content).toHaveLength(1);
    const wrong = await client.callTool({ name: 'ask_media', arguments: { ...asked, picture: 'yes' } });
    expect(textOf(wrong)).toMatch(/"picture" is "yes", not true or false/);
  });

  it('tells progress to a client that asks for it', async () => {
    const { client } = await connected();
    const seen: Array<[number, string | undefined]> = [];
    const call = { name: 'describe_media', arguments: { file: FILE } };
    await client.callTool(call, undefined, { onprogress: ({ progress, message }) => seen.push([progress, message]) });
    expect(seen).toEqual([
      [1, 'decoding the file'],
      [2, 'answering: A cat.'],
    ]);
  });

  it('cancels the daemon’s work when the client cancels', async () => {
    let cancelled = false;
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { client } = await connected({
      facts: (_params, signal) =>
        new Promise((_, reject) => {
          begun();
          signal.addEventListener('abort', () => {
            cancelled = true;
            reject(errors.cancelled());
          });
        }),
    });
    const abort = new AbortController();
    const call = client.callTool({ name: 'measure_media', arguments: { file: FILE } }, undefined, {
      signal: abort.signal,
    });
    await started;
    abort.abort();
    await expect(call).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cancelled).toBe(true);
  });

  it('answers what fails as a text that the agent can act on', async () => {
    const { client, log } = await connected({
      facts: async () => {
        throw errors.damaged('PNG', 'its header is wrong');
      },
    });
    const damaged = await client.callTool({ name: 'measure_media', arguments: { file: FILE } });
    expect(damaged.isError).toBe(true);
    expect(textOf(damaged)).toBe(
      'error[FILE_DAMAGED]: The PNG file is damaged: its header is wrong. Save or fetch it again.',
    );
    const bad = await client.callTool({ name: 'measure_media', arguments: { path: FILE } });
    expect(textOf(bad)).toMatch(/^error\[BAD_INPUT\]: The input of measure_media is not right: "file" is missing\./);
    const missing = await client.callTool({ name: 'measure_media', arguments: { file: 'none.png' } });
    expect(textOf(missing)).toMatch(/^error\[FILE_MISSING\]: /);
    expect(log).toEqual([
      'measure_media: error[FILE_DAMAGED]',
      'measure_media: error[BAD_INPUT]',
      'measure_media: error[FILE_MISSING]',
    ]);
  });

  it('knows no other tool', async () => {
    const { client } = await connected();
    await expect(client.callTool({ name: 'delete_media' })).rejects.toThrow(/There is no tool "delete_media"/);
  });

  it('reads only what the client’s roots hold, and looks again when they change', async () => {
    let roots = ['file:///nowhere'];
    const { client, daemon } = await connected({}, () => roots);
    const call = { name: 'measure_media', arguments: { file: FILE } };
    expect(textOf(await client.callTool(call))).toMatch(/^error\[FILE_OUTSIDE\]: .*\(\/nowhere\)/);
    expect(daemon.measured).toEqual([]);
    roots = [`file://${HERE}`];
    await client.sendRootsListChanged();
    expect((await client.callTool(call)).isError).toBeUndefined();
  });

  it('reads nothing where the client does not tell its roots', async () => {
    const { client } = await connected({}, () => {
      throw new Error('not now');
    });
    const result = await client.callTool({ name: 'measure_media', arguments: { file: FILE } });
    expect(textOf(result)).toMatch(/^error\[FOLDERS_UNKNOWN\]: .*not now/);
  });
});
