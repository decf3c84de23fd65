/** When a dead engine comes back. Pure: the caller keeps the times of the deaths and the clock. */

/** Milliseconds before restart 1, 2, 3, 4 within the window. One more death is one too many. */
export const RESTART_DELAYS_MS: readonly number[] = [0, 500, 2000, 8000];

/** Deaths older than this are forgiven. */
export const RESTART_WINDOW_MS = 180_000;

export type RestartDecision = { restart: true; delayMs: number } | { restart: false; deaths: number };

/** `deaths` are the times (ms) of all deaths, oldest first, the last one included. */
export function decideRestart(deaths: readonly number[], now: number): RestartDecision {
  const recent = deaths.filter((time) => now - time < RESTART_WINDOW_MS).length;
  const delayMs = recent === 0 ? 0 : RESTART_DELAYS_MS[recent - 1];
  return delayMs === undefined ? { restart: false, deaths: recent } : { restart: true, delayMs };
}
