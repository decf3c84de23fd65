import { errors } from '../../common/errors';
import type { ImageMedia, RgbxMedia } from '../../media/media';
import type { DecodeTools } from '../format';
import type { Samples } from './samples';
import { photoOf } from './toDepthMedia';

/** Shorter than this is no direction: the background. */
const NOTHING = 0.1;
/** Eight bits round a unit vector to within 0.007 of its length; filtering and JPEG add to it. */
const UNIT = 0.1;

/** Unit vectors, and what of them was not quite so. */
export interface DecodedNormals {
  normals: Float32Array;
  /** Pixels with a vector, and those of them whose length was within 0.1 of 1. */
  present: number;
  unit: number;
}

/**
 * Vectors of length 1 from three channels. Whole numbers, and floats of [0, 1], hold (n + 1) / 2 (the usual coding);
 * floats below 0 hold n itself.
 */
export function decodeNormals(samples: Samples): DecodedNormals {
  const { values, channels, width, height, bits, float } = samples;
  const white = float ? 1 : 2 ** bits - 1;
  const coded = !float || !values.some((v) => v < -0.001);
  const normals = new Float32Array(3 * width * height).fill(Number.NaN);
  let [present, unit] = [0, 0];
  for (let i = 0; i < width * height; i++) {
    const at = i * channels;
    const [a, b, c] = [values[at]!, values[at + 1]!, values[at + 2]!];
    if (a === 0 && b === 0 && c === 0) continue; // black, or no vector
    const [x, y, z] = coded ? [decode(a, white), decode(b, white), decode(c, white)] : [a, b, c];
    const length = Math.hypot(x, y, z);
    if (!(length > NOTHING && length < Number.POSITIVE_INFINITY)) continue;
    present++;
    if (Math.abs(length - 1) <= UNIT) unit++;
    normals.set([x / length, y / length, z / length], 3 * i);
  }
  return { normals, present, unit };
}

const decode = (value: number, white: number): number => (2 * value) / white - 1;

/** Throws MEDIA_EMPTY where no pixel has a direction. */
export function toNormalMedia(
  format: string,
  samples: Samples,
  { normals, present, unit }: DecodedNormals,
  tools?: DecodeTools,
): RgbxMedia {
  if (present === 0) throw errors.noContent(format.toUpperCase(), 'normals');
  const { width, height, bits } = samples;
  const warnings = [...samples.warnings];
  const odd = (present - unit) / present;
  if (odd > 0.02)
    warnings.push(
      `${Math.max(1, Math.round(100 * odd))} % of the map's vectors are not of length 1 (off by more than ${UNIT}): it may be no normal map, or one coded in another way.`,
    );
  return {
    kind: 'rgbn',
    map: picture(normals, width, height, bits, format),
    normals,
    unitShare: unit / present,
    ...photoOf(tools, samples, warnings),
    format,
    warnings,
  };
}

/** (n + 1) / 2 as colours; black where there is none. */
function picture(normals: Float32Array, width: number, height: number, bitDepth: number, format: string): ImageMedia {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const n = normals[3 * i + c]!;
      data[4 * i + c] = Number.isNaN(n) ? 0 : (n + 1) * 127.5;
    }
    data[4 * i + 3] = 255;
  }
  return {
    kind: 'image',
    width,
    height,
    data,
    format,
    channels: 3,
    bitDepth,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}
