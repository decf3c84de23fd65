import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Lifetime } from '../../../daemon/services/lifetime';

let working = false;
let ended: string[] = [];
const make = (idleMs: number) =>
  new Lifetime(
    idleMs,
    () => working,
    (reason) => ended.push(reason),
  );

beforeEach(() => {
  vi.useFakeTimers();
  working = false;
  ended = [];
});
afterEach(() => vi.useRealTimers());

it('ends after the idle time, counted from the last client and the last work', () => {
  const lifetime = make(1000);
  vi.advanceTimersByTime(999);
  lifetime.connected(1);
  vi.advanceTimersByTime(5000);
  lifetime.connected(-1);
  vi.advanceTimersByTime(500);
  working = true;
  lifetime.changed();
  vi.advanceTimersByTime(5000);
  working = false;
  lifetime.changed();
  vi.advanceTimersByTime(999);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual(['nobody needed it']);
});

it('ends even when no client ever comes', () => {
  make(1000);
  vi.advanceTimersByTime(1000);
  expect(ended).toHaveLength(1);
});

it('retires at once where the asker is the only one, else when the last one goes', () => {
  const lifetime = make(60_000);
  lifetime.connected(1);
  lifetime.connected(1);
  expect(lifetime.retire()).toEqual({ now: false });
  lifetime.connected(-1);
  vi.advanceTimersByTime(100);
  expect(ended).toEqual([]);
  expect(lifetime.retire()).toEqual({ now: true });
  lifetime.connected(-1);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual(['made room for a newer version']);
});

it('told to stay, stays', () => {
  const lifetime = make(0);
  expect(lifetime.retire()).toEqual({ now: false });
  vi.advanceTimersByTime(1e9);
  expect(ended).toEqual([]);
});
