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
import type { Conversation } from '../../../../extension/chat/conversation';
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

function setUp(
  change: Partial<DaemonApi> & { unreachable?: Failure; frames?: SuppliedFrame[]; temperature?: number } = {},
) {
  const keptAway: Conversation[] = [];
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
    options: () => ({
      maxTokens: 64,
      ...(change.temperature === undefined ? {} : { temperature: change.temperature }),
    }),
    post: (message) => posted.push(message),
    decodeFrames: async () => ({ frames: change.frames ?? [] }),
    log: () => {},
    history: { changed: () => {}, keep: (conversation) => keptAway.push(conversation) },
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
  return { session, asked, posted, panel, turns, next, keptAway };
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

describe('another answer to the same question', () => {
  const answered = async (change: Parameters<typeof setUp>[0] = {}) => {
    const all = setUp(change);
    all.session.askAbout([file('a.png')], 'One?');
    (await all.next(1)).answer(result('1'));
    await vi.waitFor(() => expect(all.turns()[0]!.state).toBe('done'));
    return all;
  };

  test('is asked with another seed, and the first stays to choose from', async () => {
    const { session, next, turns } = await answered({ temperature: 0.7 });
    session.regenerate('t1');
    expect(turns()[0]).toMatchObject({ state: 'waiting', answer: '', stage: 'starting' });
    expect(turns()[0]!.result).toBeUndefined();
    const second = await next(2);
    expect(second.params).toMatchObject({ question: 'One?', seed: expect.any(Number), media: [{ path: '/a.png' }] });
    expect(second.params.history).toBeUndefined();
    second.answer(result('one'));
    await vi.waitFor(() => expect(turns()[0]).toMatchObject({ answer: 'one', answers: { count: 2, shown: 1 } }));
    session.chooseAnswer('t1', 0);
    expect(turns()[0]).toMatchObject({ answer: '1', state: 'done', answers: { count: 2, shown: 0 } });
    session.ask('Two?');
    expect((await next(3)).params.history).toEqual([{ question: 'One?', answer: '1' }]);
  });

  test.each([
    [0, 'greedy'],
    [undefined, 'greedy'],
    [0.7, 'chance'],
  ] as const)(
    'that is the same is no second one, and the reason is told (temperature %s)',
    async (temperature, why) => {
      const { session, next, turns } = await answered(temperature === undefined ? {} : { temperature });
      session.regenerate('t1');
      (await next(2)).answer(result('1'));
      await vi.waitFor(() => expect(turns()[0]).toMatchObject({ answer: '1', state: 'done', sameAgain: why }));
      expect(turns()[0]!.answers).toBeUndefined();
    },
  );

  test('that fails or is stopped leaves the one before to go back to', async () => {
    const { session, next, turns } = await answered();
    session.regenerate('t1');
    (await next(2)).fail(new Failure('ENGINE_DIED', 'It died.', 'Ask again.'));
    await vi.waitFor(() => expect(turns()[0]).toMatchObject({ state: 'failed', answers: { count: 2, shown: 1 } }));
    session.chooseAnswer('t1', 0);
    expect(turns()[0]).toMatchObject({ state: 'done', answer: '1' });
    expect(turns()[0]!.error).toBeUndefined();
  });

  test('asked for while the stopped one still ends is not mixed up with it', async () => {
    const { session, next, turns } = setUp();
    session.ask('One?');
    const first = await next(1);
    first.progress({ kind: 'piece', text: 'old' });
    session.stop('t1');
    session.regenerate('t1');
    first.progress({ kind: 'piece', text: ' words' });
    first.answer(result('old words', { stopped: 'cancelled' }));
    (await next(2)).answer(result('new'));
    await vi.waitFor(() => expect(turns()[0]).toMatchObject({ state: 'done', answer: 'new' }));
    session.chooseAnswer('t1', 0);
    expect(turns()[0]).toMatchObject({ state: 'stopped', answer: 'old' });
  });
});

describe('a question asked otherwise', () => {
  test('replaces it and what followed, about the same files; the conversation as it was is kept', async () => {
    const { session, next, turns, keptAway, panel } = setUp();
    session.askAbout([file('a.png')], 'One?');
    (await next(1)).answer(result('1'));
    await vi.waitFor(() => expect(turns()[0]!.state).toBe('done'));
    session.askAbout([file('b.png')], 'Two?');
    (await next(2)).answer(result('2'));
    await vi.waitFor(() => expect(turns()[1]!.state).toBe('done'));
    session.resend('t1', ' Uno? ');
    const third = await next(3);
    expect(third.params).toMatchObject({ question: 'Uno?', media: [{ path: '/a.png' }] });
    expect(third.params.history).toBeUndefined();
    expect(turns().map(({ id, question }) => [id, question])).toEqual([['t3', 'Uno?']]);
    expect(panel().attachments.map(({ name }) => name)).toEqual(['a.png']);
    expect(keptAway).toHaveLength(1);
    expect(keptAway[0]!.turns.map(({ question }) => question)).toEqual(['One?', 'Two?']);
    expect(keptAway[0]!.title).toBe('a.png: One? (before an edit)');
    expect(keptAway[0]!.id).not.toBe(session.conversationId);
  });

  test('that runs is stopped, and one without an answer leaves no copy', async () => {
    const { session, next, turns, keptAway } = setUp();
    session.ask('One?');
    const first = await next(1);
    session.resend('t1', 'Uno?');
    expect(first.signal.aborted).toBe(true);
    first.answer(result('', { stopped: 'cancelled' }));
    (await next(2)).answer(result('1'));
    await vi.waitFor(() => expect(turns()).toMatchObject([{ question: 'Uno?', state: 'done' }]));
    expect(keptAway).toEqual([]);
  });
});

describe('what is kept', () => {
  test('is what is opened again: files, answers and which one is shown', async () => {
    const { session, next, turns } = setUp({ temperature: 1 });
    session.askAbout([{ ...file('a.png'), address: { uri: 'file:///a.png' } }], 'One?');
    (await next(1)).answer(result('1'));
    await vi.waitFor(() => expect(turns()[0]!.state).toBe('done'));
    session.regenerate('t1');
    (await next(2)).answer(result('one'));
    await vi.waitFor(() => expect(turns()[0]!.answers?.count).toBe(2));
    session.chooseAnswer('t1', 0);
    const kept = session.kept()!;
    expect(kept).toMatchObject({
      title: 'a.png: One?',
      attachments: [{ id: 'a1', name: 'a.png', address: { uri: 'file:///a.png' } }],
      attached: ['a1'],
      turns: [{ id: 't1', attachments: ['a1'], shown: 0, answers: [{ answer: '1' }, { answer: 'one' }] }],
    });
    const other = setUp();
    other.session.open(kept, ({ name }) => file(name));
    const plain = turns().map((turn) => ({
      ...turn,
      attachments: turn.attachments.map(({ id, name }) => ({ id, name })),
    }));
    expect(other.turns()).toEqual(plain);
    expect(other.session.kept()).toEqual({
      ...kept,
      updated: expect.any(Number),
      attachments: [{ id: 'a1', name: 'a.png', address: null }],
    });
    other.session.inspect(['a1']);
    await vi.waitFor(() => expect(other.panel().turns[0]!.attachments[0]!.report).toEqual(REPORT));
    other.session.ask('Two?');
    expect((await other.next(1)).params).toMatchObject({ history: [{ question: 'One?', answer: '1' }] });
    expect(other.turns()[1]!.id).toBe('t2');
  });

  test('in the middle of an answer is the question and what had come; opened again it is interrupted', async () => {
    const { session, next, turns } = setUp();
    session.ask('One?');
    (await next(1)).progress({ kind: 'piece', text: 'Half an' });
    session.ask('Two?');
    const kept = session.kept()!;
    const other = setUp();
    other.session.open(kept, ({ name }) => file(name));
    expect(other.turns()).toMatchObject([
      { question: 'One?', answer: 'Half an', state: 'stopped', interrupted: true },
      { question: 'Two?', answer: '', state: 'stopped', interrupted: true },
    ]);
    expect(other.asked).toHaveLength(0);
    other.session.regenerate('t1');
    (await other.next(1)).answer(result('Half an hour.'));
    await vi.waitFor(() => expect(other.turns()[0]).toMatchObject({ state: 'done', answer: 'Half an hour.' }));
    expect(other.turns()[0]!.interrupted).toBeUndefined();
    expect(turns()[0]!.state).toBe('streaming');
  });

  test('goes to the history when another chat begins, under its own title where it has one', async () => {
    const { session, next, turns, keptAway } = setUp();
    session.ask('One?');
    (await next(1)).answer(result('1'));
    await vi.waitFor(() => expect(turns()[0]!.state).toBe('done'));
    session.rename('Mine');
    const before = session.conversationId;
    session.newChat();
    expect(keptAway).toMatchObject([{ id: before, title: 'Mine', isNamed: true }]);
    expect(session.kept()).toBeNull();
    expect(session.conversationId).not.toBe(before);
  });
});
