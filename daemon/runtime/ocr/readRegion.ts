import type { PixelBox, Point2, RecognizedText } from '../../media/text';
import type { LineQuad, LineRecognizer } from './lineRecognizer';
import type { Raster } from './raster';

export async function readRegion(
  picture: Raster,
  box: PixelBox,
  rotation: 0 | 90 | 270,
  recognizer: LineRecognizer,
  charset: 'number' | 'any',
): Promise<RecognizedText> {
  const { text, score, characters } = await recognizer.read(picture, quadOf(box, rotation), charset);
  return { text, score, characters };
}

/** Corners of an upright box as one reads it at `rotation`. */
export function quadOf({ left, top, right, bottom }: PixelBox, rotation: 0 | 90 | 270): LineQuad {
  const [a, b, c, d]: Point2[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as Point2[];
  if (rotation === 0) return [a!, b!, d!];
  return rotation === 90 ? [b!, c!, a!] : [d!, a!, c!];
}
