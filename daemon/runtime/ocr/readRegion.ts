import type { PixelBox, RecognizedText } from '../../media/text';
import type { DecodedLine } from './ctcDecode';
import { exponentStart, startsWithMinus } from './exponent';
import { lineInk } from './lineInk';
import type { LineQuad, LineRecognizer } from './lineRecognizer';
import type { Raster } from './raster';
import { refineLine } from './refineLine';
import { regionInk } from './regionInk';

type Charset = 'number' | 'any';
type Rotation = 0 | 90 | 270;

/** How far the ink may stand out of a region's box, in pixels and in the box's thickness. */
const MARGIN = { pixels: 4, share: 0.25 };
/** Ground round the ink of a crop, in the ink's height: the recogniser learnt on lines with some. */
const PAD = 0.25;
/** What is tried as well where the score is below SURE: a lone digit is read with one and lost with another. */
const OTHER_PADS = [0.15, 0.4];
const SURE = 0.9;
/** What may carry an exponent. */
const BASE = /^([-+]?\d+([.,]\d+)?\s*[x×·.]\s*)?(10|2|e)$/;

const NOTHING: RecognizedText = { text: '', score: 0, characters: [] };

/** Reads the one line that a rectangle holds, cut to its ink. Throws MODEL_FAILED. */
export async function readRegion(
  picture: Raster,
  box: PixelBox,
  rotation: Rotation,
  recognizer: LineRecognizer,
  charset: Charset,
): Promise<RecognizedText> {
  const thickness = rotation === 0 ? box.bottom - box.top : box.right - box.left;
  const ink = regionInk(picture, box, Math.max(MARGIN.pixels, MARGIN.share * thickness));
  if (!ink) return NOTHING;
  const glyphs = ink.glyphs.map((g) => asRead(shifted(g, ink.window), rotation, ink.clean));
  glyphs.sort((a, b) => a.left - b.left);
  const upright = turnedUpright(ink.clean, rotation);
  const raised = exponentStart(glyphs);
  if (raised !== undefined) {
    const base = await readSigned(upright, glyphs.slice(0, raised), recognizer, charset);
    if (BASE.test(base.text)) {
      const power = await readSigned(upright, glyphs.slice(raised), recognizer, 'number');
      if (/^-?\d+([./]\d+)?$/.test(power.text)) return withExponent(base, power);
    }
  }
  return readSigned(upright, glyphs, recognizer, charset);
}

/** A minus as the first of several glyphs is told by its form: the recogniser loses it, or takes it for a 1. */
async function readSigned(
  picture: Raster,
  glyphs: PixelBox[],
  recognizer: LineRecognizer,
  charset: Charset,
): Promise<RecognizedText> {
  if (!startsWithMinus(glyphs)) return readGlyphs(picture, glyphs, recognizer, charset);
  const rest = await readGlyphs(picture, glyphs.slice(1), recognizer, charset);
  if (!/^[$€£¥]?[\d.]/.test(rest.text)) return readGlyphs(picture, glyphs, recognizer, charset);
  const share = (glyphs[1]!.left - glyphs[0]!.left) / (boundsOf(glyphs).right - glyphs[0]!.left);
  const characters = rest.characters.map((c) => ({ ...c, at: share + c.at * (1 - share) }));
  return { ...rest, text: `-${rest.text}`, characters: [{ char: '-', score: 1, at: share / 2 }, ...characters] };
}

/** Reads glyphs with the usual room round them, and with less and more where that leaves doubts: the surest counts. */
async function readGlyphs(picture: Raster, glyphs: PixelBox[], recognizer: LineRecognizer, charset: Charset) {
  let best = await readPadded(picture, glyphs, PAD, recognizer, charset);
  for (const pad of OTHER_PADS) {
    if (best.score >= SURE) break;
    const other = await readPadded(picture, glyphs, pad, recognizer, charset);
    if (other.score > best.score) best = other;
  }
  return best;
}

async function readPadded(
  picture: Raster,
  glyphs: PixelBox[],
  share: number,
  recognizer: LineRecognizer,
  charset: Charset,
): Promise<RecognizedText> {
  const ink = boundsOf(glyphs);
  const height = Math.max(ink.bottom - ink.top, 0.5 * (ink.right - ink.left) * (glyphs.length === 1 ? 1 : 0));
  const pad = share * height;
  const middle = (ink.top + ink.bottom) / 2;
  const [top, bottom] = [middle - height / 2 - pad, middle + height / 2 + pad];
  const quad: LineQuad = [
    [ink.left - pad, top],
    [ink.right + pad, top],
    [ink.left - pad, bottom],
  ];
  const crop = await recognizer.readWithPixels(picture, quad, charset);
  return normalized(crop.line, crop.pixels, crop.width, crop.height);
}

function normalized(line: DecodedLine, pixels: Float32Array, width: number, height: number): RecognizedText {
  const pieces = refineLine(line, lineInk(pixels, width, height));
  if (pieces.length === 0) return { text: line.text, score: line.score, characters: line.characters };
  const characters = pieces.flatMap((p, i) =>
    i === 0 ? p.characters : [{ char: ' ', score: 1, at: p.from }, ...p.characters],
  );
  return {
    text: pieces.map((p) => p.text).join(' '),
    score: line.score,
    characters,
  };
}

/** The exponent's characters are put into the last part of the line, for the whole crop is not known here. */
function withExponent(base: RecognizedText, power: RecognizedText): RecognizedText {
  const [n, m] = [base.characters.length, power.characters.length];
  const share = n / (n + m);
  const characters = [
    ...base.characters.map((c) => ({ ...c, at: c.at * share })),
    { char: '^', score: 1, at: share },
    ...power.characters.map((c) => ({ ...c, at: share + c.at * (1 - share) })),
  ];
  return { text: `${base.text}^${power.text}`, score: (base.score * n + power.score * m) / (n + m), characters };
}

const shifted = (b: PixelBox, by: PixelBox): PixelBox => ({
  left: b.left - by.left,
  right: b.right - by.left,
  top: b.top - by.top,
  bottom: b.bottom - by.top,
});

/** A box of a turned picture, where it lies once the picture is upright. */
function asRead(b: PixelBox, rotation: Rotation, { width, height }: Raster): PixelBox {
  if (rotation === 90) return { left: b.top, right: b.bottom, top: width - b.right, bottom: width - b.left };
  if (rotation === 270) return { left: height - b.bottom, right: height - b.top, top: b.left, bottom: b.right };
  return b;
}

function turnedUpright(picture: Raster, rotation: Rotation): Raster {
  if (rotation === 0) return picture;
  const { width, height, rgb } = picture;
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [tx, ty] = rotation === 90 ? [y, width - 1 - x] : [height - 1 - y, x];
      const [from, to] = [(y * width + x) * 3, (ty * height + tx) * 3];
      for (let c = 0; c < 3; c++) out[to + c] = rgb[from + c]!;
    }
  }
  return { width: height, height: width, rgb: out };
}

function boundsOf(boxes: PixelBox[]): PixelBox {
  return {
    left: Math.min(...boxes.map((b) => b.left)),
    top: Math.min(...boxes.map((b) => b.top)),
    right: Math.max(...boxes.map((b) => b.right)),
    bottom: Math.max(...boxes.map((b) => b.bottom)),
  };
}
