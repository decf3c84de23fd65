import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaReport } from '../../../../daemon/protocol/messages';
import { Measurements } from '../../../../extension/languageFeatures/measurements';
import { Failure, failures } from '../../../../extension/supervisor/failure';

const report: MediaReport = { file: 'a.png', modality: 'image', facts: [], warnings: [] };
const stamp = { key: 'file:///a.png', mtime: 1, size: 2 };
const staying = () => new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A measuring that the test ends. */
function slow() {
  const calls: AbortSignal[] = [];
  let finish: (result: MediaReport) => void = () => {};
  const measure = (signal: AbortSignal) => {
    calls.push(signal);
    return new Promise<MediaReport>((resolve) => {
      finish = resolve;
    });
  };
  return { calls, measure, finish: () => finish(report) };
}

test('a file is measured once while its time and size stay', async () => {
  const measurements = new Measurements();
  const measure = vi.fn(async () => report);
  expect(await measurements.of(stamp, measure, 100, staying())).toEqual({ state: 'known', report });
  expect(await measurements.of(stamp, measure, 100, staying())).toEqual({ state: 'known', report });
  expect(measure).toHaveBeenCalledTimes(1);
  await measurements.of({ ...stamp, mtime: 2 }, measure, 100, staying());
  await measurements.of({ ...stamp, size: 3 }, measure, 100, staying());
  expect(measure).toHaveBeenCalledTimes(3);
});

test('late is said in time, and the measuring goes on for the next look', async () => {
  const measurements = new Measurements();
  const { calls, measure, finish } = slow();
  const first = measurements.of(stamp, measure, 100, staying());
  await vi.advanceTimersByTimeAsync(100);
  expect(await first).toEqual({ state: 'late' });
  const away = new AbortController();
  const second = measurements.of(stamp, measure, 100, away.signal);
  away.abort();
  expect(await second).toEqual({ state: 'left' });
  expect(calls[0]!.aborted).toBe(false);
  finish();
  expect(await measurements.of(stamp, measure, 100, staying())).toEqual({ state: 'known', report });
  expect(calls).toHaveLength(1);
});

test('it ends when the last one turns away', async () => {
  const measurements = new Measurements();
  const { calls, measure } = slow();
  const [one, two] = [new AbortController(), new AbortController()];
  const looks = [one, two].map(({ signal }) => measurements.of(stamp, measure, 100, signal));
  one.abort();
  await looks[0];
  expect(calls[0]!.aborted).toBe(false);
  two.abort();
  await looks[1];
  expect(calls[0]!.aborted).toBe(true);
});

test('a damaged file is remembered, a daemon that is not there is tried again', async () => {
  const measurements = new Measurements();
  const damaged = vi.fn(() => Promise.reject(new Failure('MEDIA_DAMAGED', 'It is cut off.', 'Mend it.')));
  const gone = vi.fn(() => Promise.reject(failures.connectionLost()));
  for (let i = 0; i < 2; i++) {
    expect((await measurements.of(stamp, damaged, 100, staying())).state).toBe('failed');
    expect((await measurements.of({ ...stamp, key: 'b' }, gone, 100, staying())).state).toBe('failed');
  }
  expect([damaged.mock.calls.length, gone.mock.calls.length]).toEqual([1, 2]);
});
