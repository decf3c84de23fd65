import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AskResult } from '../../../../daemon/protocol/messages';
import type { Conversation } from '../../../../extension/chat/conversation';
import { conversationFromText, conversationText } from '../../../../extension/history/conversationFile';
import { beyondLimits, MOST_BYTES, MOST_CONVERSATIONS } from '../../../../extension/history/historyIndex';
import { HistoryRecorder } from '../../../../extension/history/historyRecorder';
import { HistoryStore } from '../../../../extension/history/historyStore';

const REPORT = { file: '/a.png', modality: 'image', facts: [], warnings: [] };
const RESULT: AskResult = {
  text: 'A dog.',
  confidence: 0.5,
  model: 'nano',
  device: 'cpu',
  media: [REPORT],
  usage: { promptTokens: 1, mediaTokens: 2, completionTokens: 3 },
  timings: { decodeMs: 1, encodeMs: 2, firstTokenMs: 3, totalMs: 4, tokensPerSecond: 5 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
};
const conversation = (id: string, change: Partial<Conversation> = {}): Conversation => ({
  id,
  title: `Title of ${id}`,
  isNamed: false,
  created: 1,
  updated: 2,
  attachments: [
    { id: 'a1', name: 'a.png', address: { uri: 'file:///a.png', as: 'depth', photo: 'file:///p.png' } },
    { id: 'a2', name: 'pasted.png', address: null },
  ],
  attached: ['a1'],
  turns: [
    {
      id: 't1',
      asked: 5,
      question: 'What?',
      attachments: ['a1'],
      answers: [
        { answer: 'A dog.', state: 'done', result: RESULT },
        { answer: 'A', state: 'stopped', interrupted: true },
        { answer: '', state: 'failed', error: { code: 'X', text: 'y' } },
      ],
      shown: 1,
    },
  ],
  ...change,
});

let folder: string;
let lines: string[];
const openStore = async () => {
  const store = new HistoryStore(folder, (line) => lines.push(line));
  await store.open();
  return store;
};
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'onelens-history-')), 'chats');
  lines = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('a conversation is read as it was written, and facts that are the same stand once', () => {
  const turn = conversation('c').turns[0]!;
  const twice = conversation('c', { turns: [turn, { ...turn, id: 't2' }] });
  const text = conversationText(twice);
  expect(conversationFromText(text)).toEqual(twice);
  expect(JSON.parse(text).reports).toEqual([REPORT]);
});

test.each([
  ['{', /JSON/],
  ['[]', /the file is no object/],
  [JSON.stringify({ version: 2 }), /its version is 2, not 1/],
  [conversationText(conversation('c')).replace('"done"', '"fine"'), /turns\[0\].answers\[0\].state is "fine"/],
  [conversationText(conversation('c')).replace('"media":[0]', '"media":[7]'), /names report 7/],
  [conversationText(conversation('c')).replace('"question":"What?"', '"question":3'), /turns\[0\].question is no text/],
])('what is damaged says where: %s', (text, reason) => {
  expect(() => conversationFromText(text)).toThrow(reason);
});

test('kept, listed with the newest first, renamed, removed; the next window finds the same', async () => {
  const store = await openStore();
  await store.write(conversation('one', { updated: 10 }));
  await store.write(conversation('two', { updated: 20 }));
  await store.setCurrent('one');
  await store.rename('two', 'Other');
  const next = await openStore();
  expect(next.current).toBe('one');
  expect(next.list().map(({ id, title, turns }) => [id, title, turns])).toEqual([
    ['two', 'Other', 1],
    ['one', 'Title of one', 1],
  ]);
  expect(await next.read('two')).toEqual(conversation('two', { updated: 20, title: 'Other', isNamed: true }));
  await next.remove('one');
  expect((await openStore()).list().map(({ id }) => id)).toEqual(['two']);
  expect((await openStore()).current).toBeNull();
  expect(readdirSync(folder).sort()).toEqual(['index.json', 'two.json']);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'two.json')).mode & 0o777).toBe(0o600);
});

test('a damaged conversation is set aside and told, and the others stay', async () => {
  const store = await openStore();
  await store.write(conversation('good'));
  await store.write(conversation('bad'));
  const half = readFileSync(join(folder, 'bad.json'), 'utf8').slice(0, 200);
  writeFileSync(join(folder, 'bad.json'), half);
  await expect(store.read('bad')).rejects.toMatchObject({ code: 'HISTORY_DAMAGED' });
  const [aside] = readdirSync(join(folder, 'damaged'));
  expect(readFileSync(join(folder, 'damaged', aside!), 'utf8')).toBe(half);
  expect(store.list().map(({ id }) => id)).toEqual(['good']);
});

test('a damaged or missing index is made again, unfinished files go', async () => {
  const store = await openStore();
  await store.write(conversation('one'));
  writeFileSync(join(folder, 'index.json'), '{"version":1,"entries":[{"id":3}]}');
  writeFileSync(join(folder, 'one.json.ab12.unfinished'), 'half');
  utimesSync(join(folder, 'one.json.ab12.unfinished'), 1, 1);
  writeFileSync(join(folder, 'one.json.cd34.unfinished'), 'of another window');
  writeFileSync(join(folder, 'worse.json'), '{}');
  const next = await openStore();
  expect(next.list().map(({ id }) => id)).toEqual(['one']);
  expect(lines[0]).toMatch(/index of the chat history is damaged/);
  expect(lines[1]).toMatch(/worse.json" cannot be read: its version is undefined, not 1.*set aside/);
  expect(readdirSync(folder).sort()).toEqual(['damaged', 'index.json', 'one.json', 'one.json.cd34.unfinished']);
});

test('two windows on one conversation lose nothing: the later one goes on under another id', async () => {
  const first = await openStore();
  await first.write(conversation('c'));
  const second = await openStore();
  const shared = await second.read('c');
  const turn = (asked: number) => ({ ...shared.turns[0]!, id: 't2', asked });
  expect(await first.write({ ...shared, turns: [...shared.turns, turn(100)] })).toBe('c');
  const id = await second.write({ ...shared, turns: [...shared.turns, turn(200)] });
  expect(id).not.toBe('c');
  expect(lines.at(-1)).toMatch(/Another window went on with the conversation c; what this window has is kept as /);
  expect((await first.read('c')).turns[1]!.asked).toBe(100);
  expect((await second.read(id)).turns[1]!.asked).toBe(200);
});

test('searching what another window wrote does not hide that it did', async () => {
  const first = await openStore();
  const mine = conversation('c');
  await first.write(mine);
  const second = await openStore();
  await second.write({ ...mine, turns: [...mine.turns, { ...mine.turns[0]!, id: 't2', asked: 100 }] });
  await first.read('c');
  expect(await first.write({ ...mine, updated: 9 })).not.toBe('c');
  expect((await second.read('c')).turns).toHaveLength(2);
});

test('a window that only wrote less of the same turns is not another', async () => {
  const first = await openStore();
  await first.write(conversation('c'));
  const second = await openStore();
  const shared = await second.read('c');
  await first.write({ ...shared, updated: 3 });
  expect(await second.write({ ...shared, updated: 4 })).toBe('c');
});

test('the oldest beyond the limits go, never the one that is open', () => {
  const entries = Array.from({ length: MOST_CONVERSATIONS + 2 }, (_, i) => ({
    id: `c${i}`,
    title: '',
    updated: i,
    turns: 1,
    bytes: 10,
  }));
  expect(beyondLimits(entries, null).map(({ id }) => id)).toEqual(['c1', 'c0']);
  expect(beyondLimits(entries, 'c0').map(({ id }) => id)).toEqual(['c1']);
  const large = [
    { id: 'new', title: '', updated: 2, turns: 1, bytes: MOST_BYTES },
    { id: 'old', title: '', updated: 1, turns: 1, bytes: 1 },
  ];
  expect(beyondLimits(large, 'new').map(({ id }) => id)).toEqual(['old']);
});

test('the recorder writes the first change at once, then at most every 750 ms, and what is left when it closes', async () => {
  vi.useFakeTimers();
  const written: string[] = [];
  const store = {
    write: async ({ id, title }: Conversation) => {
      written.push(title);
      return id;
    },
    setCurrent: async () => {},
  } as unknown as HistoryStore;
  let title = '';
  const recorder = new HistoryRecorder(
    store,
    Promise.resolve(),
    () => conversation('c', { title }),
    () => {},
  );
  const change = (to: string) => {
    title = to;
    recorder.changed();
  };
  change('1');
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual(['1']);
  change('2');
  await vi.advanceTimersByTimeAsync(500);
  change('3');
  expect(written).toEqual(['1']);
  await vi.advanceTimersByTimeAsync(250);
  expect(written).toEqual(['1', '3']);
  change('4');
  await recorder.close();
  change('5');
  await vi.advanceTimersByTimeAsync(2000);
  expect(written).toEqual(['1', '3', '4']);
  vi.useRealTimers();
});

test('a disk that is full is told once, and again after it worked', async () => {
  let isFull = true;
  const store = {
    write: async ({ id }: Conversation) => {
      if (isFull) throw new Error('no space left on device');
      return id;
    },
    setCurrent: async () => {},
  } as unknown as HistoryStore;
  const recorder = new HistoryRecorder(
    store,
    Promise.resolve(),
    () => conversation('c'),
    (line) => lines.push(line),
  );
  for (const full of [true, true, false, true]) {
    isFull = full;
    recorder.keep(conversation('c'));
    await recorder.flush();
  }
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/could not be written down: .*no space left/);
});
