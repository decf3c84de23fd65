import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../daemon/common/logger';
import { EngineHost } from '../../../daemon/engine/engineHost';
import type { EngineAsk } from '../../../daemon/engine/messages';
import { CANCEL_LIMIT_SECONDS, STAGE_LIMITS_SECONDS, START_LIMIT_SECONDS } from '../../../daemon/engine/stageLimits';
import type { AskProgress, AskResult } from '../../../daemon/protocol/messages';
import { FakeEngineProcess } from '../../support/fakeEngineProcess';

const never = new AbortController().signal;
const question = { question: 'What is this?' } as EngineAsk;
const answer = (text: string) => ({ text }) as AskResult;
const ignore = () => {};

let engines: FakeEngineProcess[];
let states: string[];
let host: EngineHost;
const last = () => engines.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  engines = [];
  states = [];
  const fork = () => {
    engines.push(new FakeEngineProcess(100 + engines.length));
    return last();
  };
  host = new EngineHost(fork, silentLogger, ({ state }) => {
    if (states.at(-1) !== state) states.push(state);
  });
});
afterEach(() => {
  host.dispose();
  vi.useRealTimers();
});

/** An ask inside a ready engine. */
async function begin(signal: AbortSignal = never, onProgress: (value: AskProgress) => void = ignore) {
  const promise = host.ask(question, signal, onProgress);
  const settled = promise.then(
    (value) => ({ value }),
    (error: { code: string }) => ({ error: error.code }),
  );
  await vi.advanceTimersByTimeAsync(0);
  if (host.status.state === 'starting') last().say({ type: 'ready' });
  await vi.advanceTimersByTimeAsync(0);
  return { settled, id: last().requests.at(-1)! };
}

describe('EngineHost', () => {
  it('starts with the first request, streams, answers: stopped > starting > ready > busy > ready', async () => {
    const progress: AskProgress[] = [];
    const { settled, id } = await begin(never, (value) => progress.push(value));
    last().say({ type: 'progress', id, value: { kind: 'piece', text: 'A ' } });
    last().say({ type: 'result', id, value: answer('A plot.') });
    expect(await settled).toEqual({ value: { text: 'A plot.' } });
    expect(progress).toEqual([
      { kind: 'stage', stage: 'starting' },
      { kind: 'piece', text: 'A ' },
    ]);
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['starting', 'ready', 'busy', 'ready']);
  });

  it('answers one at a time, and facts in between', async () => {
    const first = await begin();
    const second = host.ask(question, never, ignore);
    const facts = host.run('facts', { source: { path: '/a' }, preview: false }, never, ignore);
    await vi.advanceTimersByTimeAsync(0);
    expect(last().requests).toEqual([1, 2]);
    last().say({ type: 'result', id: 2, value: { file: '/a', modality: 'image', facts: [], warnings: [] } });
    expect(await facts).toMatchObject({ modality: 'image' });
    last().say({ type: 'result', id: first.id, value: answer('one') });
    await vi.advanceTimersByTimeAsync(0);
    last().say({ type: 'result', id: 3, value: answer('two') });
    expect(await second).toEqual({ text: 'two' });
  });

  it('a question goes before a file that is described in the background, though it came later', async () => {
    const first = await begin();
    const ended: string[] = [];
    const folder = host.ask({ ...question, background: true }, never, ignore).then(() => ended.push('folder'));
    const chat = host.ask(question, never, ignore).then(() => ended.push('chat'));
    for (const id of [first.id, first.id + 1, first.id + 2]) {
      last().say({ type: 'result', id, value: answer('x') });
      await vi.advanceTimersByTimeAsync(0);
    }
    await Promise.all([folder, chat]);
    expect(ended).toEqual(['chat', 'folder']);
  });

  it('an engine that dies fails its requests at once; the next request gets a new engine', async () => {
    const { settled } = await begin();
    last().say({ type: 'model', model: { id: 'nano', device: 'cpu', deviceReason: 'test' } });
    expect(host.status.model?.id).toBe('nano');
    last().die('signal SIGKILL');
    expect(await settled).toEqual({ error: 'ENGINE_DIED' });
    expect(host.status.model).toBeNull();
    const next = await begin();
    expect(engines).toHaveLength(2);
    last().say({ type: 'result', id: next.id, value: answer('again') });
    expect(await next.settled).toEqual({ value: { text: 'again' } });
  });

  it('gives up after five deaths, says so, and tries again when asked to restart', async () => {
    const settled = (await begin()).settled;
    for (let death = 0; death < 5; death++) {
      last().die('exit code 134');
      await vi.advanceTimersByTimeAsync(8000);
    }
    expect(await settled).toEqual({ error: 'ENGINE_DIED' });
    expect(host.status.state).toBe('failed');
    await expect(host.ask(question, never, ignore)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE', exitCode: 4 });
    const restarted = host.restart();
    await vi.advanceTimersByTimeAsync(0);
    last().say({ type: 'ready' });
    await restarted;
    expect(host.status.state).toBe('ready');
  });

  it('a cancel answers at once, tells the engine, and holds the line until the engine has stopped', async () => {
    const cancel = new AbortController();
    const { settled, id } = await begin(cancel.signal);
    const next = host.ask(question, never, ignore);
    cancel.abort();
    expect(await settled).toEqual({ error: 'CANCELLED' });
    expect(last().sent.at(-1)).toEqual({ type: 'cancel', id });
    await vi.advanceTimersByTimeAsync(100);
    expect(last().requests).toEqual([id]);
    last().say({ type: 'error', id, error: { code: 'CANCELLED', exitCode: 6, what: '', remedy: '' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(last().requests).toEqual([id, id + 1]);
    last().say({ type: 'result', id: id + 1, value: answer('next') });
    expect(await next).toEqual({ text: 'next' });
  });

  it('an engine that does not stop after a cancel is killed, and the next request is answered', async () => {
    const cancel = new AbortController();
    const { settled } = await begin(cancel.signal);
    cancel.abort();
    await settled;
    const next = host.ask(question, never, ignore);
    await vi.advanceTimersByTimeAsync(CANCEL_LIMIT_SECONDS * 1000);
    expect(engines[0]!.killed).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(engines).toHaveLength(2);
    last().say({ type: 'ready' });
    await vi.advanceTimersByTimeAsync(0);
    last().say({ type: 'result', id: last().requests[0]!, value: answer('next') });
    expect(await next).toEqual({ text: 'next' });
  });

  it('a decode beyond its limit kills the engine and names what took too long', async () => {
    const { settled, id } = await begin();
    last().say({ type: 'progress', id, value: { kind: 'stage', stage: 'decoding' } });
    await vi.advanceTimersByTimeAsync(STAGE_LIMITS_SECONDS.decoding * 1000 - 1);
    expect(engines[0]!.killed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(engines[0]!.killed).toBe(true);
    expect(await settled).toEqual({ error: 'TIMED_OUT' });
  });

  it('a request that the engine has not begun waits as long as the one before it may take', async () => {
    const { id } = await begin();
    last().say({ type: 'progress', id, value: { kind: 'stage', stage: 'loading' } });
    void host.run('facts', { source: { path: '/a' }, preview: false }, never, ignore).catch(ignore);
    await vi.advanceTimersByTimeAsync(STAGE_LIMITS_SECONDS.starting * 2000);
    expect(engines[0]!.killed).toBe(false);
  });

  it('an engine that never says it is ready is killed after the start limit', async () => {
    void host.ask(question, never, ignore).catch(ignore);
    await vi.advanceTimersByTimeAsync(START_LIMIT_SECONDS * 1000);
    expect(engines[0]!.killed).toBe(true);
  });

  it('a request that is cancelled while the engine starts is over at once', async () => {
    const cancel = new AbortController();
    const asked = host.ask(question, cancel.signal, ignore);
    await vi.advanceTimersByTimeAsync(0);
    cancel.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    const { settled, id } = await begin();
    last().say({ type: 'result', id, value: answer('yes') });
    expect(await settled).toEqual({ value: { text: 'yes' } });
  });

  it('after dispose nothing waits and nothing starts', async () => {
    const { settled } = await begin();
    host.dispose();
    expect(await settled).toEqual({ error: 'ENGINE_DIED' });
    await expect(host.ask(question, never, ignore)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect(engines).toHaveLength(1);
  });
});
