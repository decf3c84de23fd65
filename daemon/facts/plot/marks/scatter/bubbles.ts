import type { Steps } from '../../steps';
import type { Blob } from './blobs';
import { distanceTransform } from './distanceTransform';

/** Circles of any size in a blob: peaks of the distance to its edge, the largest first, none inside another. */
export function* roundPeaks(
  blob: Blob,
  mask: Uint8Array,
  width: number,
  height: number,
): Steps<Array<{ x: number; y: number; radius: number }>> {
  const { left, top, right, bottom } = blob.part;
  const [w, h] = [right - left, bottom - top];
  const own = new Uint8Array(w * h);
  for (const i of blob.part.pixels) own[(Math.floor(i / width) - top) * w + (i % width) - left] = mask[i]!;
  const inner = yield* distanceTransform(own, w, h);
  const peaks: Array<{ x: number; y: number; radius: number }> = [];
  for (let y = 0; y < h; y++) {
    yield;
    for (let x = 0; x < w; x++) {
      const d = inner[y * w + x]!;
      if (d < 2) continue;
      let top8 = true;
      for (let v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1) && top8; v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) if (inner[v * w + u]! > d) top8 = false;
      }
      if (top8) peaks.push({ x: left + x + 0.5, y: top + y + 0.5, radius: d });
    }
  }
  peaks.sort((a, b) => b.radius - a.radius);
  const kept: typeof peaks = [];
  for (const peak of peaks) {
    yield;
    const inside = kept.some(
      (other) => Math.hypot(other.x - peak.x, other.y - peak.y) < other.radius + 0.2 * peak.radius,
    );
    if (!inside) kept.push(peak);
  }
  return kept.filter(({ y }) => y < height);
}
