import { describe, expect, test, vi } from 'vitest';
import type {
  AskParams,
  AskProgress,
  AskResult,
  FactsParams,
  MediaReport,
  SuppliedFrame,
} from '../../../../daemon/protocol/messages';
import type { PanelTurn, ToPanel } from '../../../../daemon/protocol/panelMessages';
import type { Attachable } from '../../../../extension/chat/attachments';
import { ChatSession } from '../../../../extension/chat/session';
import type { DaemonApi } from '../../../../extension/supervisor/daemonApi';
import { Failure, failures } from '../../../../extension/supervisor/failure';
import { initialState, reduce } from '../../../../webview/state';

const REPORT: MediaReport = { file: '/a.png', modality: 'image', facts: [], warnings: [] };
const file = (name: string): Attachable => ({ name, key: name, load: async () => ({ path: `/${name}` }) });
const result = (text: string, change: Partial<AskResult> = {}): AskResult => ({
  text,
  confidence: 0.9,
  model: 'tiny',
  device: 'CPU',
  media: [REPORT],
  usage: { promptTokens: 1, mediaTokens: 1, completionTokens: 1 },
  timings: { decodeMs: 1, encodeMs: 1, firstTokenMs: 1, totalMs: 1, tokensPerSecond: 1 },
  cached: { media: false, prefixTokens: 0 },
  stopped: 'end',
  ...change,
});

/** One ask as the fake daemon sees it, to be answered by the test. */
interface Asked {
  params: AskParams;
  progress(value: AskProgress): void;
  signal: AbortSignal;
  answer(result: AskResult): void;
  fail(error: Error): void;
}

function setUp(change: Partial<DaemonApi> & { unreachable?: Failure; frames?: SuppliedFrame[] } = {}) {
  const asked: Asked[] = [];
  const posted: ToPanel[] = [];
  const api = {
    ask: (params: AskParams, progress: Asked['progress'], signal: AbortSignal) =>
      new Promise<AskResult>((answer, fail) => asked.push({ params, progress, signal, answer, fail })),
    facts: async () => REPORT,
    ...change,
  } as unknown as DaemonApi;
  const session = new ChatSession({
    daemon: async () => {
      if (change.unreachable) throw change.unreachable;
      return api;
    },
    options: () => ({ maxTokens: 64 }),
    post: (message) => posted.push(message),
    decodeFrames: async () => ({ frames: change.frames ?? [] }),
    log: () => {},
  });
  /** What a panel that heard every message shows: the two halves have to agree. */
  const panel = () => posted.reduce(reduce, initialState);
  const turns = () => {
    const restored = session.restore() as { turns: PanelTurn[] };
    expect(panel().turns).toEqual(restored.turns);
    return restored.turns;
  };
  const next = async (count: number) => {
    await vi.waitFor(() => expect(asked).toHaveLength(count));
    return asked[count - 1]!;
  };
  return { session, asked, posted, panel, turns, next };
}

test('a question streams, and ends with the whole answer', async () => {
  const { session, turns, next, panel } = setUp();
  session.askAbout([file('a.png')], 'Describe this file.');
  const ask = await next(1);
  expect(ask.params).toEqual({ maxTokens: 64, media: [{ path: '/a.png' }], question: 'Describe this file.' });
  ask.progress({ kind: 'stage', stage: 'encoding' });
  expect(turns()[0]).toMatchObject({ state: 'waiting', stage: 'encoding' });
  ask.progress({ kind: 'media', media: [{ ...REPORT, preview: { kind: 'waveform', peaks: [1], duration: 1 } }] });
  ask.progress({ kind: 'piece', text: 'A ' });
  ask.progress({ kind: 'piece', text: 'dog' });
  expect(turns()[0]).toMatchObject({ state: 'streaming', answer: 'A dog', stage: undefined });
  ask.answer(result('A dog.'));
  await vi.waitFor(() => expect(turns()[0]).toMatchObject({ state: 'done', answer: 'A dog.' }));
  expect(turns()[0]!.attachments[0]!.report?.preview?.kind).toBe('waveform');
  expect(panel().attachments[0]!.report?.modality).toBe('image');
});

test('a follow-up takes along the files and what was said', async () => {
  const { session, next, turns } = setUp();
  session.askAbout([file('a.png')], 'One?');
  (await next(1)).answer(result('1'));
  await vi.waitFor(() => expect(turns()[0]!.state).toBe('done'));
  session.ask('Two?');
  expect((await next(2)).params).toMatchObject({
    media: [{ path: '/a.png' }],
    question: 'Two?',
    history: [{ question: 'One?', answer: '1' }],
  });
});

test('questions wait for each other', async () => {
  const { session, asked, next, turns } = setUp();
  session.ask('One?');
  session.ask('Two?');
  const first = await next(1);
  expect(turns().map((t) => t.stage)).toEqual(['starting', 'queued']);
  expect(asked).toHaveLength(1);
  first.answer(result('1'));
  (await next(2)).answer(result('2'));
  await vi.waitFor(() => expect(turns().map((t) => t.answer)).toEqual(['1', '2']));
});

test('stop shows at once, cancels, and keeps what was on the screen', async () => {
  const { session, next, turns } = setUp();
  session.ask('One?');
  const ask = await next(1);
  ask.progress({ kind: 'piece', text: 'A long' });
  session.stop('t1');
  expect(ask.signal.aborted).toBe(true);
  expect(turns()[0]).toMatchObject({ state: 'stopped', answer: 'A long' });
  ask.progress({ kind: 'piece', text: ' story' });
  ask.answer(result('A long story', { stopped: 'cancelled' }));
  await vi.waitFor(() => expect(turns()[0]!.result).toBeDefined());
  expect(turns()[0]).toMatchObject({ state: 'stopped', answer: 'A long' });
  session.ask('Two?');
  (await next(2)).answer(result('2'));
  await vi.waitFor(() => expect(turns()[1]!.state).toBe('done'));
});

test('a daemon that does not hear the cancel holds the next question back for five seconds only', async () => {
  vi.useFakeTimers();
  const { session, asked, turns } = setUp();
  session.ask('One?');
  session.ask('Two?');
  await vi.advanceTimersByTimeAsync(1);
  session.stop('t1');
  await vi.advanceTimersByTimeAsync(4900);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(2);
  expect(turns()[0]!.state).toBe('stopped');
  vi.useRealTimers();
});

test('a stopped question that waited is never asked', async () => {
  const { session, asked, next, turns } = setUp();
  session.ask('One?');
  session.ask('Two?');
  session.stop('t2');
  (await next(1)).answer(result('1'));
  await vi.waitFor(() => expect(turns()[0]!.state).toBe('done'));
  expect(asked).toHaveLength(1);
});

test('an engine that dies in the middle of an answer is told, and the next question works', async () => {
  const { session, next, turns } = setUp();
  session.ask('One?');
  const ask = await next(1);
  ask.progress({ kind: 'piece', text: 'Half an' });
  ask.fail(new Failure('ENGINE_DIED', 'The engine stopped (SIGKILL).', 'Ask again.'));
  await vi.waitFor(() => expect(turns()[0]!.state).toBe('failed'));
  expect(turns()[0]).toMatchObject({
    answer: 'Half an',
    error: { code: 'ENGINE_DIED', text: 'The engine stopped (SIGKILL). Ask again.' },
  });
  session.ask('Two?');
  const second = await next(2);
  expect(second.params.history).toBeUndefined();
  second.answer(result('2'));
  await vi.waitFor(() => expect(turns()[1]!.state).toBe('done'));
});

test('a daemon that does not start is told under the question, not on the file', async () => {
  const { session, turns, panel } = setUp({ unreachable: failures.daemonSlow(30) });
  session.attach([file('a.png')]);
  session.ask('One?');
  await vi.waitFor(() => expect(turns()[0]).toMatchObject({ state: 'failed', error: { code: 'DAEMON_SLOW' } }));
  expect(panel().attachments[0]!.error).toBeUndefined();
});

test('of several files the damaged one carries the error', async () => {
  const damaged = new Failure('FILE_TRUNCATED', 'The PNG file is cut short.', 'Save it again.');
  const facts: DaemonApi['facts'] = async ({ source }) => {
    if ('path' in source && source.path === '/bad.png') throw damaged;
    return REPORT;
  };
  const { session, turns, panel, next } = setUp({ facts });
  session.askAbout([file('good.png'), file('bad.png')], 'Describe these files.');
  (await next(1)).fail(damaged);
  await vi.waitFor(() => expect(panel().attachments[1]!.error).toBe('The PNG file is cut short. Save it again.'));
  expect(panel().attachments[0]!.error).toBeUndefined();
  expect(turns()[0]).toMatchObject({ state: 'failed', error: { code: 'FILE_TRUNCATED' } });
});

test('attaching fetches facts; the same file is attached once', async () => {
  const { session, panel } = setUp();
  session.attach([file('a.png'), file('a.png')]);
  session.attach([file('a.png'), file('b.wav')]);
  expect(panel().attachments.map((a) => a.name)).toEqual(['a.png', 'b.wav']);
  await vi.waitFor(() => expect(panel().attachments[1]!.report).toEqual(REPORT));
  session.detach('a1');
  expect(panel().attachments.map((a) => a.name)).toEqual(['b.wav']);
});

test('a history that is too long for the model is halved until it fits', async () => {
  const { session, asked, next, turns } = setUp();
  for (let i = 1; i <= 3; i++) {
    session.ask(`${i}?`);
    (await next(i)).answer(result(`${i}`));
    await vi.waitFor(() => expect(turns()[i - 1]!.state).toBe('done'));
  }
  session.ask('4?');
  const tooLong = new Failure('PROMPT_TOO_LONG', 'Too long.', 'Ask less.');
  (await next(4)).fail(tooLong);
  (await next(5)).answer(result('4'));
  expect(asked.map(({ params }) => params.history?.length ?? 0)).toEqual([0, 1, 2, 3, 1]);
  await vi.waitFor(() => expect(turns()[3]!.state).toBe('done'));
});

test('a new chat forgets everything and hears nothing more of the old', async () => {
  const { session, next, turns, panel } = setUp();
  session.askAbout([file('a.png')], 'One?');
  const ask = await next(1);
  session.newChat();
  expect(ask.signal.aborted).toBe(true);
  ask.progress({ kind: 'piece', text: 'late' });
  ask.answer(result('late', { stopped: 'cancelled' }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(turns()).toEqual([]);
  expect(panel().attachments).toEqual([]);
});

test('turns handed out are what the panel shows, and do not change afterwards', async () => {
  const { session, turns, next } = setUp();
  session.askAbout([file('a.png')], 'One?');
  const ask = await next(1);
  ask.progress({ kind: 'piece', text: 'A ' });
  const early = session.panelTurns();
  ask.answer(result('A dog.'));
  await vi.waitFor(() => expect(session.panelTurns()[0]).toMatchObject({ state: 'done', answer: 'A dog.' }));
  expect(session.panelTurns()).toEqual(turns());
  expect(early).toHaveLength(1);
  expect(early[0]).toMatchObject({ question: 'One?', state: 'streaming', answer: 'A ' });
});

describe('a video whose frames the daemon cannot decode', () => {
  const clip: Attachable = { ...file('clip.mp4'), readBytes: async () => new Uint8Array([1, 2]) };
  const bare: MediaReport = { file: '/clip.mp4', modality: 'video', facts: [], warnings: [], wantsFrames: [0.5, 1.5] };
  const seen: MediaReport = { file: '/clip.mp4', modality: 'video', facts: [], warnings: [] };
  const setUpVideo = (frames: SuppliedFrame[]) => {
    const facts = vi.fn(async ({ source }: FactsParams) => ('frames' in source ? seen : bare));
    return { ...setUp({ facts, frames }), facts };
  };

  test('is asked about with the frames that the panel decoded', async () => {
    const frames = [{ time: 0.5, base64: 'AA==' }];
    const { session, next, facts } = setUpVideo(frames);
    session.askAbout([clip], 'What moves?');
    expect((await next(1)).params.media).toEqual([{ path: '/clip.mp4', frames }]);
    expect(facts.mock.calls.map(([{ source }]) => source)).toEqual([
      { path: '/clip.mp4' },
      { path: '/clip.mp4', frames },
    ]);
  });

  test('is asked about without frames where the panel cannot either, and the panel is asked once', async () => {
    const { session, next, facts } = setUpVideo([]);
    session.attach([clip]);
    session.ask('What moves?');
    expect((await next(1)).params.media).toEqual([{ path: '/clip.mp4' }]);
    expect(facts).toHaveBeenCalledTimes(1);
  });
});
