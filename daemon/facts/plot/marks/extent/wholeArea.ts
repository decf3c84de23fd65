import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, PlotAxis, PlotLayout, Rgb } from '../../../../media/plot';
import type { PixelBox } from '../../../../media/text';
import type { Steps } from '../../steps';
import { chroma } from '../colors/colorMath';
import { channelDistance } from '../solid/panelRaster';
import { type AreaSide, type SideName, sideOf } from './side';

/** Nearer than this to the figure's colour is nothing. */
const NOTHING = 12;
/** Of a side this share must be one stroke for it to be a frame or an axis. */
const FRAME = 0.85;
/** The area becomes no longer than by this share of its own length. */
const MOST = 0.6;
/** Rows kept free beyond the last one that is drawn on, so that its edge can be measured. */
const MARGIN = 4;
/** Grey ink is a mark from this width on, pixels: thinner is an axis, a tick or a grid line. */
const WIDE = 5;

/** So far a grid goes on beyond a line that is no frame, pixels: more than the line is thick. */
const CLEAR = 8;

const SIDES: readonly SideName[] = ['left', 'top', 'right', 'bottom'];

/**
 * The area in which a panel's marks stand, where no frame bounds it: the layout's area, made larger so that it holds all
 * labelled ticks, the grid lines in whole and the marks that run over its sides. Whole pixels of the picture.
 */
export function* wholeArea(image: ImageMedia, panel: PanelLayout, { background, lines }: PlotLayout): Steps<PixelBox> {
  let area = rounded(panel.area, image);
  if (area.right - area.left < 20 || area.bottom - area.top < 20) return area;
  for (const name of SIDES) {
    yield;
    const side = sideOf(image, area, name);
    const free = roomOf(
      side,
      area,
      lines.map(({ box }) => box),
      MOST,
    );
    const tinted = isTinted(side, background);
    const byGrid = tinted ? 0 : gridBeyond(side, gridAlong(panel, area, name), panel, background, free);
    // at the labels' sides what goes on beyond a line are its ticks
    if (isFramed(side, background) && (byGrid < CLEAR || name === 'left' || name === 'bottom')) continue;
    const byTicks = Math.min(side.room, ticksBeyond(side, name === 'left' || name === 'right' ? panel.x : panel.y));
    const byMarks = tinted ? 0 : yield* marksBeyond(side, background, free);
    area = moved(area, name, Math.max(byTicks, byMarks, byGrid));
  }
  return area;
}

function rounded({ left, top, right, bottom }: PixelBox, { width, height }: ImageMedia): PixelBox {
  return {
    left: Math.max(0, Math.round(left)),
    top: Math.max(0, Math.round(top)),
    right: Math.min(width, Math.round(right)),
    bottom: Math.min(height, Math.round(bottom)),
  };
}

function moved(area: PixelBox, name: SideName, by: number): PixelBox {
  const most = MOST * (name === 'left' || name === 'right' ? area.right - area.left : area.bottom - area.top);
  const far = Math.round(Math.min(by, most));
  return far <= 0 ? area : { ...area, [name]: area[name] + (name === 'left' || name === 'top' ? -far : far) };
}

/** Whether one of the rows next to the side, in or out, is drawn from end to end: an axis or a frame. */
function isFramed(side: AreaSide, figure: Rgb): boolean {
  for (let depth = -1; depth <= Math.min(3, side.room); depth++) {
    const counts = new Map<number, number>();
    for (let k = 0; k < side.length; k++) {
      const color = side.color(k, depth);
      if (channelDistance(color, figure) <= NOTHING) continue;
      const key = ((color[0] >> 4) << 8) | ((color[1] >> 4) << 4) | (color[2] >> 4);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (Math.max(0, ...counts.values()) >= FRAME * side.length) return true;
  }
  return false;
}

/** Whether the panel is of a colour of its own: then its edge is where that ends, and marks are cut there. */
function isTinted(side: AreaSide, figure: Rgb): boolean {
  let bare = 0;
  for (let k = 0; k < side.length; k++) if (channelDistance(side.color(k, 1), figure) <= NOTHING) bare++;
  let inside = 0;
  for (let k = 0; k < side.length; k++) if (channelDistance(side.color(k, -3), figure) <= NOTHING) inside++;
  return bare > 0.9 * side.length && inside < 0.1 * side.length;
}

/** Rows up to the first text, that stands over or beside the side. */
function roomOf(side: AreaSide, area: PixelBox, texts: PixelBox[], most: number): number {
  const upright = side.name === 'left' || side.name === 'right';
  const outward = side.name === 'left' || side.name === 'top' ? -1 : 1;
  const gaps = texts.map((box) => {
    const beside = upright
      ? box.bottom > area.top && box.top < area.bottom
      : box.right > area.left && box.left < area.right;
    const gap =
      outward < 0
        ? area[side.name] - box[upright ? 'right' : 'bottom']
        : box[upright ? 'left' : 'top'] - area[side.name];
    return beside && gap >= -2 ? Math.max(0, Math.floor(gap)) : Number.POSITIVE_INFINITY;
  });
  return Math.min(side.room, Math.round(most * (upright ? area.right - area.left : area.bottom - area.top)), ...gaps);
}

/** How far outside the side the farthest labelled tick lies. */
function ticksBeyond(side: AreaSide, { ticks, scale }: PlotAxis): number {
  const outward = side.name === 'left' || side.name === 'top' ? -1 : 1;
  const known = ticks.filter(({ value }) => value !== undefined && scale !== 'category');
  const far = Math.max(0, ...known.map(({ pixel }) => outward * (pixel - side.at(0))));
  return far > 1.5 ? Math.ceil(far) + 1 : 0;
}

/** How far marks run outside: ink that hangs together, row by row, with ink inside. */
function* marksBeyond(side: AreaSide, figure: Rgb, room: number): Steps<number> {
  let before = markRuns(side, figure, -2).filter((run) => isMark(run, figure));
  let last = 0;
  for (let depth = -1; depth <= room && before.length > 0; depth++) {
    yield;
    const here = markRuns(side, figure, depth);
    before = here.filter((run) => isMark(run, figure) && before.some((b) => touches(run, b)));
    if (before.length > 0) last = depth;
  }
  return last <= 0 ? 0 : Math.min(room, last + MARGIN);
}

interface InkRun {
  from: number;
  to: number;
  color: Rgb;
}

/** Stretches of ink along a row. */
function markRuns(side: AreaSide, figure: Rgb, depth: number): InkRun[] {
  const runs: InkRun[] = [];
  for (let k = 3; k < side.length - 3; k++) {
    if (channelDistance(side.color(k, depth), figure) <= 2 * NOTHING) continue;
    const from = k;
    while (k < side.length - 3 && channelDistance(side.color(k, depth), figure) > 2 * NOTHING) k++;
    runs.push({ from, to: k, color: side.color((from + k) >> 1, depth) });
  }
  return runs;
}

function isMark({ from, to, color }: InkRun, figure: Rgb): boolean {
  return chroma(color) > chroma(figure) + 40 || to - from >= WIDE;
}

function touches(run: InkRun, before: InkRun): boolean {
  return run.from <= before.to + 1 && before.from <= run.to + 1 && channelDistance(run.color, before.color) <= 40;
}

/** Places of the grid lines that cross a side, along it. */
function gridAlong({ grid }: PanelLayout, area: PixelBox, name: SideName): number[] {
  return name === 'left' || name === 'right'
    ? grid.y.map((y) => Math.floor(y) - area.top)
    : grid.x.map((x) => Math.floor(x) - area.left);
}

/** How far most of the grid's lines run on, where they end together. */
function gridBeyond(
  side: AreaSide,
  lines: number[],
  { grid, background }: PanelLayout,
  figure: Rgb,
  room: number,
): number {
  const inside = lines.filter((at) => at > 2 && at < side.length - 3);
  if (inside.length < 3) return 0;
  const color = grid.color ?? usualColor(inside.map((at) => side.color(at, -4)));
  if (channelDistance(color, figure) <= 6) return 0;
  const drawn = (at: number, depth: number) =>
    [-1, 0, 1].some((d) => {
      const p = side.color(at + d, depth);
      return channelDistance(p, color) <= 24 && channelDistance(p, background) > 6;
    });
  const ends = inside.flatMap((at) => {
    let depth = 0;
    while (depth + 1 <= room && drawn(at, depth + 1)) depth++;
    // where a mark hides it, it is not known where it ends
    const hidden = depth < room && channelDistance(side.color(at, depth + 1), figure) > 2 * NOTHING;
    return hidden ? [] : [depth];
  });
  if (ends.length < 2) return 0;
  const usual = [...ends].sort((a, b) => a - b)[ends.length >> 1]!;
  const together = ends.filter((end) => Math.abs(end - usual) <= 1).length;
  return usual > 2 && together >= 0.6 * ends.length ? usual : 0;
}

/** The middle one by brightness: a mark may lie over some of them. */
function usualColor(colors: Rgb[]): Rgb {
  const sum = (color: Rgb) => color[0] + color[1] + color[2];
  return [...colors].sort((a, b) => sum(a) - sum(b))[colors.length >> 1]!;
}
