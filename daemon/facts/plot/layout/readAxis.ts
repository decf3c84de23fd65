import { median } from '../../../common/median';
import type { ImageMedia } from '../../../media/media';
import type { PlotAxis, Rgb } from '../../../media/plot';
import type { Cancellation, PixelBox, TextLine, TextReader } from '../../../media/text';
import { type PanelCandidate, panelBackground } from './findPanels';
import { findTicks, type TickMark } from './findTicks';
import { fitScale } from './fitScale';
import { type InkTest, mendedByInk } from './mendedByInk';
import { arePieces } from './overprintedDates';
import { parseDate } from './parseDate';
import { parseNumber } from './parseNumber';
import { placeLabels } from './placeLabels';
import { boxHeight, boxWidth, centerX, centerY } from './raster';
import { type ReadLabel, type ReadScale, readScale } from './readScale';
import { addSecondRow } from './secondRow';
import { type LabelBox, type LabelMode, type LabelSearch, type Side, sideLabels } from './sideLabels';
import { singleLetters } from './singleLetters';

/** Labels of one side of a panel, before they are read. */
export interface SideFinding {
  side: Side;
  labels: LabelBox[];
  /** The same with only letters joined that nearly touch: right where the labels are numbers. */
  close: LabelBox[];
  /** The same read as lying on their backs, or standing where those lie: small digits touch, and their shape misleads. */
  turned: LabelBox[];
  /** The same cut between ticks: right where labels run into each other. */
  split: LabelBox[];
  ticks: TickMark[];
  /** First row or column beyond the spine. */
  edge: number;
}

/** What reading needs. */
export interface Reading {
  image: ImageMedia;
  text: TextReader;
  /** Whether a pixel differs clearly from the picture's background. */
  isInk: InkTest;
  signal?: Cancellation;
}

/** Labels and tick marks along a side. */
export function findSide(search: LabelSearch, panel: PanelCandidate, side: Side): SideFinding {
  const { edge, ticks } = outerTicks(search, panel, side);
  const longest = Math.max(...ticks.map((t) => t.length));
  const major = ticks.filter((t) => t.length >= longest - 1);
  const marks = (major.length >= 2 ? major : ticks).map((t) => t.pixel);
  if (ticks.length < 2) {
    const inner = innerTicks(search, panel, side, panelBackground(search.image, panel.area)).map((t) => t.pixel);
    marks.splice(0, marks.length, ...(inner.length >= 3 ? inner : panel.upright.map((l) => l.at)));
  }
  const cut = commonLength(ticks, search.textHeight);
  const labelled = (mode: LabelMode) => sideLabels(search, panel.area, side, edge, marks, { mode, cut });
  const usual = labelled('usual');
  const upright = side === 'left' || side === 'right';
  const close = labelled('close');
  const split = upright ? usual : labelled('split');
  const labels = usual.length < 2 && split.length >= 2 ? split : usual;
  return { side, labels, close, turned: labelled(usual[0]?.rotation ? 'level' : 'turned'), split, ticks, edge };
}

/** Most pixels between an area's edge and its tick marks, where the spine has the background's colour. */
const PALE_SPINE = 4;

/**
 * Tick marks beyond the spine, and the first row or column beyond it. Where none begin at a tinted area, they may begin
 * behind a spine in the background's colour: then three of one length are needed.
 */
function outerTicks(search: LabelSearch, panel: PanelCandidate, side: Side): { edge: number; ticks: TickMark[] } {
  const edge = outerEdge(panel, side);
  const options = { longest: 1.3 * search.textHeight, thickest: Math.max(4, 0.4 * search.textHeight) };
  const at = (place: number, thickest = options.thickest) =>
    findTicks(search.image, panel.area, side, place, search.background, { ...options, thickest });
  const ticks = at(edge);
  const grid = side === 'left' || side === 'right' ? panel.level : panel.upright;
  if (ticks.length >= 2 || (panel.by !== 'fill' && grid.length < 3)) return { edge, ticks };
  const outward = side === 'bottom' || side === 'right' ? 1 : -1;
  for (let off = 1; off <= PALE_SPINE; off++) {
    // thin, or the sides of digits that stand near would do
    const further = at(edge + outward * off, Math.max(2, 0.2 * search.textHeight));
    const length = median(further.map((t) => t.length));
    if (
      further.length >= 3 &&
      length >= Math.max(3, 0.2 * search.textHeight) &&
      further.every((t) => Math.abs(t.length - length) <= 1) &&
      isOnGrid(further, panel, side, search.textHeight)
    )
      return { edge: edge + outward * off, ticks: further };
  }
  return { edge, ticks };
}

/**
 * Whether marks are as far apart as marks are, and end on the grid's lines, if there are any, or at the area's own ends: the
 * strokes of a zero lie beside its middle.
 */
function isOnGrid(
  marks: readonly TickMark[],
  { area, level, upright }: PanelCandidate,
  side: Side,
  textHeight: number,
): boolean {
  const [grid, ends] =
    side === 'left' || side === 'right' ? [level, [area.top, area.bottom]] : [upright, [area.left, area.right]];
  const places = [...ends, ...grid.map((line) => line.at)];
  const apart = marks.every((t, i) => i === 0 || t.pixel - marks[i - 1]!.pixel >= 0.8 * textHeight);
  return apart && (grid.length < 2 || marks.every((t) => places.some((at) => Math.abs(at - t.pixel) <= 2)));
}

/** Pixels by which tick marks stick out, where at least two of them are alike and longer than the side of a digit is thick; else 0. */
function commonLength(ticks: readonly TickMark[], textHeight: number): number {
  const usual = median(ticks.map((t) => t.length));
  if (!(usual >= Math.max(3, 0.25 * textHeight))) return 0;
  return ticks.filter((t) => Math.abs(t.length - usual) <= 1).length >= 2 ? Math.ceil(usual) : 0;
}

/** Tick marks that go into the area, for panels without outer ones. */
export function innerTicks(search: LabelSearch, panel: PanelCandidate, side: Side, background: Rgb): TickMark[] {
  const { area } = panel;
  const edge = side === 'left' ? area.left : side === 'right' ? area.right : side === 'top' ? area.top : area.bottom;
  const options = { longest: 1.2 * search.textHeight, thickest: 4, inside: true };
  return findTicks(search.image, area, side, edge, background, options);
}

export function outerEdge({ area, spines }: PanelCandidate, side: Side): number {
  if (side === 'left') return spines.left?.near ?? area.left;
  if (side === 'right') return spines.right?.far ?? area.right;
  if (side === 'top') return spines.top?.near ?? area.top;
  return spines.bottom?.far ?? area.bottom;
}

/** Reads the labels of a side and turns them into a scale. `grid` are the pixels of lines across the axis. */
export async function readAxis(
  finding: SideFinding,
  grid: readonly number[],
  area: PixelBox,
  textHeight: number,
  reading: Reading,
  lines: readonly TextLine[],
  factor = 1,
): Promise<ReadScale & { by: 'ticks' | 'grid' | 'labels'; more: PixelBox[] }> {
  const { side, ticks } = finding;
  const { labels, texts } = await readEither(finding, reading);
  const upright = side === 'left' || side === 'right';
  const { places, by } = placeLabels(labels, side, ticks, grid, textHeight);
  const more = side === 'bottom' ? addSecondRow(labels, texts, lines, textHeight) : [];
  const read = labels.map((_, i): ReadLabel => ({ ...texts[i]!, ...places[i]! }));
  const length = upright ? boxHeight(area) : area.right - area.left;
  return { ...readScale(read, length, upright ? 'y' : 'x', factor), by, more };
}

interface LabelTexts {
  labels: LabelBox[];
  texts: Array<{ text: string; score: number }>;
}

/**
 * Reads the labels; where they are no numbers or dates, but those joined or cut otherwise are, those are meant.
 * Turned ones must be read with certainty: a digit on its back may look like another sign.
 */
async function readEither({ side, labels, close, turned, split }: SideFinding, reading: Reading): Promise<LabelTexts> {
  const texts = await readLabels(labels, reading);
  const first = { labels, texts };
  if (shareOfValues(first) >= 0.7 && agrees(first, side)) return first;
  for (const others of [close, split, turned]) {
    if (others.length < 2 || isSame(others, labels)) continue;
    if (others === close && side !== 'left' && side !== 'right' && others.length <= labels.length) continue;
    const again = { labels: others, texts: await readLabels(others, reading) };
    if (others === split && arePieces(again.texts.map((t) => t.text))) return again;
    if (others === turned && isWhole(again, first)) return again;
    if (shareOfValues(again) < 0.7 || !agrees(again, side) || areNamed(first, again)) continue;
    if (others !== turned || meanScore(again) > 0.7) return again;
  }
  return first;
}

/** Whether the numbers are the ends of names that were read whole: "Team 4" is not 4. */
function areNamed(whole: LabelTexts, ends: LabelTexts): boolean {
  if (whole.texts.length !== ends.texts.length) return false;
  const named = whole.texts.filter(
    ({ text }, i) => /^\p{L}{2,}/u.test(text) && text.endsWith(ends.texts[i]!.text) && ends.texts[i]!.text !== '',
  );
  return named.length >= 0.8 * whole.texts.length && meanScore(whole) > 0.85;
}

/** Whether names are read on their backs of which, standing, only a letter each was seen. */
function isWhole(turned: LabelTexts, standing: LabelTexts): boolean {
  const letters = ({ texts }: LabelTexts) => texts.reduce((sum, t) => sum + t.text.length, 0);
  const high = turned.labels.filter(({ box }) => boxHeight(box) > 1.4 * boxWidth(box)).length;
  return high >= 0.8 * turned.labels.length && meanScore(turned) > 0.85 && letters(turned) > 2.5 * letters(standing);
}

const shareOfValues = ({ texts }: LabelTexts): number =>
  texts.filter((t) => parseNumber(t.text) !== null || parseDate(t.text) !== null).length / Math.max(1, texts.length);

/** Whether more than half of the numbers lie on one scale, seen from where the labels stand; dates are not judged. */
function agrees({ labels, texts }: LabelTexts, side: Side): boolean {
  const upright = side === 'left' || side === 'right';
  const points = labels.flatMap(({ box }, i) => {
    const value = parseNumber(texts[i]!.text)?.value;
    const pixel = upright ? centerY(box) : centerX(box);
    return value === undefined ? [] : [{ pixel, value, slack: Math.max(3, 0.5 * (upright ? boxHeight(box) : 0)) }];
  });
  if (points.length < 0.5 * labels.length) return true;
  const fit = fitScale(points) ?? fitScale(points, true);
  return fit !== null && fit.inliers.length > 0.5 * points.length && (points.length < 3 || fit.inliers.length >= 3);
}

const meanScore = ({ texts }: LabelTexts): number => texts.reduce((sum, t) => sum + t.score, 0) / texts.length;

const isSame = (a: LabelBox[], b: LabelBox[]): boolean =>
  a.length === b.length && a.every((c, i) => boxWidth(c.box) === boxWidth(b[i]!.box) && c.rotation === b[i]!.rotation);

/** Below this share of a reader's certainty a label is read a second time as a number. */
const SURE = 0.9;

async function readLabels(
  labels: LabelBox[],
  { image, text, isInk, signal }: Reading,
): Promise<Array<{ text: string; score: number }>> {
  const free = await text.recognize(image, labels.map(regionOf), signal);
  const numeric = free.filter((r) => parseNumber(r.text) !== null).length;
  const doubtful = free.flatMap((r, i) => (parseNumber(r.text) === null || r.score < SURE ? [i] : []));
  if (numeric >= 0.5 * labels.length && doubtful.length > 0) {
    const again = await text.recognize(
      image,
      doubtful.map((i) => regionOf(labels[i]!)),
      signal,
      { charset: 'number' },
    );
    doubtful.forEach((index, i) => {
      if (isWithoutUnit(again[i]!.text, free[index]!.text)) return;
      if (
        parseNumber(again[i]!.text) !== null &&
        (again[i]!.score > free[index]!.score || parseNumber(free[index]!.text) === null)
      )
        free[index] = again[i]!;
    });
  }
  const cased = singleLetters(
    free.map((r) => r.text),
    labels.map(({ box, rotation }) => (rotation ? boxWidth(box) : boxHeight(box))),
  );
  return free.map((r, i) => ({
    text: mendedByInk(cased[i]!, labels[i]!.parts, labels[i]!.rotation ? undefined : isInk),
    score: r.score,
  }));
}

/** Whether a number was read again without the letter or sign behind it, which are not among the characters of numbers: "70" of "70k". */
const isWithoutUnit = (number: string, whole: string): boolean =>
  parseNumber(whole) !== null && whole.length > number.length && whole.replace(/\s*[\p{L}%°]+$/u, '') === number;

const regionOf = ({ box, rotation }: LabelBox) => (rotation ? { box, rotation } : { box });

export const emptyAxis = (): PlotAxis => ({ label: null, scale: 'linear', ticks: [] });
