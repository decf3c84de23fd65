import type { PanelLayout, Rgb } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import { along, colorAt, distance } from './colorMath';
import type { Crop } from './crop';
import { type Ground, MARKED } from './foreground';

export interface PaletteColor {
  color: Rgb;
  /** Pixels of about this colour that no edge blend explains. */
  weight: number;
  /** Shows where translucent marks of these palette entries lie over each other; absent for a colour of its own. */
  overlapOf?: number[];
  /** From the legend, so never taken for a blend. */
  known?: boolean;
}

/** At most this many layers: more are a heat map or a photograph. */
const MOST_COLORS = 24;
const MERGE_DISTANCE = 13;
const SMALLEST = 6;
/** How far along a stroke its full colour is looked for, pixels. */
const REACH = 16;

/**
 * The colours that marks are drawn in. Blurred edges are blends of two neighbours, so a pixel that lies between two
 * opposite neighbours says nothing; the others are counted, and what remains a blend of the background and a stronger
 * colour beside it, or of two neighbours, is dropped. Colours where translucent marks overlap are told apart.
 */
export function* palette(crop: Crop, ground: Ground, panel: PanelLayout): Steps<PaletteColor[]> {
  const peaks = yield* peakPixels(crop, ground);
  const merge = MERGE_DISTANCE * (1 + 1.5 * ground.noise);
  const clusters = fullerKnown(yield* clusterColors(crop, peaks, merge, panel, ground.background), ground, merge);
  const members = yield* membersOf(crop, ground, clusters, merge);
  const kept = yield* dropBlends(crop, ground, clusters, members, merge);
  yield* markOverlaps(crop, ground, kept, merge);
  return kept;
}

/** Pixels that do not lie between two opposite neighbours in colour. */
function* peakPixels({ width, height, rgb }: Crop, { kinds, noise }: Ground): Steps<number[]> {
  const out: number[] = [];
  const offsets = [1, width, width + 1, width - 1];
  const slack = 10 * (1 + noise);
  for (let y = 1; y < height - 1; y++) {
    yield;
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (kinds[i] !== MARKED) continue;
      if (!offsets.some((offset) => between(rgb, i, i - offset, i + offset, slack))) out.push(i);
    }
  }
  return out;
}

function between(rgb: Uint8Array, at: number, before: number, after: number, slack: number): boolean {
  let length = 0;
  let dot = 0;
  let size = 0;
  for (let c = 0; c < 3; c++) {
    const a = rgb[3 * before + c]!;
    const v = rgb[3 * after + c]! - a;
    const w = rgb[3 * at + c]! - a;
    length += v * v;
    dot += v * w;
    size += w * w;
  }
  if (length < 500) return false;
  const t = dot / length;
  const edge = Math.max(0.06, slack / Math.sqrt(length));
  return t > edge && t < 1 - edge && size - t * dot < slack * slack;
}

interface Bin {
  count: number;
  sum: Rgb;
}

function* clusterColors(
  crop: Crop,
  peaks: number[],
  merge: number,
  panel: PanelLayout,
  background: Rgb,
): Steps<PaletteColor[]> {
  const bins = new Map<number, Bin>();
  for (let k = 0; k < peaks.length; k++) {
    if (every(k)) yield;
    const p = colorAt(crop.rgb, peaks[k]!);
    const key = ((p[0] >> 2) << 12) | ((p[1] >> 2) << 6) | (p[2] >> 2);
    const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] };
    bin.count++;
    for (let c = 0; c < 3; c++) bin.sum[c]! += p[c]!;
    bins.set(key, bin);
  }
  let rest = [...bins.values()]
    .map(({ count, sum }) => ({ count, color: sum.map((s) => s / count) as Rgb }))
    .sort((a, b) => b.count - a.count);
  const out: PaletteColor[] = [];
  const smallest = Math.max(SMALLEST, peaks.length * 0.0008);
  // the legend's colours first: a bin near one of them belongs to it
  const seeds = panel.legend
    .map(({ color }) => color)
    .filter((color) => distance(color, background) > 24)
    .map((color) => fullInk(color, rest, background));
  const take = (centre: Rgb, known: boolean) => {
    const top = rest.find(({ color }) => distance(color, centre) <= merge);
    if (!top) return false;
    const near = rest.filter(({ color }) => distance(color, top.color) <= merge);
    const weight = near.reduce((sum, { count }) => sum + count, 0);
    const strong = near.filter(({ count }) => count >= 0.2 * top.count);
    const total = strong.reduce((sum, { count }) => sum + count, 0);
    const color = [0, 1, 2].map((c) => strong.reduce((sum, bin) => sum + bin.color[c]! * bin.count, 0) / total) as Rgb;
    if (weight >= smallest) out.push({ color, weight, known });
    const gone = new Set(near);
    rest = rest.filter((bin) => !gone.has(bin));
    return weight >= smallest;
  };
  for (const seed of seeds) {
    yield;
    if (take(seed, true)) continue;
    // a line so thin that no pixel is all its colour
    const weight = rest.reduce((sum, { color, count }) => {
      const { t, off } = along(color, background, seed);
      return off < 0.7 * merge && t > 0.3 && t < 1.05 ? sum + count : sum;
    }, 0);
    if (weight >= smallest) out.push({ color: seed, weight, known: true });
  }
  while (rest.length > 0 && out.length < 4 * MOST_COLORS) {
    take(rest[0]!.color, false);
    yield;
  }
  return out.sort((a, b) => b.weight - a.weight);
}

/**
 * A thin line seldom covers a whole pixel, so its colour comes in two shades: where the paler one was taken for the
 * legend's, the fuller one is it.
 */
function fullerKnown(clusters: PaletteColor[], { background }: Ground, merge: number): PaletteColor[] {
  const gone = new Set<PaletteColor>();
  for (const known of clusters.filter((cluster) => cluster.known)) {
    const fuller = clusters.find((other) => {
      if (other.known || other.weight < 0.1 * known.weight) return false;
      const { t, off } = along(known.color, background, other.color);
      return t > 0.75 && t < 0.99 && off < 0.6 * merge && (1 - t) * distance(background, other.color) < 30;
    });
    if (!fuller) continue;
    gone.add(known);
    fuller.known = true;
    fuller.weight += known.weight;
  }
  return clusters.filter((cluster) => !gone.has(cluster)).sort((a, b) => b.weight - a.weight);
}

/** The strongest colour drawn of which a legend's sample, thin as it may be, is a paler shade; else the sample's own. */
function fullInk(sample: Rgb, bins: Array<{ count: number; color: Rgb }>, background: Rgb): Rgb {
  const near = bins.filter(({ color }) => distance(color, sample) < 13).reduce((sum, { count }) => sum + count, 0);
  const fuller = bins.find(({ color, count }) => {
    const { t, off } = along(sample, background, color);
    return t > 0.5 && t < 0.97 && off < 10 && count > near;
  });
  return fuller?.color ?? sample;
}

/** Up to 400 pixels of each cluster, spread evenly, and how many of all lie inside a flat 3 x 3 of its colour. */
function* membersOf(crop: Crop, ground: Ground, clusters: PaletteColor[], merge: number): Steps<Members[]> {
  const lists: number[][] = clusters.map(() => []);
  const known = new Map<number, number>();
  for (let i = 0; i < ground.kinds.length; i++) {
    if ((i & 0xfff) === 0) yield;
    if (ground.kinds[i] !== MARKED) continue;
    const key = (crop.rgb[3 * i]! << 16) | (crop.rgb[3 * i + 1]! << 8) | crop.rgb[3 * i + 2]!;
    let best = known.get(key);
    if (best === undefined) {
      best = nearestOf(colorAt(crop.rgb, i), clusters, merge);
      known.set(key, best);
    }
    if (best >= 0) lists[best]!.push(i);
  }
  return lists.map((pixels, c) => {
    const step = Math.max(1, Math.floor(pixels.length / 400));
    const sample = pixels.filter((_, k) => k % step === 0);
    const flat = sample.filter((i) => isFlat(crop, i, clusters[c]!.color, merge)).length;
    return { sample, flat: sample.length === 0 ? 0 : flat / sample.length, count: pixels.length };
  });
}

/** The nearest cluster within `merge`; -1 where there is none. */
function nearestOf(p: Rgb, clusters: PaletteColor[], merge: number): number {
  let best = -1;
  let least = merge;
  for (let c = 0; c < clusters.length; c++) {
    const d = distance(p, clusters[c]!.color);
    if (d < least) [best, least] = [c, d];
  }
  return best;
}

interface Members {
  sample: number[];
  flat: number;
  count: number;
}

function isFlat({ width, height, rgb }: Crop, i: number, color: Rgb, merge: number): boolean {
  const x = i % width;
  const y = (i - x) / width;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      if (distance(colorAt(rgb, i + dy * width + dx), color) > merge) return false;
    }
  }
  return true;
}

function* dropBlends(
  crop: Crop,
  ground: Ground,
  clusters: PaletteColor[],
  members: Members[],
  merge: number,
): Steps<PaletteColor[]> {
  const dropped = new Set<number>();
  const { background, grid } = ground;
  // the faintest first, so that a chain of blends ends at its strongest colour
  const order = clusters.map((_, c) => c).sort((a, b) => clusters[a]!.weight - clusters[b]!.weight);
  for (const k of order) {
    const { flat, sample, count } = members[k]!;
    if (clusters[k]!.known) continue;
    if (sample.length === 0) {
      dropped.add(k);
      continue;
    }
    if (flat > 0.3 && flat * count >= 9) continue;
    const others = clusters
      .map((_, c) => c)
      .filter((c) => c !== k && !dropped.has(c) && clusters[c]!.weight >= 0.05 * clusters[k]!.weight);
    const grounds = grid ? [background, grid] : [background];
    if (yield* isBlend(crop, clusters, k, others, grounds, sample, merge)) dropped.add(k);
  }
  return clusters.filter((_, c) => !dropped.has(c)).slice(0, MOST_COLORS);
}

/** Whether cluster `k` is a blend of one of the `others` with a ground, or of two of them. */
function* isBlend(
  crop: Crop,
  clusters: PaletteColor[],
  k: number,
  others: number[],
  grounds: Rgb[],
  sample: number[],
  merge: number,
): Steps<boolean> {
  const { color } = clusters[k]!;
  const beside = new Map<number, Uint8Array>();
  // which pixels of the sample lie near pixels of another cluster: asked for each pair, so kept
  const near = (c: number): Uint8Array => {
    const known = beside.get(c);
    if (known) return known;
    const found = Uint8Array.from(sample, (i) => (hasNear(crop, i, clusters[c]!.color, color, 3, merge) ? 1 : 0));
    beside.set(c, found);
    return found;
  };
  for (const a of others) {
    for (const base of grounds) if (yield* fades(crop, color, base, clusters[a]!, sample, merge)) return true;
    for (const b of others) {
      if (b <= a || !liesBetween(color, clusters[b]!.color, clusters[a]!.color, merge)) continue;
      yield;
      const [p, q] = [near(a), near(b)];
      let both = 0;
      for (let i = 0; i < p.length; i++) both += p[i]! & q[i]!;
      if (both >= 0.7 * sample.length) return true;
    }
  }
  return false;
}

/** Whether `color` lies between `a` and `b`. */
function liesBetween(color: Rgb, a: Rgb, b: Rgb, merge: number): boolean {
  const { t, off } = along(color, a, b);
  return off <= merge + 0.08 * distance(a, b) && t >= 0.02 && t <= 0.99;
}

/** Whether `color` is a thin or blurred mark of colour `full` over `base`: on the line between, and drawn in one stroke with it. */
function* fades(
  crop: Crop,
  color: Rgb,
  base: Rgb,
  full: PaletteColor,
  sample: number[],
  merge: number,
): Steps<boolean> {
  const length = distance(base, full.color);
  const { t, off } = along(color, base, full.color);
  if (off > merge + 0.08 * length || t < 0.02 || t > 0.99) return false;
  // a line that only here and there covers a whole pixel, or nowhere
  if ((t > 0.75 && (1 - t) * length < 30) || (full.known && off < merge)) return true;
  const least = 0.65 * sample.length;
  let joined = 0;
  for (let k = 0; k < sample.length && joined + sample.length - k >= least; k++) {
    yield;
    if (reaches(crop, sample[k]!, base, full.color, merge)) joined++;
    if (joined >= least) return true;
  }
  return joined >= least;
}

/** Whether a stroke of blends of `base` and `full` leads from pixel `i` to one that is almost `full`, within REACH pixels. */
function reaches({ width, height, rgb }: Crop, i: number, base: Rgb, full: Rgb, merge: number): boolean {
  const near = Math.max(merge, 0.12 * distance(base, full));
  const queue = [i];
  const seen = new Set(queue);
  const [x0, y0] = [i % width, Math.floor(i / width)];
  for (let k = 0; k < queue.length; k++) {
    const x = queue[k]! % width;
    const y = (queue[k]! - x) / width;
    for (let v = Math.max(0, y - 1, y0 - REACH); v <= Math.min(height - 1, y + 1, y0 + REACH); v++) {
      for (let u = Math.max(0, x - 1, x0 - REACH); u <= Math.min(width - 1, x + 1, x0 + REACH); u++) {
        const at = v * width + u;
        if (seen.has(at)) continue;
        seen.add(at);
        const p = colorAt(rgb, at);
        if (distance(p, full) <= near) return true;
        const { t, off } = along(p, base, full);
        if (t > 0.15 && off < 2 * merge) queue.push(at);
      }
    }
  }
  return false;
}

/** Whether a pixel within `reach` is of colour `wanted`, or at least two thirds of the way to it from `from`. */
function hasNear(
  { width, height, rgb }: Crop,
  i: number,
  wanted: Rgb,
  from: Rgb,
  reach: number,
  merge: number,
): boolean {
  const x = i % width;
  const y = (i - x) / width;
  const near = Math.max(merge, 0.33 * distance(from, wanted));
  for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
    for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
      if (distance(colorAt(rgb, v * width + u), wanted) <= near) return true;
    }
  }
  return false;
}

/**
 * Where a translucent mark `a` lies over a colour `b`, the picture shows a + s (b - background), with the same s
 * everywhere; colours that are so, lighter in weight than both and bordering on them, are overlaps.
 */
function* markOverlaps(crop: Crop, { background, kinds }: Ground, colors: PaletteColor[], merge: number): Steps<void> {
  const byWeight = colors.map((_, c) => c).sort((a, b) => colors[a]!.weight - colors[b]!.weight);
  for (const k of byWeight) {
    const color = colors[k]!;
    let best: { of: number[]; off: number } | undefined;
    for (let a = 0; a < colors.length; a++) {
      if (a === k || colors[a]!.weight < color.weight) continue;
      for (let b = 0; b < colors.length; b++) {
        if (b === k || colors[b]!.weight < color.weight) continue;
        const top: Rgb = colors[a]!.color;
        const end = top.map((v, c) => v + colors[b]!.color[c]! - background[c]!) as Rgb;
        const { t, off } = along(color.color, top, end);
        if (t < 0.08 || t > 0.95 || off > merge * 0.6) continue;
        if (!best || off < best.off) best = { of: a === b ? [a] : [a, b], off };
      }
    }
    if (
      best &&
      (yield* bordersOn(
        crop,
        kinds,
        color.color,
        best.of.map((c) => colors[c]!.color),
        background,
        merge,
      ))
    )
      color.overlapOf = best.of;
  }
}

/** Whether the flat pixels just outside the regions of `color` are mostly of `others`, hardly background. */
function* bordersOn(
  { width, rgb }: Crop,
  kinds: Uint8Array,
  color: Rgb,
  others: Rgb[],
  background: Rgb,
  merge: number,
): Steps<boolean> {
  let yes = 0;
  let no = 0;
  for (let i = 4 * width + 4; i < kinds.length - 4 * width - 4; i++) {
    if (every(i)) yield;
    if (kinds[i] !== MARKED || distance(colorAt(rgb, i), color) > merge) continue;
    for (const step of [-1, 1, -width, width]) {
      if (distance(colorAt(rgb, i + step), color) <= merge) continue;
      const p = colorAt(rgb, i + 3 * step);
      if (others.some((other) => distance(p, other) <= merge)) yes++;
      else if (distance(p, background) <= merge) no++;
    }
  }
  return yes >= 8 && yes > 3 * no;
}
