import type { GraphSession } from '../session';
import { detectIn, detectionScale, detectText } from './detectText';
import type { LineQuad } from './lineRecognizer';
import type { ScoredRectangle } from './probabilityBoxes';
import type { Raster } from './raster';

/** A rectangle that holds one line; `turned` where it was found by looking along its column. */
export interface DetectedLine extends ScoredRectangle {
  turned?: boolean;
}

/** From this height to width a box may be a piece of a turned line; a lone digit's box is less slender. */
const TALL = 1.7;
/** A letter's box is at most this wide for its height, and letters of a turned word at most this far apart, in thickness. */
const SQUARE = 1.3;
const STACKED = 0.6;
/** Room beside a column, in its thickness: the detector wants to see where a line ends. */
const BESIDE = 0.8;
/** Columns nearer than this, in thickness, are looked at together. */
const NEAR = 1.5;
/** Lines of a column are enlarged to this thickness, at most. */
const COLUMN_PIXELS = 40;
/** Words of one line overlap once their boxes have grown, by this share of their height. */
const JOINED = 0.1;

/**
 * Lines of a picture. The detector breaks turned lines into words and letters, so columns of tall boxes are looked at
 * once more with the picture turned; what is found there takes the place of the pieces. Throws MODEL_FAILED.
 */
export async function detectLines(picture: Raster, detector: GraphSession): Promise<DetectedLine[]> {
  let lines: DetectedLine[] = await detectText(picture, detector);
  for (const column of columnsOf(lines)) {
    const turned = await detectTurned(picture, column, detector);
    lines = [...lines.filter((line) => !turned.some((t) => holds(t, line))), ...turned];
  }
  return joinWords(lines);
}

interface Column {
  left: number;
  right: number;
  /** Of the thickest box. */
  thickness: number;
}

function columnsOf(lines: DetectedLine[]): Column[] {
  const upright = lines.filter((l) => l.angle === 0);
  const tall = upright.filter((l) => l.height >= TALL * l.width || upright.some((other) => isStacked(l, other)));
  const columns: Column[] = [];
  for (const { center, width } of tall.sort((a, b) => a.center[0] - b.center[0])) {
    const [left, right] = [center[0] - width / 2, center[0] + width / 2];
    const last = columns.at(-1);
    if (last && left - last.right < NEAR * Math.max(width, last.thickness)) {
      last.right = Math.max(last.right, right);
      last.thickness = Math.max(last.thickness, width);
    } else columns.push({ left, right, thickness: width });
  }
  return columns;
}

/** Whether two narrow boxes stand closer above each other than the labels of an axis do: letters of a turned word. */
function isStacked(a: DetectedLine, b: DetectedLine): boolean {
  if (a === b || a.width > SQUARE * a.height || b.width > SQUARE * b.height) return false;
  const thickness = Math.max(a.width, b.width);
  const gap = Math.abs(a.center[1] - b.center[1]) - (a.height + b.height) / 2;
  return Math.abs(a.center[0] - b.center[0]) < 0.35 * thickness && gap < STACKED * thickness;
}

/** Looks at a column over the whole height of the picture, as one who reads upwards sees it. */
async function detectTurned(picture: Raster, column: Column, detector: GraphSession): Promise<DetectedLine[]> {
  const left = Math.max(0, column.left - BESIDE * column.thickness);
  const right = Math.min(picture.width, column.right + BESIDE * column.thickness);
  const { height } = picture;
  const quad: LineQuad = [
    [left, height],
    [left, 0],
    [right, height],
  ];
  const usual = detectionScale(picture);
  const scale = Math.max(usual, Math.min(2 * usual, COLUMN_PIXELS / column.thickness));
  const found = await detectIn(picture, quad, [height, right - left], scale, detector);
  return found
    .filter((b) => b.angle === 0 && b.width >= TALL * b.height)
    .map((b) => ({
      ...b,
      center: [left + b.center[1], height - b.center[0]] as [number, number],
      width: b.height,
      height: b.width,
      turned: true,
    }))
    .filter((b) => b.center[0] > column.left && b.center[0] < column.right);
}

/** Whether most of `line` lies in the turned one and it is no wider: a piece of it, not a row that crosses it. */
function holds(turned: DetectedLine, line: DetectedLine): boolean {
  return (
    Math.abs(line.center[0] - turned.center[0]) < turned.width / 2 &&
    Math.abs(line.center[1] - turned.center[1]) < turned.height / 2 &&
    line.width < 1.6 * turned.width
  );
}

/** Joins boxes of one row that overlap, and turned ones of one column. */
function joinWords(lines: DetectedLine[]): DetectedLine[] {
  const out: DetectedLine[] = [];
  for (const line of [...lines].sort((a, b) => left(a) - left(b) || a.center[1] - b.center[1])) {
    const at = out.findIndex((other) => isSameRow(other, line));
    if (at < 0) out.push(line);
    else out[at] = union(out[at]!, line);
  }
  return out;
}

function isSameRow(a: DetectedLine, b: DetectedLine): boolean {
  if (a.angle !== 0 || b.angle !== 0 || a.turned !== b.turned) return false;
  const [p, q] = [spanOf(a), spanOf(b)];
  const thickness = Math.min(p.thickness, q.thickness);
  if (thickness < 0.7 * Math.max(p.thickness, q.thickness)) return false;
  const overlap = Math.min(p.to, q.to) - Math.max(p.from, q.from);
  return Math.abs(p.middle - q.middle) < 0.3 * thickness && overlap > JOINED * thickness;
}

/** A line along and across its direction. */
function spanOf({ center: [x, y], width, height, turned }: DetectedLine) {
  if (turned) return { from: y - height / 2, to: y + height / 2, middle: x, thickness: width };
  return { from: x - width / 2, to: x + width / 2, middle: y, thickness: height };
}

function union(a: DetectedLine, b: DetectedLine): DetectedLine {
  const from = Math.min(left(a), left(b));
  const to = Math.max(left(a) + a.width, left(b) + b.width);
  const top = Math.min(a.center[1] - a.height / 2, b.center[1] - b.height / 2);
  const bottom = Math.max(a.center[1] + a.height / 2, b.center[1] + b.height / 2);
  return {
    ...a,
    center: [(from + to) / 2, (top + bottom) / 2],
    width: to - from,
    height: bottom - top,
    score: Math.min(a.score, b.score),
  };
}

const left = (line: DetectedLine): number => line.center[0] - line.width / 2;
