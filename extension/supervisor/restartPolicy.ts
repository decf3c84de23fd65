/** When to start the daemon again after it failed: pure, over the times of earlier failures. */
export const WINDOW_MS = 3 * 60_000;
export const MOST_FAILURES = 5;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;

export type RestartDecision = { kind: 'start'; delayMs: number } | { kind: 'giveUp'; failures: number };

/**
 * @param failedAt times of failures in ms, oldest first
 * @param now the same clock
 * No failure within three minutes: at once. Else 0.5, 1, 2, 4 s after the latest; after the fifth only a person restarts.
 */
export function decideRestart(failedAt: readonly number[], now: number): RestartDecision {
  const recent = failedAt.filter((time) => now - time < WINDOW_MS);
  if (recent.length === 0) return { kind: 'start', delayMs: 0 };
  if (recent.length >= MOST_FAILURES) return { kind: 'giveUp', failures: recent.length };
  const wait = Math.min(FIRST_DELAY_MS * 2 ** (recent.length - 1), LONGEST_DELAY_MS);
  return { kind: 'start', delayMs: Math.max(0, Math.max(...recent) + wait - now) };
}
