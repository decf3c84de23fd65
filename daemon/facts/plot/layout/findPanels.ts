import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { type StraightLine, thickest } from './findLines';
import { flatColors } from './flatColors';
import { isEdgeOfFill } from './isEdgeOfFill';
import { boxHeight, boxWidth, overlap } from './raster';

/** A rectangle that may be a plotting area, and the lines that speak for it. */
export interface PanelCandidate {
  /** Inside the spines. */
  area: PixelBox;
  /** Lines along its edges, where there are any. */
  spines: { left?: StraightLine; right?: StraightLine; top?: StraightLine; bottom?: StraightLine };
  /** Level and upright lines that cross it from edge to edge, spines included. */
  level: StraightLine[];
  upright: StraightLine[];
  /** What showed it. */
  by: 'lines' | 'fill' | 'grid' | 'text';
}

/** How far the ends of lines of one panel may differ: ticks of a grid line stick out, spines meet at their outer edges. */
function slack(image: FlatImage): number {
  return Math.max(5, Math.round(0.014 * Math.max(image.width, image.height)));
}

/** Rectangles from straight lines and filled areas, largest first; nearly equal ones once. */
export function findPanels(
  image: FlatImage,
  level: StraightLine[],
  upright: StraightLine[],
  filled: PixelBox[],
): PanelCandidate[] {
  const tolerance = slack(image);
  const candidates = [
    ...fromCrossing(level, upright, tolerance, image),
    ...filled.map((box) => fromFill(box, level, upright, image)),
    ...fromOneDirection(level, upright, tolerance, image),
  ];
  const bigEnough = candidates.filter(
    ({ area, by }) => by === 'fill' || (boxWidth(area) >= 0.03 * image.width && boxHeight(area) >= 0.03 * image.height),
  );
  return withoutTwins(bigEnough).sort((a, b) => sizeOf(b.area) - sizeOf(a.area));
}

const sizeOf = (box: PixelBox): number => boxWidth(box) * boxHeight(box);

function fromFill(box: PixelBox, level: StraightLine[], upright: StraightLine[], image: FlatImage): PanelCandidate {
  const near = thickest(image) + 2;
  const crossing = (lines: StraightLine[], lo: number, hi: number, from: number, to: number) =>
    lines.filter((l) => l.at > lo - near && l.at < hi + near && overlap(l.from, l.to, from, to) >= 0.6 * (to - from));
  const inLevel = crossing(level, box.top, box.bottom, box.left, box.right);
  const inUpright = crossing(upright, box.left, box.right, box.top, box.bottom);
  return shaped(box, inLevel, inUpright, image, 'fill');
}

/** Every set of level lines with common ends, paired with every set of upright lines that they cross. */
function fromCrossing(
  level: StraightLine[],
  upright: StraightLine[],
  tolerance: number,
  image: FlatImage,
): PanelCandidate[] {
  const found: PanelCandidate[] = [];
  for (const rows of bundles(level, tolerance)) {
    for (const columns of bundles(upright, tolerance)) {
      const inRows = rows.filter((l) => within(l.at, endsOf(columns), tolerance));
      const inColumns = columns.filter((l) => within(l.at, endsOf(rows), tolerance));
      if (inRows.length === 0 || inColumns.length === 0) continue;
      const [left, right] = upToLines(endsOf(inRows), inColumns, tolerance);
      const [top, bottom] = upToLines(endsOf(inColumns), inRows, tolerance);
      if (!holdsTogether(inRows, inColumns, { left, top, right, bottom }, tolerance)) continue;
      found.push(shaped({ left, top, right, bottom }, inRows, inColumns, image, 'lines'));
    }
  }
  return found;
}

/** Grid lines of one direction only, at least three with common ends (vega, ECharts, bar charts); edges of bars are none. */
function fromOneDirection(
  level: StraightLine[],
  upright: StraightLine[],
  tolerance: number,
  image: FlatImage,
): PanelCandidate[] {
  const lines = (all: StraightLine[], isUpright: boolean) => all.filter((l) => !isEdgeOfFill(image, l, isUpright));
  const rows = bundles(lines(level, false), tolerance).filter((set) => set.length >= 3);
  const columns = bundles(lines(upright, true), tolerance).filter((set) => set.length >= 3);
  return [
    ...rows.map((set) => {
      const [left, right] = endsOf(set);
      const [top, bottom] = [set[0]!, set.at(-1)!].map((l) => l.at);
      const at = set.map((l) => l.at);
      return shaped(
        { left, right, top: Math.min(top!, ...at), bottom: Math.max(bottom!, ...at) },
        set,
        [],
        image,
        'grid',
      );
    }),
    ...columns.map((set) => {
      const [top, bottom] = endsOf(set);
      const at = set.map((l) => l.at);
      return shaped({ left: Math.min(...at), right: Math.max(...at), top, bottom }, [], set, image, 'grid');
    }),
  ];
}

/** Lines of one direction by their ends. */
function bundles(lines: StraightLine[], tolerance: number): StraightLine[][] {
  const sets: StraightLine[][] = [];
  for (const line of [...lines].sort((a, b) => b.to - b.from - (a.to - a.from))) {
    const set = sets.find(
      (s) => Math.abs(s[0]!.from - line.from) <= tolerance && Math.abs(s[0]!.to - line.to) <= tolerance,
    );
    if (set) set.push(line);
    else sets.push([line]);
  }
  return sets;
}

/** The commonest ends of a set; of equally common ones the inner. */
function endsOf(lines: StraightLine[]): [number, number] {
  const commonest = (values: number[], inner: 1 | -1) =>
    [...new Set(values)]
      .map((v) => [v, values.filter((w) => Math.abs(w - v) <= 1).length] as const)
      .sort((a, b) => b[1] - a[1] || inner * (b[0] - a[0]))[0]![0];
  const from = commonest(
    lines.map((l) => l.from),
    1,
  );
  const to = commonest(
    lines.map((l) => l.to),
    -1,
  );
  return [from, to];
}

/** Ends moved out to the lines across that lie a little beyond them: marks on a spine may hide a line's end. */
function upToLines([from, to]: [number, number], across: StraightLine[], tolerance: number): [number, number] {
  const at = across.map((l) => l.at);
  const before = at.filter((a) => a < from && a >= from - tolerance);
  const behind = at.filter((a) => a > to && a <= to + tolerance);
  return [Math.min(from, ...before), Math.max(to, ...behind)];
}

const within = (at: number, [lo, hi]: [number, number], tolerance: number): boolean =>
  at >= lo - tolerance && at <= hi + tolerance;

/** A frame, an angle or a grid: an edge of it is a line, or at least two lines cross two others. */
function holdsTogether(rows: StraightLine[], columns: StraightLine[], box: PixelBox, tolerance: number): boolean {
  const levelEdge = rows.some((l) => Math.abs(l.at - box.top) <= tolerance || Math.abs(l.at - box.bottom) <= tolerance);
  const uprightEdge = columns.some(
    (l) => Math.abs(l.at - box.left) <= tolerance || Math.abs(l.at - box.right) <= tolerance,
  );
  return (levelEdge && uprightEdge) || (rows.length >= 2 && columns.length >= 2);
}

/** Finds the spines among the lines and draws the area in to their inner sides. */
export function shaped(
  rough: PixelBox,
  level: StraightLine[],
  upright: StraightLine[],
  image: FlatImage,
  by: PanelCandidate['by'],
): PanelCandidate {
  const near = thickest(image) + 1;
  const closest = (lines: StraightLine[], at: number) =>
    lines
      .filter((l) => Math.abs(l.at - at) <= near && (by !== 'fill' || touches(l, at)))
      .sort((a, b) => distanceTo(a, at) - distanceTo(b, at))[0];
  const spines = {
    left: closest(upright, rough.left),
    right: closest(upright, rough.right),
    top: closest(level, rough.top),
    bottom: closest(level, rough.bottom),
  };
  const area = {
    left: spines.left?.far ?? rough.left,
    right: spines.right?.near ?? rough.right,
    top: spines.top?.far ?? rough.top,
    bottom: spines.bottom?.near ?? rough.bottom,
  };
  const kept = Object.fromEntries(Object.entries(spines).filter(([, line]) => line)) as PanelCandidate['spines'];
  const order = (lines: StraightLine[]) => [...lines].sort((a, b) => a.at - b.at);
  return { area, spines: kept, level: order(level), upright: order(upright), by };
}

/** Whether a line lies along the edge of a filled area: the strip of ground between a grid line and the edge is none. */
const touches = (line: StraightLine, edge: number): boolean =>
  Math.min(Math.abs(line.near - edge), Math.abs(line.far - edge)) <= 2;

/** Small for a long line near the edge: a legend's frame is nearer to it at times, but short. */
const distanceTo = (line: StraightLine, at: number): number => Math.abs(line.at - at) - 0.02 * (line.to - line.from);

/** Keeps of nearly equal rectangles the one with most lines. */
function withoutTwins(candidates: PanelCandidate[]): PanelCandidate[] {
  const weight = (c: PanelCandidate) => c.level.length + c.upright.length + 2 * Object.keys(c.spines).length;
  const kept: PanelCandidate[] = [];
  for (const candidate of [...candidates].sort((a, b) => weight(b) - weight(a)))
    if (!kept.some((k) => Math.min(shareOf(candidate.area, k.area), shareOf(k.area, candidate.area)) > 0.9))
      kept.push(candidate);
  return kept;
}

/** Share of `inner` that `outer` covers. */
export function shareOf(inner: PixelBox, outer: PixelBox): number {
  const w = Math.max(0, overlap(inner.left, inner.right, outer.left, outer.right));
  const h = Math.max(0, overlap(inner.top, inner.bottom, outer.top, outer.bottom));
  return (w * h) / Math.max(1, sizeOf(inner));
}

/** The commonest colour inside, which marks and grid lines stand on. */
export function panelBackground(image: FlatImage, area: PixelBox): Rgb {
  return flatColors(image, area, 1)[0]?.color ?? [255, 255, 255];
}
