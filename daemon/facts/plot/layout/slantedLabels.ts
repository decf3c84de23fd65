import { median } from '../../../common/median';
import type { ImageMedia } from '../../../media/media';
import type { PixelBox, TextLine } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { type Pacer, paced, type Steps } from '../steps';
import { findComponents } from './components';
import { boxHeight, boxWidth, centerX, centerY, unionOf } from './raster';
import type { Reading } from './readAxis';
import { groupParts, type LabelSearch } from './sideLabels';
import { turnedBy } from './turnedBy';

/** A label below an axis that stands at an angle. */
export interface SlantedLabel {
  text: string;
  score: number;
  /** Where its end next to the axis lies, px along it. */
  at: number;
  /** Smallest upright rectangle round it. */
  box: PixelBox;
}

/** Least and largest angle of a label that is neither level nor upright, radians. */
const SLANT: readonly [number, number] = [Math.PI / 12, (80 * Math.PI) / 180];

/** Radians by which labels of one axis may differ. */
const ALIKE = 0.15;

/**
 * The labels below an area that are printed at an angle, from the left: the strip in which they stand is turned until
 * they are level, and each is read there. Empty where the text reader found no line at an angle.
 */
export async function slantedLabels(
  area: PixelBox,
  edge: number,
  lines: readonly TextLine[],
  search: LabelSearch,
  { text, signal }: Reading,
  pacer: Pacer,
): Promise<SlantedLabel[]> {
  const h = search.textHeight;
  const found = slantedBelow(area, edge, lines, h);
  if (found.length === 0) return [];
  const angle = median(found.map(angleOf));
  const bottom = Math.max(...found.map((l) => l.box.bottom));
  const strip = { left: area.left - 8 * h, top: edge, right: area.right + 8 * h, bottom: bottom + 0.4 * h };
  const turned = await paced(turnedBy(search.image, strip, angle, search.background), pacer);
  const parts = findComponents(turned.image, whole(turned.image), search.background).filter(
    ({ box, size }) => size >= 2 && boxHeight(box) <= 1.6 * h && boxWidth(box) <= 3 * h,
  );
  const near = (box: PixelBox) => turned.toPicture(angle > 0 ? box.left : box.right, centerY(box));
  const groups = groupParts(parts, 0.5 * h)
    .map(({ box }) => ({ box, end: near(box) }))
    .filter(({ box, end: [x, y] }) => isLabel(box, h) && y - edge < 2 * h && x > area.left - h && x < area.right + h)
    .sort((a, b) => a.end[0] - b.end[0]);
  // a single line may be a stray one
  if (groups.length < (found.length >= 2 ? 2 : 4)) return [];
  const read = await text.recognize(
    await paced(mediaOf(turned.image), pacer),
    groups.map(({ box }) => ({ box })),
    signal,
  );
  if (found.length < 2 && mean(read.map((r) => r.score)) < SURE) return [];
  return groups.map(({ box, end }, i) => ({
    text: read[i]!.text,
    score: read[i]!.score,
    at: end[0],
    box: upright(box, turned.toPicture),
  }));
}

/** Least mean certainty of labels of which the text reader itself saw one only. */
const SURE = 0.85;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const isLabel = (box: PixelBox, h: number): boolean => boxHeight(box) >= 0.45 * h && boxWidth(box) >= 0.45 * h;

/** Lines at one angle that end near the axis. */
function slantedBelow(area: PixelBox, edge: number, lines: readonly TextLine[], h: number): TextLine[] {
  const below = lines.filter((l) => {
    const x = centerX(l.box);
    const size = Math.abs(angleOf(l));
    return (
      size >= SLANT[0] &&
      size <= SLANT[1] &&
      l.text.length >= 2 &&
      x > area.left - 8 * h &&
      x < area.right + 8 * h &&
      l.box.top > edge - h &&
      l.box.top - edge < 2.5 * h
    );
  });
  const usual = median(below.map(angleOf));
  return below.filter((l) => Math.abs(angleOf(l) - usual) <= ALIKE);
}

/** Radians by which the upper edge of a line falls to the right. */
function angleOf({ corners: [start, end] }: TextLine): number {
  return Math.atan2(end[1] - start[1], end[0] - start[0]);
}

function upright(box: PixelBox, toPicture: (u: number, v: number) => readonly [number, number]): PixelBox {
  const corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.right, box.bottom],
    [box.left, box.bottom],
  ].map(([u, v]) => toPicture(u!, v!));
  return unionOf(corners.map(([x, y]) => ({ left: x, right: x, top: y, bottom: y })));
}

const whole = ({ width, height }: { width: number; height: number }): PixelBox => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

function* mediaOf({ width, height, rgb }: FlatImage): Steps<ImageMedia> {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    yield;
    for (let i = y * width; i < (y + 1) * width; i++) for (let c = 0; c < 3; c++) data[4 * i + c] = rgb[3 * i + c]!;
  }
  return {
    kind: 'image',
    width,
    height,
    data,
    format: 'png',
    channels: 3,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}
