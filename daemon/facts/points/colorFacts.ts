import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import { rounded3 } from './round';

const MOST_COLORS = 5;
const MIN_SHARE = 0.02;
/** Colours are put into boxes of this many steps a channel. */
const STEPS = 8;

export function colorFacts({ colors }: PointMedia): Fact[] {
  const facts: Fact[] = [{ name: 'points.hasColors', value: colors !== undefined, how: 'from the file' }];
  if (!colors) return facts;
  const { mean, dominant } = colorStats(colors);
  facts.push({ name: 'points.colors', value: mean, how: 'mean red, green, blue of the points' });
  if (dominant.length > 0)
    facts.push({
      name: 'points.colorStats',
      value: dominant,
      how: `[mean colour, share] of the fullest of ${STEPS} x ${STEPS} x ${STEPS} boxes of colour, at least ${100 * MIN_SHARE} % of ${colors.length / 3} points`,
    });
  return facts;
}

function colorStats(colors: Float32Array): { mean: string; dominant: Array<[string, number]> } {
  const count = colors.length / 3;
  const sums = new Float64Array(3 * STEPS ** 3);
  const counts = new Float64Array(STEPS ** 3);
  for (let i = 0; i < colors.length; i += 3) {
    const box = (step(colors[i]!) * STEPS + step(colors[i + 1]!)) * STEPS + step(colors[i + 2]!);
    counts[box]!++;
    for (let axis = 0; axis < 3; axis++) sums[3 * box + axis]! += colors[i + axis]!;
  }
  const all = [0, 0, 0];
  for (let i = 0; i < sums.length; i++) all[i % 3]! += sums[i]!;
  const boxes = [...counts.keys()]
    .filter((box) => counts[box]! >= MIN_SHARE * count)
    .sort((a, b) => counts[b]! - counts[a]!)
    .slice(0, MOST_COLORS);
  return {
    mean: hex(all, count),
    dominant: boxes.map((box) => [
      hex(sums.subarray(3 * box, 3 * box + 3), counts[box]!),
      rounded3(counts[box]! / count),
    ]),
  };
}

const step = (value: number): number => Math.min(STEPS - 1, Math.floor(value * STEPS));

function hex(sums: ArrayLike<number>, count: number): string {
  const parts = [0, 1, 2].map((axis) =>
    Math.round((sums[axis]! * 255) / count)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${parts.join('')}`;
}
