import type { GraphSession } from '../session';
import type { LineQuad } from './lineRecognizer';
import { probabilityBoxes, type ScoredRectangle } from './probabilityBoxes';
import type { Raster } from './raster';
import { sampleQuad } from './sampleQuad';

/** The network halves its input five times. */
const STRIDE = 32;
/** Longest side that the detector looks at: photographs, and drawings or screenshots, whose text is smaller. */
const LONGEST_PHOTO = 960;
const LONGEST_DRAWING = 1280;
/** Small pictures are enlarged, at most so many times: at 72 dpi a lone digit is 7 pixels high. */
const MOST_ENLARGED = 2;
/** ImageNet's, in the order of the network's channels (PP-OCR reads BGR). */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** Lines of text in a picture as rectangles in its pixels, by PP-OCR's detector. Throws MODEL_FAILED. */
export function detectText(picture: Raster, detector: GraphSession): Promise<ScoredRectangle[]> {
  const { width, height } = picture;
  const whole: LineQuad = [
    [0, 0],
    [width, 0],
    [0, height],
  ];
  return detectIn(picture, whole, [width, height], detectionScale(picture), detector);
}

/**
 * Lines in a part of the picture given by three of its corners, `size` picture pixels along them; the rectangles are
 * in pixels of the part, from its top left corner. Throws MODEL_FAILED.
 */
export async function detectIn(
  picture: Raster,
  quad: LineQuad,
  [across, down]: [number, number],
  scale: number,
  detector: GraphSession,
): Promise<ScoredRectangle[]> {
  const width = multipleOf(STRIDE, across * scale);
  const height = multipleOf(STRIDE, down * scale);
  const input = inputOf(sampleQuad(picture, quad, width, height), width * height);
  const outputs = await detector.run({ x: { data: input, dims: [1, 3, height, width] } });
  const boxes = probabilityBoxes(Object.values(outputs)[0]!, width, height);
  return boxes.map((box) => stretched(box, across / width, down / height));
}

/** By how much a picture is enlarged (above 1) or shrunk before detection. */
export function detectionScale(picture: Raster): number {
  const longest = Math.max(picture.width, picture.height);
  const limit = isDrawing(picture) ? LONGEST_DRAWING : LONGEST_PHOTO;
  return Math.min(MOST_ENLARGED, limit / longest);
}

/** Whether at least half of the neighbouring pixels are equal: plots, screenshots, scans of line art. */
export function isDrawing({ rgb }: Raster): boolean {
  let [same, looked] = [0, 0];
  for (let at = 0; at + 5 < rgb.length; at += 9) {
    looked++;
    if (rgb[at] === rgb[at + 3] && rgb[at + 1] === rgb[at + 4] && rgb[at + 2] === rgb[at + 5]) same++;
  }
  return same >= looked / 2;
}

const multipleOf = (step: number, size: number): number => Math.max(step, Math.round(size / step) * step);

/** RGB 0..255 -> [3, plane] in BGR order, normalised. */
function inputOf(pixels: Float32Array, plane: number): Float32Array {
  const input = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) input[c * plane + i] = (pixels[i * 3 + 2 - c]! / 255 - MEAN[c]!) / DEVIATION[c]!;
  }
  return input;
}

/** The two scales differ by the rounding to the stride alone, so the mean serves a tilted box. */
function stretched(box: ScoredRectangle, sx: number, sy: number): ScoredRectangle {
  const center: ScoredRectangle['center'] = [box.center[0] * sx, box.center[1] * sy];
  if (box.angle === 0) return { ...box, center, width: box.width * sx, height: box.height * sy };
  const [c, s] = [Math.cos(box.angle), Math.sin(box.angle)];
  return {
    ...box,
    center,
    width: box.width * Math.hypot(sx * c, sy * s),
    height: box.height * Math.hypot(sx * s, sy * c),
    angle: Math.atan2(sy * s, sx * c),
  };
}
