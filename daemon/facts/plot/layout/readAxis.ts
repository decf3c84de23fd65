import type { ImageMedia } from '../../../media/media';
import type { PlotAxis, Rgb } from '../../../media/plot';
import type { Cancellation, PixelBox, TextLine, TextReader } from '../../../media/text';
import type { PanelCandidate } from './findPanels';
import { findTicks, type TickMark } from './findTicks';
import { mendedByInk } from './mendedByInk';
import { parseNumber } from './parseNumber';
import { placeLabels } from './placeLabels';
import { boxHeight, boxWidth } from './raster';
import { type ReadLabel, type ReadScale, readScale } from './readScale';
import { addSecondRow } from './secondRow';
import { type LabelBox, type LabelSearch, type Side, sideLabels } from './sideLabels';

/** Labels of one side of a panel, before they are read. */
export interface SideFinding {
  side: Side;
  labels: LabelBox[];
  /** The same with only letters joined that nearly touch: right where the labels are numbers. */
  close: LabelBox[];
  ticks: TickMark[];
  /** First row or column beyond the spine. */
  edge: number;
}

/** What reading needs. */
export interface Reading {
  image: ImageMedia;
  text: TextReader;
  signal?: Cancellation;
}

/** Labels and tick marks along a side. */
export function findSide(search: LabelSearch, panel: PanelCandidate, side: Side): SideFinding {
  const edge = outerEdge(panel, side);
  const options = { longest: 1.3 * search.textHeight, thickest: Math.max(4, 0.4 * search.textHeight) };
  const ticks = findTicks(search.image, panel.area, side, edge, search.background, options);
  const marks = ticks.length >= 2 ? ticks.map((t) => t.pixel) : panel.upright.map((l) => l.at);
  const labels = sideLabels(search, panel.area, side, edge, marks);
  const close = side === 'left' || side === 'right' ? sideLabels(search, panel.area, side, edge, marks, true) : labels;
  return { side, labels, close, ticks, edge };
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

/** Reads the labels; where they are no numbers, but those joined more closely are, those are meant. */
async function readEither(
  { labels, close }: SideFinding,
  reading: Reading,
): Promise<{ labels: LabelBox[]; texts: Array<{ text: string; score: number }> }> {
  const texts = await readLabels(labels, reading);
  if (texts.filter((t) => parseNumber(t.text) !== null).length >= 0.7 * labels.length) return { labels, texts };
  const differs = close.length !== labels.length || close.some((c, i) => boxWidth(c.box) !== boxWidth(labels[i]!.box));
  if (!differs) return { labels, texts };
  const again = await readLabels(close, reading);
  const numbers = (read: Array<{ text: string }>) => read.filter((r) => parseNumber(r.text) !== null).length;
  const better = close.length >= 2 && numbers(again) >= 0.7 * close.length;
  return better ? { labels: close, texts: again } : { labels, texts };
}

/** Below this share of a reader's certainty a label is read a second time as a number. */
const SURE = 0.9;

async function readLabels(
  labels: LabelBox[],
  { image, text, signal }: Reading,
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
      if (
        parseNumber(again[i]!.text) !== null &&
        (again[i]!.score > free[index]!.score || parseNumber(free[index]!.text) === null)
      )
        free[index] = again[i]!;
    });
  }
  return free.map((r, i) => ({ text: mendedByInk(r.text, labels[i]!.parts), score: r.score }));
}

const regionOf = ({ box, rotation }: LabelBox) => (rotation ? { box, rotation } : { box });

export const emptyAxis = (): PlotAxis => ({ label: null, scale: 'linear', ticks: [] });
