import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout } from '../../../../media/plot';
import type { PixelBox, Point2 } from '../../../../media/text';
import { every, type Steps } from '../../steps';
import { components } from '../solid/components';
import { BACKGROUND, UNLABELLED } from '../solid/labels';
import { panelRaster } from '../solid/panelRaster';
import { type SolidPixels, solidColors } from '../solid/solidColors';
import { type Circle, fitCircle } from './circle';

/** One slice: its colour and the angles between which it lies. */
export interface Slice {
  /** Index into `solid.colors`, plus one. */
  label: number;
  /** Degrees clockwise from twelve o'clock; `to` > `from`, at most 360 more. */
  from: number;
  to: number;
}

export interface FoundPie {
  solid: SolidPixels;
  /** In pixels of the raster. */
  circle: Circle;
  /** Radius of the hole, 0 without one. */
  hole: number;
  slices: Slice[];
  /** Share of the outline that lies on the circle, 0..1. */
  round: number;
}

/** Share of the outline that must lie on one circle. */
const ROUND = 0.55;

/** A pie or a donut in or round the panel's area; null where there is none with two slices or more. */
export function* findPie(image: ImageMedia, panel: PanelLayout): Steps<FoundPie | null> {
  const raster = yield* panelRaster(image, widened(panel.area, 0.12), panel.background);
  const solid = yield* solidColors(raster, panel);
  const outline = yield* outlineOf(solid);
  const side = Math.min(raster.width, raster.height);
  const fit = yield* fitCircle(outline, side * 0.12, side * 0.75);
  if (!fit || fit.share < ROUND) return null;
  const hole = holeOf(solid, fit.circle);
  yield;
  const slices = slicesOf(solid, fit.circle, hole);
  const covered = slices.reduce((sum, slice) => sum + slice.to - slice.from, 0);
  if (slices.length < 2 || covered < 300) return null;
  return { solid, circle: fit.circle, hole, slices, round: fit.share };
}

function widened(box: PixelBox, share: number): PixelBox {
  const dx = (box.right - box.left) * share;
  const dy = (box.bottom - box.top) * share;
  return { left: box.left - dx, right: box.right + dx, top: box.top - dy, bottom: box.bottom + dy };
}

/** Outermost pixels, row by row and column by column, of the large solid parts. */
function* outlineOf({ raster, labels }: SolidPixels): Steps<Point2[]> {
  const { width, height } = raster;
  const { parts, of } = yield* components(labels, width);
  const largest = parts.reduce((most, part) => Math.max(most, part.count), 0);
  const large = new Uint8Array(parts.length + 1);
  parts.forEach((part, i) => {
    if (part.count >= 0.02 * largest && part.count >= 40) large[i + 1] = 1;
  });
  const rows = Array.from({ length: height }, () => [width, -1]);
  const columns = Array.from({ length: width }, () => [height, -1]);
  for (let p = 0; p < of.length; p++) {
    if (every(p)) yield;
    if (!large[of[p]]) continue;
    const x = p % width;
    const y = (p - x) / width;
    if (x < rows[y][0]) rows[y][0] = x;
    if (x > rows[y][1]) rows[y][1] = x;
    if (y < columns[x][0]) columns[x][0] = y;
    if (y > columns[x][1]) columns[x][1] = y;
  }
  const points: Point2[] = [];
  rows.forEach(([first, last], y) => {
    if (last >= 0) points.push([first, y + 0.5], [last + 1, y + 0.5]);
  });
  columns.forEach(([first, last], x) => {
    if (last >= 0) points.push([x + 0.5, first], [x + 0.5, last + 1]);
  });
  return points;
}

function labelAt({ raster, labels }: SolidPixels, circle: Circle, angle: number, radius: number): number {
  const x = Math.floor(circle.x + radius * Math.sin((angle * Math.PI) / 180));
  const y = Math.floor(circle.y - radius * Math.cos((angle * Math.PI) / 180));
  return x < 0 || y < 0 || x >= raster.width || y >= raster.height ? BACKGROUND : labels[y * raster.width + x];
}

/** Largest radius below which nearly everything is background (or text in the hole). */
function holeOf(solid: SolidPixels, circle: Circle): number {
  for (let radius = circle.radius * 0.97; radius > circle.radius * 0.1; radius -= 1) {
    let filled = 0;
    for (let angle = 0; angle < 360; angle += 3) {
      const label = labelAt(solid, circle, angle, radius);
      if (label !== BACKGROUND && label !== UNLABELLED) filled++;
    }
    if (filled < 30) return radius;
  }
  return 0;
}

const STEP = 0.1;

/** Runs of one colour round the pie, each angle by the vote of the radii; parted where background or a border lies between. */
function slicesOf(solid: SolidPixels, circle: Circle, hole: number): Slice[] {
  const inner = Math.max(hole + 0.12 * (circle.radius - hole), 0.3 * circle.radius);
  const outer = circle.radius - Math.max(2, 0.06 * (circle.radius - hole));
  const radii = Array.from({ length: 25 }, (_, i) => inner + ((outer - inner) * i) / 24);
  const votes: number[] = [];
  for (let k = 0; k < 360 / STEP; k++) votes.push(vote(radii.map((r) => labelAt(solid, circle, k * STEP, r))));
  return runsRound(votes);
}

/** The label of most radii; 0 where fewer than a quarter have a solid colour. */
function vote(labels: number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) {
    if (label !== BACKGROUND && label !== UNLABELLED) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  let best = 0;
  let most = labels.length * 0.25;
  for (const [label, count] of counts) if (count > most) [best, most] = [label, count];
  return best;
}

function runsRound(votes: number[]): Slice[] {
  const n = votes.length;
  const start = votes.findIndex((label, i) => label !== votes[(i + n - 1) % n]);
  if (start < 0) return votes[0] ? [{ label: votes[0], from: 0, to: 360 }] : [];
  const runs: Array<{ label: number; from: number; to: number }> = [];
  for (let i = 0; i < n; ) {
    const label = votes[(start + i) % n];
    let end = i + 1;
    while (end < n && votes[(start + end) % n] === label) end++;
    if (label !== 0 && (end - i) * STEP >= 0.4) runs.push({ label, from: start + i, to: start + end });
    i = end;
  }
  return joinGaps(runs, n);
}

/** Shares what lies between two runs (a border, the blur of an edge) evenly among them; a wide gap stays empty. */
function joinGaps(runs: Array<{ label: number; from: number; to: number }>, n: number): Slice[] {
  const widest = 8 / STEP;
  const out = runs.map((run) => ({ ...run }));
  runs.forEach((run, i) => {
    const next = runs[(i + 1) % runs.length];
    const from = next.from + (i + 1 === runs.length ? n : 0);
    const gap = from - run.to;
    if (gap <= 0 || gap > widest) return;
    out[i].to += gap / 2;
    out[(i + 1) % runs.length].from -= gap / 2;
  });
  return out.map(({ label, from, to }) => ({ label, from: from * STEP, to: to * STEP }));
}
