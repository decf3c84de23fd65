import type { LabelMap } from '../bars/rectangles';

/** Where a whisker ends, and the markers beyond it, in rows of the map. */
export interface WhiskerEnd {
  end: number;
  outliers: number[];
}

/** Shortest stroke that counts, in pixels. */
const SHORTEST = 3;
/** Rows at the edge of the area that the frame's blur may cover. */
const EDGE = 1;

/**
 * Follows the stroke in the middle of a box outwards (`way` -1 up, 1 down) from row `from`: gaps of dashes are crossed, a cap
 * ends it (its middle is the value), and what is thicker than the stroke but no cap is a marker beyond it. Null where no
 * stroke begins at the box.
 */
export function whiskerEnd(
  ink: LabelMap,
  middle: number,
  from: number,
  way: -1 | 1,
  boxWidth: number,
): WhiskerEnd | null {
  const { height } = ink;
  const start = firstInk(ink, middle, beyondOutline(ink, middle, from, way, boxWidth), way, 3);
  if (start === null) return null;
  const stroke = strokeOf(ink, middle, start, way);
  if (stroke > Math.max(6, 0.3 * boxWidth)) return null;
  const dashGap = Math.max(3, 5 * stroke);
  let last = start;
  let row = start;
  for (; row >= 0 && row < height; row += way) {
    const wide = widthAt(ink, middle, row);
    if (wide === 0) {
      if (Math.abs(row - last) > dashGap) break;
      continue;
    }
    if (wide >= 0.25 * boxWidth && wide > 2 * stroke + 1)
      return withOutliers(ink, middle, capMiddle(ink, middle, row, way, wide), row, way, boxWidth);
    if (Math.abs(row - last) > 1 && startsMarker(ink, middle, row, way, stroke)) break;
    if (wide > 2 * stroke + 2) break;
    last = row;
  }
  if (Math.abs(last - from) + 1 < SHORTEST) return null;
  const end = way < 0 ? last : last + 1;
  return withOutliers(ink, middle, end, last + way, way, boxWidth);
}

function withOutliers(
  ink: LabelMap,
  middle: number,
  end: number,
  from: number,
  way: -1 | 1,
  boxWidth: number,
): WhiskerEnd {
  return { end, outliers: markersBeyond(ink, middle, from, way, boxWidth) };
}

function firstInk(ink: LabelMap, middle: number, from: number, way: number, most: number): number | null {
  for (let k = 0; k <= most; k++) {
    const row = from + way * k;
    if (row >= 0 && row < ink.height && widthAt(ink, middle, row) > 0) return row;
  }
  return null;
}

/** The first row behind the outline of the box, which is as wide as the box. */
function beyondOutline(ink: LabelMap, middle: number, from: number, way: number, boxWidth: number): number {
  let row = from;
  for (let k = 0; k < 10 && row >= 0 && row < ink.height && widthAt(ink, middle, row) >= 0.6 * boxWidth; k++)
    row += way;
  return row;
}

/** Median width of the stroke over its first rows. */
function strokeOf(ink: LabelMap, middle: number, from: number, way: number): number {
  const widths: number[] = [];
  for (let k = 1; k < 14; k++) {
    const row = from + way * k;
    const wide = row >= 0 && row < ink.height ? widthAt(ink, middle, row) : 0;
    if (wide > 0) widths.push(wide);
  }
  widths.sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? widthAt(ink, middle, from);
}

/** Pixels of ink side by side at the middle (two pixels to either side of it are looked at). */
function widthAt({ width, labels }: LabelMap, middle: number, row: number): number {
  const at = [0, -1, 1, -2, 2].map((d) => middle + d).find((x) => x >= 0 && x < width && labels[row * width + x] !== 0);
  if (at === undefined) return 0;
  let left = at;
  while (left > 0 && labels[row * width + left - 1] !== 0) left--;
  let right = at;
  while (right + 1 < width && labels[row * width + right + 1] !== 0) right++;
  return right - left + 1;
}

function capMiddle(ink: LabelMap, middle: number, from: number, way: number, wide: number): number {
  let row = from;
  while (row >= 0 && row < ink.height && widthAt(ink, middle, row) >= 0.6 * wide) row += way;
  return (from + row) / 2 + (way < 0 ? 1 : 0);
}

function startsMarker(ink: LabelMap, middle: number, from: number, way: number, stroke: number): boolean {
  for (let k = 1; k < 8; k++) {
    const row = from + way * k;
    if (row >= 0 && row < ink.height && widthAt(ink, middle, row) > 1.8 * stroke + 1) return true;
  }
  return false;
}

/** Middles of the connected rows of ink beyond the whisker, as wide as high; longer ones hold several markers and are left out. */
function markersBeyond(
  { width, height, labels }: LabelMap,
  middle: number,
  from: number,
  way: -1 | 1,
  boxWidth: number,
): number[] {
  const reach = Math.max(3, Math.round(Math.min(boxWidth / 3, 14)));
  const inked = (row: number) => {
    for (let x = Math.max(0, middle - reach); x <= Math.min(width - 1, middle + reach); x++)
      if (labels[row * width + x] !== 0) return true;
    return false;
  };
  const out: number[] = [];
  let row = from;
  while (row >= 0 && row < height && inked(row)) row += way;
  while (row >= 0 && row < height) {
    if (!inked(row)) {
      row += way;
      continue;
    }
    const first = row;
    while (row >= 0 && row < height && inked(row)) row += way;
    const high = Math.abs(row - first);
    // what grows out of the frame is a tick
    const isTick = Math.min(first, row - way) <= EDGE || Math.max(first, row - way) >= height - 1 - EDGE;
    if (high >= 3 && high <= 2.4 * reach && !isTick) out.push(way < 0 ? (first + row + 2) / 2 : (first + row) / 2);
  }
  return out;
}
