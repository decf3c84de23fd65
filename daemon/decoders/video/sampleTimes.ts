/** Which moments of a video are looked at. All functions are pure; times are seconds from the first frame. */

/** Frames that are kept at most. */
export const MAX_SAMPLES = 16;
/** Frames of the coarse scan at most. */
export const MAX_SCAN = 200;

/**
 * At most `count` moments spread over the whole video: all frames where there are no more, else every n-th one with
 * the first and the last; by the clock where the times of the frames are not known.
 */
export function evenTimes(frameTimes: readonly number[], duration: number, count: number): number[] {
  if (frameTimes.length > 0) {
    if (frameTimes.length <= count) return [...frameTimes];
    return Array.from(
      { length: count },
      (_, i) => frameTimes[Math.round((i * (frameTimes.length - 1)) / (count - 1))]!,
    );
  }
  return Array.from({ length: count }, (_, i) => ((i + 0.5) * duration) / count);
}

/**
 * At most `count` moments, each scene by its length: one a scene at least (the longest scenes where there are more
 * scenes than moments), in the middle of equal parts of the scene. `cuts` are the beginnings of all scenes but the first.
 */
export function sceneTimes(cuts: readonly number[], duration: number, count: number): number[] {
  const scenes = [0, ...cuts].map((from, i) => ({ from, to: cuts[i] ?? duration }));
  const shares = allocate(
    scenes.map(({ from, to }) => Math.max(0, to - from)),
    count,
  );
  return scenes.flatMap(({ from, to }, i) =>
    Array.from({ length: shares[i]! }, (_, k) => from + ((k + 0.5) * (to - from)) / shares[i]!),
  );
}

/** `count` places by length: one each first (the longest first), then always to whom the most length a place is left. */
function allocate(lengths: readonly number[], count: number): number[] {
  const shares = lengths.map(() => 0);
  const longest = lengths.map((_, i) => i).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  for (const i of longest.slice(0, count)) shares[i] = 1;
  for (let left = count - longest.length; left > 0; left--) {
    let best = 0;
    for (let i = 1; i < shares.length; i++) if (lengths[i]! / shares[i]! > lengths[best]! / shares[best]!) best = i;
    shares[best]!++;
  }
  return shares;
}
