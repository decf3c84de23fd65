import { errors } from '../../common/errors';
import type { ImageMedia, RgbxMedia } from '../../media/media';
import type { DecodeTools } from '../format';
import { baseName, mapWord } from './mapWord';
import { percentiles } from './percentiles';
import type { Samples } from './samples';

/** What Blender writes where there is nothing; PFM and others write infinity. */
const BACKGROUND = 1e10;
/** Above this share, zeros of a floating-point map are holes and not its nearest point. */
const HOLES = 0.001;
/** 7-Scenes (Shotton et al. 2013): frame-000012.depth.png holds millimetres, 65535 where nothing was measured. */
const SEVEN_SCENES = /^frame-\d{6}\.depth\.(png|pgm)$/;

/** The first channel as depth or disparity. Throws MEDIA_EMPTY where no pixel was measured. */
export function toDepthMedia(format: string, name: string, samples: Samples, tools?: DecodeTools): RgbxMedia {
  const { width, height, bits } = samples;
  const warnings = [...samples.warnings];
  const sevenScenes = bits === 16 && !samples.float && SEVEN_SCENES.test(baseName(name));
  const values = firstChannel(samples);
  markInvalid(values, samples, sevenScenes ? 65535 : undefined, warnings);
  if (!values.some(Number.isFinite)) throw errors.noContent(format.toUpperCase(), 'measured pixels');
  if (sevenScenes) warnings.push('The depth is read as millimetres, as the data set 7-Scenes names its files.');
  return {
    kind: 'rgbd',
    map: grey(values, width, height, bits, format),
    depth: {
      width,
      height,
      values,
      quantity: mapWord(name)?.disparity ? 'disparity' : 'depth',
      ...(sevenScenes && { unit: 'mm', unitWhy: 'file name of the data set 7-Scenes' }),
    },
    ...photoOf(tools, samples, warnings),
    format,
    warnings,
  };
}

/** The photograph that came with the map; another size is a warning. */
export function photoOf(
  tools: DecodeTools | undefined,
  { width, height }: { width: number; height: number },
  warnings: string[],
): Pick<RgbxMedia, 'photo' | 'photoFile'> {
  if (!tools?.photo) return {};
  const { image, file } = tools.photo;
  const [w, h] = [image.fullWidth ?? image.width, image.fullHeight ?? image.height];
  if (w !== width || h !== height)
    warnings.push(
      `The photograph ${baseName(file)} has ${w} × ${h} pixels and the map ${width} × ${height}; the map is scaled to it.`,
    );
  return { photo: image, photoFile: baseName(file) };
}

function firstChannel({ values, channels, width, height, warnings }: Samples): Float32Array {
  if (channels === 1) return values;
  const first = new Float32Array(width * height);
  let differ = 0;
  for (let i = 0; i < first.length; i++) {
    first[i] = values[i * channels]!;
    if (
      channels >= 3 &&
      !(Object.is(first[i], values[i * channels + 1]) && Object.is(first[i], values[i * channels + 2]))
    )
      differ++;
  }
  if (differ > 0.01 * first.length)
    warnings.push('The map is in colour; a palette cannot be turned back into depth, so its red channel is read.');
  return first;
}

/** NaN where nothing was measured: infinite, negative, the file's own mark, or a hole of zeros. */
function markInvalid(
  values: Float32Array,
  { bits, float }: Samples,
  mark: number | undefined,
  warnings: string[],
): void {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v === 0) zeros++;
    else if (!(v > 0 && v < BACKGROUND) || v === mark) values[i] = Number.NaN;
  }
  if (zeros === 0 || (!float && bits <= 8) || (float && zeros <= HOLES * values.length)) return;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) values[i] = Number.NaN;
  if (float) warnings.push(`${zeros} pixels are exactly 0 and were taken for not measured.`);
}

/** 1st to 99th percentile as 0 to 255; black where nothing was measured. */
function grey(values: Float32Array, width: number, height: number, bitDepth: number, format: string): ImageMedia {
  const [low = 0, high = 0] = percentiles(values, [0.01, 0.99]);
  const scale = high > low ? 255 / (high - low) : 0;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    const byte = scale === 0 ? 128 : (v - low) * scale;
    data.fill(Number.isFinite(v) ? byte : 0, 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  }
  return {
    kind: 'image',
    width,
    height,
    data,
    format,
    channels: 1,
    bitDepth,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}
