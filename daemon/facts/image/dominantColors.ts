import type { FlatImage } from './flatten';
import { type Lab, rgbToLab, squaredDifference } from './lab';

/** Colours nearer than this (CIE 1976) are one. */
const MERGE_DISTANCE = 12;
/** Smallest share of the pixels that is reported. */
const SMALLEST_SHARE = 0.002;
const ROUNDS = 12;

/** Pixels of one cell of the RGB cube, 8 x 8 x 8 values wide. */
interface Bin {
  count: number;
  rgb: [number, number, number];
  lab: Lab;
}

/**
 * Up to `most` colours as ["#rrggbb", share of the pixels], largest first: k-means in CIE L*a*b* over a histogram of
 * 32^3 cells, started from the fullest cell and then from what lies furthest (weighted by its pixels), so that the
 * same picture always gives the same colours. A cluster is named by its fullest cell's mean, not by its own mean:
 * anti-aliased edges would tint that.
 */
export function dominantColors(image: FlatImage, most = 5): Array<[hex: string, share: number]> {
  const bins = histogram(image);
  if (bins.length === 0) return [];
  const centres = startingCentres(bins, most);
  let owner = assign(bins, centres);
  for (let round = 0; round < ROUNDS; round++) {
    const next = centres.map((centre, c) => meanOf(bins.filter((_, i) => owner[i] === c)) ?? centre);
    const moved = next.some((centre, c) => squaredDifference(centre, centres[c]!) > 1e-6);
    centres.splice(0, centres.length, ...next);
    owner = assign(bins, centres);
    if (!moved) break;
  }
  const pixels = image.rgb.length / 3;
  return centres
    .map((_, c) => bins.filter((_, i) => owner[i] === c))
    .filter((members) => members.length > 0)
    .map((members): [string, number] => [nameOf(members), totalOf(members) / pixels])
    .filter(([, share]) => share >= SMALLEST_SHARE)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([hex, share]) => [hex, Math.round(share * 1000) / 1000]);
}

function histogram({ rgb }: FlatImage): Bin[] {
  // per cell: pixels, then the sums of red, green and blue
  const cells = new Float64Array(4 << 15);
  for (let at = 0; at < rgb.length; at += 3) {
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    const cell = (((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3)) * 4;
    cells[cell]!++;
    cells[cell + 1]! += r;
    cells[cell + 2]! += g;
    cells[cell + 3]! += b;
  }
  const bins: Bin[] = [];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const count = cells[cell]!;
    if (count === 0) continue;
    const color: Bin['rgb'] = [cells[cell + 1]! / count, cells[cell + 2]! / count, cells[cell + 3]! / count];
    bins.push({ count, rgb: color, lab: rgbToLab(...color) });
  }
  return bins;
}

function startingCentres(bins: Bin[], most: number): Lab[] {
  const centres: Lab[] = [fullest(bins).lab];
  const nearest = bins.map((bin) => squaredDifference(bin.lab, centres[0]!));
  while (centres.length < most) {
    let best = -1;
    for (let i = 0; i < bins.length; i++) {
      if (nearest[i]! < MERGE_DISTANCE ** 2) continue;
      if (best < 0 || bins[i]!.count * nearest[i]! > bins[best]!.count * nearest[best]!) best = i;
    }
    if (best < 0) break;
    const centre = bins[best]!.lab;
    centres.push(centre);
    for (let i = 0; i < bins.length; i++) nearest[i] = Math.min(nearest[i]!, squaredDifference(bins[i]!.lab, centre));
  }
  return centres;
}

/** For each bin the index of its nearest centre. */
function assign(bins: Bin[], centres: Lab[]): number[] {
  return bins.map((bin) => {
    let best = 0;
    for (let c = 1; c < centres.length; c++)
      if (squaredDifference(bin.lab, centres[c]!) < squaredDifference(bin.lab, centres[best]!)) best = c;
    return best;
  });
}

const totalOf = (bins: Bin[]): number => bins.reduce((sum, bin) => sum + bin.count, 0);

const fullest = (bins: Bin[]): Bin => bins.reduce((best, bin) => (bin.count > best.count ? bin : best));

function meanOf(bins: Bin[]): Lab | undefined {
  const total = totalOf(bins);
  if (total === 0) return undefined;
  const axis = (k: 0 | 1 | 2) => bins.reduce((sum, bin) => sum + bin.lab[k] * bin.count, 0) / total;
  return [axis(0), axis(1), axis(2)];
}

function nameOf(bins: Bin[]): string {
  return `#${fullest(bins)
    .rgb.map((v) => Math.round(v).toString(16).padStart(2, '0'))
    .join('')}`;
}
