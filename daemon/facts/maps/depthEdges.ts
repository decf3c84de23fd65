import type { DepthValues } from '../../media/media';

/** A jump to the next pixel by more than this share of the depth is an edge of something. */
export const JUMP = 0.05;

/** Share of neighbouring pairs (right and below, both measured) whose values differ by more than 5 % of the smaller. */
export function discontinuities({ width, height, values }: DepthValues): number {
  let [pairs, jumps] = [0, 0];
  const look = (a: number, b: number) => {
    if (!(Number.isFinite(a) && Number.isFinite(b))) return;
    pairs++;
    if (Math.abs(a - b) > JUMP * Math.min(a, b)) jumps++;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) look(values[i]!, values[i + 1]!);
      if (y + 1 < height) look(values[i]!, values[i + width]!);
    }
  return pairs === 0 ? 0 : jumps / pairs;
}
