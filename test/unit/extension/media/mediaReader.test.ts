import { beforeEach, expect, test, vi } from 'vitest';
import type { AskParams, AskProgress, AskResult, MediaReport } from '../../../../daemon/protocol/messages';
import type { PanelTurn } from '../../../../daemon/protocol/panelMessages';
import { ChatFirst } from '../../../../extension/media/chatFirst';
import { keepAnswer } from '../../../../extension/media/keepAnswer';
import { MediaReader } from '../../../../extension/media/mediaReader';
import type { MediaRecord } from '../../../../extension/media/mediaRecord';
import type { MediaStore } from '../../../../extension/media/mediaStore';
import type { Thumbnails } from '../../../../extension/media/thumbnails';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { Failure, failures } from '../../../../extension/supervisor/failure';

const REPORT: MediaReport = {
  file: '/a.wav',
  modality: 'audio',
  facts: [{ name: 'audio.duration', value: 2, unit: 's', how: 'counted' }],
  warnings: [],
};
const ANSWER = { text: ' A dog barks. ', confidence: 0.8, model: 'm', media: [REPORT], stopped: 'end' } as AskResult;
const STAMP = { size: 10, mtime: 20 };
const never = new AbortController().signal;

interface Asked {
  params: AskParams;
  progress(value: AskProgress): void;
  signal: AbortSignal;
  answer(result: AskResult): void;
  fail(error: Error): void;
}
let asked: Asked[];
let records: Map<string, MediaRecord>;
let chat: ChatFirst;

const store = {
  get: (uri: string) => records.get(uri),
  put: (record: MediaRecord) => records.set(record.uri, record),
  get size() {
    return records.size;
  },
  exists: async () => false,
  load: async () => {},
} as unknown as MediaStore;

function reader(change: Partial<DaemonApi> = {}) {
  const api = {
    ask: (params: AskParams, progress: Asked['progress'], signal: AbortSignal) =>
      new Promise<AskResult>((answer, fail) => {
        signal.addEventListener('abort', () => fail(failures.cancelled()));
        asked.push({ params, progress, signal, answer, fail });
      }),
    facts: async () => REPORT,
    ...change,
  } as unknown as DaemonApi;
  const ports = {
    daemon: async () => api,
    options: () => ({ model: 'm' }),
    fileOf: (uri: string) => ({ name: uri, key: uri, load: async () => ({ path: uri }) }),
  };
  return new MediaReader(ports, store, { save: async () => 'p.svg' } as unknown as Thumbnails, chat);
}
const next = async (count: number) => {
  await vi.waitFor(() => expect(asked).toHaveLength(count));
  return asked[count - 1]!;
};
const turn = (id: string, state: PanelTurn['state'], change: Partial<PanelTurn> = {}): PanelTurn => ({
  id,
  question: 'q',
  attachments: [],
  answer: '',
  state,
  ...change,
});

beforeEach(() => {
  asked = [];
  records = new Map();
  chat = new ChatFirst();
});

test('a description is asked for in the background, and kept with the facts and the picture', async () => {
  const done = reader().describe('/a.wav', STAMP, never);
  const ask = await next(1);
  expect(ask.params).toEqual({
    model: 'm',
    media: [{ path: '/a.wav' }],
    question: 'Describe this file.',
    background: true,
  });
  ask.progress({ kind: 'media', media: [REPORT] });
  await vi.waitFor(() => expect(records.get('/a.wav')?.modality).toBe('audio'));
  ask.answer(ANSWER);
  const expected = {
    uri: '/a.wav',
    ...STAMP,
    modality: 'audio',
    facts: [{ name: 'audio.duration', value: 2, unit: 's' }],
    thumbnail: 'p.svg',
    description: { text: 'A dog barks.', confidence: 0.8, model: 'm' },
  };
  expect(await done).toEqual(expected);
  expect(records.get('/a.wav')).toEqual(expected);
});

test('a question in the chat breaks a description off; it begins again after the answer', async () => {
  const done = reader().describe('/a.wav', STAMP, never);
  const first = await next(1);
  chat.observe({ type: 'turn', turn: turn('t1', 'waiting') });
  expect(first.signal.aborted).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toHaveLength(1);
  chat.observe({ type: 'turn', turn: turn('t1', 'done') });
  (await next(2)).answer(ANSWER);
  expect((await done).description?.text).toBe('A dog barks.');
});

test.each(['restore', 'restorePacked'] as const)('another conversation (%s) ends the wait, too', async (type) => {
  chat.observe({ type: 'turn', turn: turn('t1', 'streaming') });
  const done = reader().measure('/a.wav', STAMP, never);
  chat.observe({ type, turns: [], files: [], reports: [], attachments: [], status: null });
  expect((await done).modality).toBe('audio');
});

test('a stop while the chat answers is a stop', async () => {
  chat.observe({ type: 'turn', turn: turn('t1', 'streaming') });
  const stop = new AbortController();
  const done = reader().describe('/a.wav', STAMP, stop.signal);
  stop.abort();
  await expect(done).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(records.size).toBe(0);
});

test('a stop in the middle keeps nothing of the answer', async () => {
  const stop = new AbortController();
  const done = reader().describe('/a.wav', STAMP, stop.signal);
  await next(1);
  stop.abort();
  await expect(done).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(records.get('/a.wav')?.description).toBeUndefined();
});

test('a failure of the file is its error; one that concerns all is thrown', async () => {
  const one = reader().describe('/a.png', STAMP, never);
  (await next(1)).fail(new Failure('FILE_DAMAGED', 'The PNG file is damaged.', 'Save it again.'));
  expect((await one).error).toEqual({ code: 'FILE_DAMAGED', text: 'The PNG file is damaged. Save it again.' });
  const all = reader().describe('/b.png', STAMP, never);
  (await next(2)).fail(new Failure('MODEL_MISSING', 'There is no model.', 'Get one.'));
  await expect(all).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  expect(records.has('/b.png')).toBe(false);
});

test('what is known of the same version stays, of another it goes', async () => {
  const description = { text: 'Old.', confidence: 1, model: 'm' };
  records.set('/a.wav', { uri: '/a.wav', ...STAMP, description, error: { code: 'X', text: 'x' } });
  expect(await reader().measure('/a.wav', STAMP, never)).toMatchObject({ description, error: undefined });
  expect((await reader().measure('/a.wav', { ...STAMP, mtime: 21 }, never)).description).toBeUndefined();
});

test('a cancel that nobody asked for is the limit', async () => {
  const facts = async () => {
    throw failures.cancelled();
  };
  expect((await reader({ facts }).measure('/a.wav', STAMP, never)).error?.code).toBe('TIMED_OUT');
});

test('answers in the chat are taken in where something is kept already', async () => {
  const stampOf = async (path: string) => ({ uri: path, ...STAMP });
  const answered = (question: string, answer: string) =>
    turn('t', 'done', { question, answer, attachments: [{ id: 'a', name: 'a' }], result: ANSWER });
  await keepAnswer(answered('Describe this file.', 'A dog.'), store, stampOf);
  expect(records.size).toBe(0);
  records.set('/other', { uri: '/other', ...STAMP });
  await keepAnswer(answered('Describe this file.', 'A dog.'), store, stampOf);
  for (const word of ['One.', 'Two.', 'Three.', 'Four.', 'Two.']) {
    await keepAnswer(answered('How many?', word), store, stampOf);
  }
  expect(records.get('/a.wav')).toMatchObject({
    modality: 'audio',
    description: { text: 'A dog.', confidence: 0.8, model: 'm' },
    notes: ['Three.', 'Four.', 'Two.'],
  });
});
