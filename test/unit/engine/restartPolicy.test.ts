import { describe, expect, it } from 'vitest';
import { decideRestart, RESTART_DELAYS_MS, RESTART_WINDOW_MS } from '../../../daemon/engine/restartPolicy';

describe('decideRestart', () => {
  it('waits longer after each death', () => {
    const delays = [1, 2, 3, 4].map((n) =>
      decideRestart(
        Array.from({ length: n }, () => 1000),
        1000,
      ),
    );
    expect(delays).toEqual(RESTART_DELAYS_MS.map((delayMs) => ({ restart: true, delayMs })));
  });

  it('gives up at the fifth death within the window', () => {
    expect(decideRestart([1, 2, 3, 4, 5], 10)).toEqual({ restart: false, deaths: 5 });
  });

  it('forgives what is older than the window', () => {
    const old = [1, 2, 3, 4];
    expect(decideRestart([...old, RESTART_WINDOW_MS + 4], RESTART_WINDOW_MS + 4)).toEqual({
      restart: true,
      delayMs: 0,
    });
  });

  it('starts at once where nothing died', () => {
    expect(decideRestart([], 0)).toEqual({ restart: true, delayMs: 0 });
  });
});
