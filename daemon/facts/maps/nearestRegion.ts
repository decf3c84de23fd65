import type { DepthValues } from '../../media/media';

/** Centre of the nearest 2 % of a map: the largest connected region of them. */
export interface NearestRegion {
  /** Pixels from the left and the top. */
  x: number;
  y: number;
  /** Of all pixels. */
  share: number;
  /** Mean of its pixels. */
  value: number;
}

export const NEAREST_SHARE = 0.02;

/** `threshold`: the value that 2 % are nearer than; `nearIsLarge` for disparity. */
export function nearestRegion(
  { width, height, values }: DepthValues,
  threshold: number,
  nearIsLarge: boolean,
): NearestRegion | undefined {
  const near = (i: number) => (nearIsLarge ? values[i]! >= threshold : values[i]! <= threshold);
  const seen = new Uint8Array(values.length);
  const stack: number[] = [];
  let best: NearestRegion | undefined;
  const push = (i: number) => {
    if (seen[i] || !near(i)) return;
    seen[i] = 1;
    stack.push(i);
  };
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || !near(start)) continue;
    push(start);
    let [count, sumX, sumY, sum] = [0, 0, 0, 0];
    while (stack.length > 0) {
      const i = stack.pop()!;
      const x = i % width;
      const y = (i - x) / width;
      count++;
      sumX += x;
      sumY += y;
      sum += values[i]!;
      if (x > 0) push(i - 1);
      if (x + 1 < width) push(i + 1);
      if (y > 0) push(i - width);
      if (y + 1 < height) push(i + width);
    }
    const share = count / values.length;
    if (!best || share > best.share) best = { x: sumX / count, y: sumY / count, share, value: sum / count };
  }
  return best;
}
