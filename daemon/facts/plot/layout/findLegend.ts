import { median } from '../../../common/median';
import type { LegendEntry, Rgb } from '../../../media/plot';
import type { PixelBox, TextLine } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { type Component, findComponents } from './components';
import { flatColors } from './flatColors';
import type { FoundEntry } from './foundEntry';
import { dashOf, markOf, sampleColor } from './legendSample';
import { type BothSides, ownSide } from './ownSide';
import {
  boxHeight,
  boxWidth,
  centerX,
  centerY,
  clipBox,
  colorAt,
  difference,
  holdsCenter,
  overlap,
  unionOf,
} from './raster';

/** A whole legend. */
export interface FoundLegend {
  entries: FoundEntry[];
  box: PixelBox;
  title: TextLine | null;
}

/**
 * Legends among the lines of text: each entry has a sample beside it, and entries stand in a column or a row. Below
 * `lowest` (the lowest edge of a panel) the text above a legend is an axis label and no title of it.
 */
export function* findLegends(
  image: FlatImage,
  lines: readonly TextLine[],
  textHeight: number,
  lowest: number,
): Steps<FoundLegend[]> {
  const sides: BothSides[] = [];
  for (const line of lines) {
    if (line.rotation !== 0 || line.text.trim() === '') continue;
    yield;
    const left = entryOf(image, line, lines, textHeight, 'left');
    const right = entryOf(image, line, lines, textHeight, 'right');
    if (left || right) sides.push({ left, right });
  }
  const clear = withoutSamples(ownSide(sides, textHeight));
  const more = yield* inColumnOf(image, clear, lines, textHeight);
  return legendsOf(withoutSamples(inOrder([...clear, ...more], lines)), textHeight).map((entries) => {
    const all = unionOf(entries.flatMap((e) => [e.entry.sample, e.textBox]));
    const title = all.top > lowest ? null : titleOf(lines, entries, all, textHeight);
    const box = title ? unionOf([all, title.box]) : all;
    const pad = Math.round(0.4 * textHeight);
    return {
      entries,
      title,
      box: { left: box.left - pad, top: box.top - pad, right: box.right + pad, bottom: box.bottom + pad },
    };
  });
}

/** Lines below, above or beside an entry that have something of its sample's size in its sample's column or row. */
function* inColumnOf(
  image: FlatImage,
  entries: readonly FoundEntry[],
  lines: readonly TextLine[],
  h: number,
): Steps<FoundEntry[]> {
  const more: FoundEntry[] = [];
  for (const line of lines) {
    if (line.rotation !== 0 || line.text.trim() === '' || entries.some((e) => e.line === line)) continue;
    yield;
    const like = entries.find((e) => isNextTo(e, line, h));
    if (!like) continue;
    const side = centerX(like.entry.sample) < centerX(like.textBox) ? 'left' : 'right';
    const entry = entryOf(image, line, lines, h, side, like.entry.sample);
    if (entry && (alignedWith(entry, like, h) || followsLike(entry, like, h))) more.push(entry);
  }
  return more;
}

/** Whether a line stands a few rows below or above an entry, or beside it where its sample is too wide for a letter. */
function isNextTo({ line, entry, textBox }: FoundEntry, { box }: TextLine, h: number): boolean {
  const whole = unionOf([entry.sample, line.box, textBox]);
  const rows = Math.abs(centerY(box) - centerY(textBox)) / h;
  if (rows <= 0.4) return boxWidth(entry.sample) >= 1.3 * h && gapOf(whole, box) <= 6 * h;
  return rows >= 0.8 && rows <= 4 && box.left >= whole.left - h && box.left <= textBox.left + h;
}

/** Whether text begins (or, where the samples stand at its right, ends) where the other entry's does. */
function alignedWith(a: FoundEntry, b: FoundEntry, h: number): boolean {
  return Math.abs(a.textBox.left - b.textBox.left) <= 0.5 * h || Math.abs(a.textBox.right - b.textBox.right) <= 0.5 * h;
}

/** Whether an entry is in another one's row, its text as far from its sample. */
function followsLike(a: FoundEntry, b: FoundEntry, h: number): boolean {
  const level = Math.abs(centerY(a.entry.sample) - centerY(b.entry.sample)) <= 0.2 * h;
  return level && Math.abs(gapOf(a.entry.sample, a.textBox) - gapOf(b.entry.sample, b.textBox)) <= 0.3 * h;
}

/** Pixels between two boxes beside each other; below 0 where they overlap. */
const gapOf = (a: PixelBox, b: PixelBox): number => Math.max(b.left - a.right, a.left - b.right);

/** Entries in the order of their lines. */
const inOrder = (entries: FoundEntry[], lines: readonly TextLine[]): FoundEntry[] =>
  entries.sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line));

/** Rings and signs are markers that were taken for text. */
const isMarker = (text: string): boolean => /^\W+$/.test(text) || /^[oO0Q8°]{1,2}$/.test(text);

/** A marker may be read as a letter: an entry whose text is another one's sample is none. */
function withoutSamples(entries: FoundEntry[]): FoundEntry[] {
  return entries.filter(
    (e) => !entries.some((o) => o !== e && e.line.text.length <= 2 && holdsCenter(o.entry.sample, e.textBox, 2)),
  );
}

/**
 * The sample left (or, as gnuplot draws it, right) of a line of text. Where another entry of the column is known, what
 * stands right below or above its sample (`like`) and is of its size is one, whatever it looks like.
 */
function entryOf(
  image: FlatImage,
  line: TextLine,
  others: readonly TextLine[],
  h: number,
  side: 'left' | 'right',
  like?: PixelBox,
): FoundEntry | null {
  const { box } = line;
  const reach = 5.5 * h;
  const pad = Math.round(0.15 * h);
  const window = clipBox(
    {
      left: side === 'left' ? box.left - reach : box.left,
      right: side === 'right' ? box.right + reach : box.right,
      top: box.top - pad,
      bottom: box.bottom + pad,
    },
    image,
  );
  const ground = flatColors(image, clipBox({ ...box, left: box.left - pad, right: box.right + pad }, image), 1)[0];
  if (!ground) return null;
  const mirrored = side === 'right';
  let split: ReturnType<typeof splitSample> = null;
  // a stronger threshold loses a grid line that shows through the legend and touches the sample
  for (const ink of [20, 64]) {
    const all = findComponents(image, window, ground.color, ink);
    const parts = all.filter((c) => !touchesRim(c, window, side));
    split ??= splitSample(image, parts, box, h, ground.color, mirrored, like);
    const keys = all.filter((c) => isKey(c, window, h, side) && !runsOn(image, c, window, h));
    if (keys.length === 1) split ??= splitSample(image, [...parts, ...keys], box, h, ground.color, mirrored, like);
  }
  if (!split) return null;
  const { sample, text } = split;
  if (Math.abs(centerY(sample) - centerY(text)) > 0.45 * h) return null;
  if (others.some((o) => o !== line && o.text.length >= 2 && holdsCenter(o.box, sample) && !isMarker(o.text)))
    return null;
  const entry: LegendEntry = {
    name: line.text,
    color: sampleColor(image, sample, ground.color),
    mark: markOf(image, sample, ground.color, h),
    sample,
  };
  const dash = entry.mark === 'line' ? dashOf(image, sample, ground.color) : undefined;
  const trimmed = mirrored ? sample.left < box.right - 0.3 * h : sample.right > box.left + 0.3 * h;
  return { entry: dash ? { ...entry, dash } : entry, line, textBox: text, trimmed };
}

/** A tile on which ggplot2 draws a sample: those of a column touch, so that the window cuts it. */
function isKey({ box, size }: Component, window: PixelBox, h: number, side: 'left' | 'right'): boolean {
  const far = side === 'left' ? box.left <= window.left : box.right >= window.right;
  const [w, tall] = [boxWidth(box), boxHeight(box)];
  return !far && w >= 0.6 * h && w <= 3.5 * h && size >= 0.85 * w * tall && tall >= 0.9 * boxHeight(window);
}

/** Whether what the window cuts is the part of a bar beside its value: its colour goes on farther than a tile's. */
function runsOn(image: FlatImage, { box }: Component, window: PixelBox, h: number): boolean {
  const x = Math.round(centerX(box));
  const own = colorAt(image, x, Math.round(centerY(box)));
  const same = (y: number) => y >= 0 && y < image.height && difference(colorAt(image, x, y), own) <= 12;
  let [top, bottom] = [window.top, window.bottom - 1];
  while (same(top - 1) && bottom - top < 3.5 * h) top--;
  while (same(bottom + 1) && bottom - top < 3.5 * h) bottom++;
  return bottom - top >= 3.5 * h;
}

/** Cut by the window: a frame, a grid line, a curve; on the text's side it may be cut. */
function touchesRim({ box }: Component, window: PixelBox, side: 'left' | 'right'): boolean {
  const far = side === 'left' ? box.left <= window.left : box.right >= window.right;
  return far || box.top <= window.top || box.bottom >= window.bottom;
}

function splitSample(
  image: FlatImage,
  parts: Component[],
  text: PixelBox,
  h: number,
  ground: Rgb,
  mirrored: boolean,
  like?: PixelBox,
): { sample: PixelBox; text: PixelBox } | null {
  const flip = (b: PixelBox): PixelBox => (mirrored ? { ...b, left: -b.right, right: -b.left } : b);
  const ordered = parts.map((p) => ({ ...p, flipped: flip(p.box) })).sort((a, b) => a.flipped.left - b.flipped.left);
  const line = flip(text);
  const middle = line.left + 0.55 * (line.right - line.left);
  const letters = ordered.filter((p) => p.flipped.right >= middle && p.flipped.right <= line.right + 0.3 * h);
  if (letters.length === 0) return null;
  const ink = inkColor(
    image,
    letters.map((l) => l.box),
    ground,
  );
  const isSamplePart = (p: (typeof ordered)[number]): boolean => {
    const [w, tall] = [boxWidth(p.box), boxHeight(p.box)];
    const color = inkColor(image, [p.box], ground);
    const flat = w >= 0.75 * h && tall <= 0.4 * h && p.size >= 0.75 * w * tall;
    const patch = w >= 0.5 * h && tall >= 0.45 * h && p.size >= 0.93 * w * tall;
    return offBlend(color, ground, ink) > 34 || flat || patch || (like !== undefined && inPlaceOf(p.box, like, h));
  };
  // walk from the text outward to the last part that looks like a sample
  const before = ordered.filter((p) => p.flipped.right < middle);
  let cut = -1;
  before.forEach((p, i) => {
    const next = before[i + 1] ?? letters[0]!;
    if (isSamplePart(p) && next.flipped.left - p.flipped.right >= 0.2 * h) cut = i;
  });
  if (cut < 0) return null;
  const textParts = [...before.slice(cut + 1), ...letters];
  const own = [before[cut]!];
  for (let i = cut - 1; i >= 0; i--) {
    const gap = own[0]!.flipped.left - before[i]!.flipped.right;
    const alike = difference(inkColor(image, [before[i]!.box], ground), inkColor(image, [own[0]!.box], ground)) <= 40;
    const level = Math.abs(centerY(before[i]!.box) - centerY(own[0]!.box)) <= 0.35 * h;
    if (gap > 1.1 * h || !level || (gap > 1 && !alike)) break;
    own.unshift(before[i]!);
  }
  const sample = unionOf(own.map((p) => p.box));
  const textBox = unionOf(textParts.map((p) => p.box));
  const gap = flip(textBox).left - flip(sample).right;
  const [w, tall] = [boxWidth(sample), boxHeight(sample)];
  if (gap < 0.15 * h || gap > 2.8 * h || w > 5 * h || tall > 2.2 * h || w < 0.2 * h || own.length > 9) return null;
  return { sample, text: textBox };
}

/** Whether a box is in the column or row of a sample and about as large. */
function inPlaceOf(box: PixelBox, like: PixelBox, h: number): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(2, 0.25 * Math.max(a, b));
  return (
    (Math.abs(centerX(box) - centerX(like)) <= 0.2 * h ||
      (boxWidth(like) >= 1.3 * h && Math.abs(centerY(box) - centerY(like)) <= 0.2 * h)) &&
    near(boxWidth(box), boxWidth(like)) &&
    near(boxHeight(box), boxHeight(like))
  );
}

/** How far a colour lies from all blends of ground and ink, as the edges of anti-aliased letters have them. */
function offBlend(color: Rgb, ground: Rgb, ink: Rgb): number {
  const axis = ink.map((v, c) => v - ground[c]!);
  const length = axis.reduce((sum, v) => sum + v * v, 0);
  if (length === 0) return difference(color, ground);
  const share = axis.reduce((sum, v, c) => sum + v * (color[c]! - ground[c]!), 0) / length;
  const t = Math.min(1.15, Math.max(0, share));
  return difference(color, [0, 1, 2].map((c) => ground[c]! + t * axis[c]!) as Rgb);
}

/** The colour in boxes that differs most from the ground. */
function inkColor(image: FlatImage, boxes: PixelBox[], ground: Rgb): Rgb {
  let [best, most] = [ground, -1];
  for (const box of boxes)
    for (let y = box.top; y < box.bottom; y++)
      for (let x = box.left; x < box.right; x++) {
        const color = colorAt(image, x, y);
        const d = difference(color, ground);
        if (d > most) [best, most] = [color, d];
      }
  return best;
}

/** Sets of entries whose samples stand below each other or in one row; a lone one must have a clear sample. */
function legendsOf(entries: FoundEntry[], h: number): FoundEntry[][] {
  const sets: FoundEntry[][] = [];
  for (const e of entries) {
    const set = sets.find((s) => s.some((o) => belongs(o, e, h)));
    if (set) set.push(e);
    else sets.push([e]);
  }
  return sets;
}

function belongs(a: FoundEntry, b: FoundEntry, h: number): boolean {
  const [p, q] = [a.entry.sample, b.entry.sample];
  const column = Math.abs(centerX(p) - centerX(q)) <= 0.6 * h && Math.abs(centerY(p) - centerY(q)) <= 4 * h;
  const row =
    Math.abs(centerY(p) - centerY(q)) <= 0.4 * h &&
    overlap(Math.min(p.left, a.textBox.left), Math.max(p.right, a.textBox.right), q.left, b.textBox.right) > -6 * h;
  return column || row;
}

/** A line right above the entries that has no sample: the legend's title. */
function titleOf(lines: readonly TextLine[], entries: FoundEntry[], all: PixelBox, h: number): TextLine | null {
  const first = Math.min(...entries.map((e) => e.textBox.top));
  const pitch =
    entries.length > 1
      ? median(entries.slice(1).map((e, i) => Math.abs(centerY(e.textBox) - centerY(entries[i]!.textBox))))
      : 1.5 * h;
  const found = lines.find(
    (l) =>
      l.rotation === 0 &&
      !entries.some((e) => e.line === l) &&
      l.box.bottom <= first + 0.4 * h &&
      first - l.box.bottom <= Math.max(1.2 * h, pitch) &&
      boxWidth(l.box) <= 1.4 * boxWidth(all) &&
      l.box.left >= all.left - 2 * h &&
      (Math.abs(l.box.left - all.left) <= 0.7 * h || Math.abs(centerX(l.box) - centerX(all)) <= 0.8 * h),
  );
  if (!found) return null;
  // above a row of entries that is smaller stands the plot's title
  const [lowest, highest] = [Math.max, Math.min].map((of) => of(...entries.map((e) => centerY(e.textBox))));
  const isRow = entries.length > 1 && lowest! - highest! <= 0.5 * h;
  return isRow && boxHeight(found.box) > 1.3 * median(entries.map((e) => boxHeight(e.line.box))) ? null : found;
}
