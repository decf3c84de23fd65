import { errors } from '../../common/errors';
import type { ModelConfig } from '../../common/modelConfig';
import type { PointMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { SeededRandom } from '../sampling';

/** The same file must always give the same subset. */
const SUBSET_SEED = 20240317;

/**
 * Cloud -> [1, N, 6] (xyz, rgb), N at most `point.points`: a random subset in file order where there are more, then
 * `pc_norm`: xyz centred and scaled to unit radius, colours in [0, 1] as they are, zero where the file has none.
 * A model that groups by position (ours) was taught clouds of exactly `point.points`, a smaller file's repeated.
 */
export function preparePoints(media: PointMedia, config: ModelConfig): Omit<PreparedMedia, 'modality'> {
  const { points, group_by } = config.point;
  const warnings: string[] = [];
  const usable = finitePoints(media, warnings);
  if (usable.length === 0) throw errors.noContent(media.format, 'points');
  const chosen = group_by === 'position' ? repeated(subset(usable, points), points) : subset(usable, points);
  const cloud = gather(media, chosen);
  normalize(cloud, chosen.length);
  if (points < usable.length) {
    warnings.push(`The model sees ${points} of the cloud's ${usable.length} points, chosen at random.`);
  }
  if (group_by === 'color' && coloursAreEqual(cloud)) warnings.push(collapse(media.colors !== undefined));
  const input = {
    kind: 'points' as const,
    points: chosen.length,
    of: usable.length,
    colors: media.colors !== undefined,
  };
  return { frames: 1, tensor: cloud, shape: [1, chosen.length, 6], warnings, input };
}

/** Indices of the points whose coordinates are numbers. */
function finitePoints({ positions, count }: PointMedia, warnings: string[]): Int32Array {
  const indices = new Int32Array(count);
  let n = 0;
  for (let i = 0; i < count; i++) {
    const sum = positions[3 * i]! + positions[3 * i + 1]! + positions[3 * i + 2]!;
    if (Number.isFinite(sum)) indices[n++] = i;
  }
  if (n < count) warnings.push(`${count - n} points without coordinates were left out.`);
  return indices.subarray(0, n);
}

/** `count` of the indices, each with the same chance, in order (Knuth's selection sampling, TAOCP 3.4.2 S). */
function subset(indices: Int32Array, count: number): Int32Array {
  if (indices.length <= count) return indices;
  const random = new SeededRandom(SUBSET_SEED);
  const out = new Int32Array(count);
  for (let i = 0, n = 0; n < count; i++) {
    if ((indices.length - i) * random.next() < count - n) out[n++] = indices[i]!;
  }
  return out;
}

/** The indices over and over until there are `count`. */
function repeated(indices: Int32Array, count: number): Int32Array {
  return indices.length >= count ? indices : Int32Array.from({ length: count }, (_, i) => indices[i % indices.length]!);
}

/** [n, 6]. A colour that is no number is 0. */
function gather({ positions, colors }: PointMedia, indices: Int32Array): Float32Array {
  const cloud = new Float32Array(indices.length * 6);
  indices.forEach((from, i) => {
    for (let c = 0; c < 3; c++) {
      cloud[6 * i + c] = positions[3 * from + c]!;
      const color = colors?.[3 * from + c] ?? 0;
      cloud[6 * i + 3 + c] = Number.isFinite(color) ? color : 0;
    }
  });
  return cloud;
}

/** xyz less their mean, divided by the largest distance from it; a single place stays at 0. */
function normalize(cloud: Float32Array, n: number): void {
  const mean = [0, 1, 2].map((c) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += cloud[6 * i + c]!;
    return sum / n;
  });
  let radius = 0;
  for (let i = 0; i < n; i++) {
    radius = Math.max(radius, Math.hypot(...mean.map((m, c) => cloud[6 * i + c]! - m)));
  }
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 3; c++) cloud[6 * i + c] = radius > 0 ? (cloud[6 * i + c]! - mean[c]!) / radius : 0;
  }
}

function coloursAreEqual(cloud: Float32Array): boolean {
  return cloud.every((v, i) => i % 6 < 3 || v === cloud[i % 6]);
}

function collapse(hasColours: boolean): string {
  const why = hasColours ? 'All points of the cloud have one colour' : 'The cloud has no colours';
  return `${why}, and this model groups points by colour: it sees one small group of points instead of the shape.`;
}
