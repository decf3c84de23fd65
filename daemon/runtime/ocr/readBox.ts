import type { PixelBox, Point2, TextLine } from '../../media/text';
import { lineInk } from './lineInk';
import type { LineRecognizer, ReadCrop } from './lineRecognizer';
import { cornersOf } from './minAreaRectangle';
import type { ScoredRectangle } from './probabilityBoxes';
import type { Raster } from './raster';
import { readRegion } from './readRegion';
import { refineLine } from './refineLine';

type Corners = TextLine['corners'];

/** From this height to width a box is tried as a line that was turned (PP-OCR's rule, a little earlier). */
const TALL = 1.4;
/** Beyond this tilt a line may read either way. */
const STEEP = (65 / 180) * Math.PI;
/** A turned reading of a short box must be better by this: a lone digit stands upright, and turned it reads well too. */
const UPRIGHT_BONUS = 0.35;
/** Labels of axes read upwards far more often, and some words read both ways ("Loss", "ssoT"). */
const UPWARDS_BONUS = 0.1;

/** Reads the line in a detected box; where it may be turned, the reading with the best score is taken. */
export async function readBox(
  picture: Raster,
  box: ScoredRectangle & { turned?: boolean },
  recognizer: LineRecognizer,
): Promise<TextLine[]> {
  let best: { crop: ReadCrop; way: Way; rank: number } | undefined;
  for (const way of waysToRead(box)) {
    const crop = await recognizer.readWithPixels(picture, [way.corners[0], way.corners[1], way.corners[3]]);
    const rank = crop.line.score + way.bonus;
    if (!best || rank > best.rank) best = { crop, way, rank };
  }
  const { crop, way } = best!;
  const pieces = refineLine(crop.line, lineInk(crop.pixels, crop.width, crop.height));
  const lines: TextLine[] = [];
  for (const { text, score, from, to } of pieces) {
    const corners = partOf(way.corners, from, to);
    const line: TextLine = { text, score, corners, rotation: way.rotation, box: boundsOf(corners) };
    const again =
      box.angle === 0 && isShaky(line) ? await readRegion(picture, line.box, way.rotation, recognizer, 'any') : line;
    lines.push(
      again.score >= line.score || again.text.includes('^') ? { ...line, text: again.text, score: again.score } : line,
    );
  }
  return lines;
}

/** Lone characters, signs and powers of ten: what a crop cut to its ink reads better. */
const isShaky = ({ text, score }: TextLine): boolean =>
  text.length <= 2 || (/^.{0,5}10/.test(text) && text.length <= 9) || (score < 0.8 && text.length <= 6);

/** The part of a line between two shares of its length. */
function partOf([a, b, c, d]: Corners, from: number, to: number): Corners {
  const between = ([x0, y0]: Point2, [x1, y1]: Point2, t: number): Point2 => [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
  return [between(a, b, from), between(a, b, to), between(d, c, to), between(d, c, from)];
}

interface Way {
  corners: Corners;
  rotation: 0 | 90 | 270;
  bonus: number;
}

/** Corners as one would read the box: along its long side, both ways where it is steep, and upright where it is short. */
function waysToRead(box: ScoredRectangle & { turned?: boolean }): Way[] {
  const corners = cornersOf(box);
  const [a, b, c, d] = corners;
  if (box.angle === 0) {
    const upright: Way = { corners, rotation: 0, bonus: UPRIGHT_BONUS };
    const downwards: Way = { corners: [b, c, d, a], rotation: 90, bonus: 0 };
    const upwards: Way = { corners: [d, a, b, c], rotation: 270, bonus: UPWARDS_BONUS };
    const ratio = box.height / box.width;
    if (box.turned) return [upwards, downwards];
    if (ratio < TALL) return [upright];
    return ratio < 2 * TALL ? [upright, upwards, downwards] : [upwards, downwards];
  }
  const along =
    box.width >= box.height ? box : { ...box, width: box.height, height: box.width, angle: quarter(box.angle) };
  const [p, q, r, s] = cornersOf(along);
  if (Math.abs(along.angle) < STEEP) return [{ corners: [p, q, r, s], rotation: 0, bonus: 0 }];
  const down: Corners = along.angle > 0 ? [p, q, r, s] : [r, s, p, q];
  const up: Corners = along.angle > 0 ? [r, s, p, q] : [p, q, r, s];
  return [
    { corners: up, rotation: 270, bonus: 0 },
    { corners: down, rotation: 90, bonus: 0 },
  ];
}

/** The direction at a right angle, in (-pi/2, pi/2]. */
const quarter = (angle: number): number => (angle > 0 ? angle - Math.PI / 2 : angle + Math.PI / 2);

function boundsOf(corners: Point2[]): PixelBox {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    left: Math.floor(Math.min(...xs)),
    top: Math.floor(Math.min(...ys)),
    right: Math.ceil(Math.max(...xs)),
    bottom: Math.ceil(Math.max(...ys)),
  };
}
