import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { errors } from '../../common/errors';
import type { ImageMedia } from '../../media/media';
import { floatToBytes } from './floatToBytes';
import { checkSides, type ImageHeader, MAX_SIDE } from './imageHeader';
import { translateSharpError } from './sharpError';
import { openImage } from './sharpLoader';
import { withLimit } from './withLimit';

/** Seconds that one picture may take. */
const TIME_LIMIT = 30;
/** Complaints after which the pixels are still right. */
const HARMLESS = /extraneous bytes before marker|iCCP|profile|unknown field|tag|chunk|cHRM|gAMA|sRGB|Exif/i;

interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
  /** The file has channels beside red, green, blue and transparency, which are left out. */
  moreChannels?: boolean;
}

/**
 * Decodes the first frame to RGBA with libvips: EXIF orientation applied, embedded profile converted to sRGB, 16 bits
 * scaled down, the longest side at most `MAX_SIDE`. `id` is the container's name in the media, `name` in errors.
 */
export async function decodeWithSharp(
  id: string,
  name: string,
  file: Uint8Array,
  header: ImageHeader,
  signal?: AbortSignal,
): Promise<ImageMedia> {
  try {
    const bytes = header.bytes ?? file;
    const work = decode(bytes, name, header);
    const { meta, pixels, warnings } = await withLimit(work, `Decoding the ${name} picture`, TIME_LIMIT, signal);
    return toMedia(id, header, meta, pixels, warnings);
  } catch (error) {
    throw translateSharpError(error, name);
  }
}

async function decode(bytes: Uint8Array, name: string, header: ImageHeader) {
  const meta = await (await openImage(bytes)).metadata();
  checkSides(name, meta.width, meta.height);
  const warnings: string[] = [];
  const pixels = await readStrictly(bytes, meta, name, header, warnings);
  return { meta, pixels, warnings };
}

/** First without tolerating a complaint; a harmless complaint is then tolerated and becomes a warning. */
async function readStrictly(
  bytes: Uint8Array,
  meta: Metadata,
  name: string,
  header: ImageHeader,
  warnings: string[],
): Promise<Pixels> {
  try {
    const pixels = await readPixels(bytes, meta, 'warning');
    if (header.suspect) warnings.push(`The ${name} file is unusual: ${header.suspect}; its picture is whole.`);
    return pixels;
  } catch (error) {
    if (header.suspect) throw errors.truncated(name, header.suspect);
    const complaint = error instanceof Error ? error.message : '';
    if (!HARMLESS.test(complaint)) throw error;
    const pixels = await readPixels(bytes, meta, 'error');
    warnings.push(`The ${name} file is not quite in order; its picture could be read.`);
    return pixels;
  }
}

async function readPixels(bytes: Uint8Array, meta: Metadata, failOn: SharpOptions['failOn']): Promise<Pixels> {
  const opened = (await openImage(bytes, { failOn })).autoOrient().timeout({ seconds: TIME_LIMIT });
  const shrunk = shrink(opened, meta);
  if (meta.depth === 'float' || meta.depth === 'double') return floatPixels(shrunk);
  const raw = shrunk.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const bytesRead = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const { width, height, channels } = info;
  if ((channels as number) === 4) return { data: bytesRead, width, height };
  return { data: opaque(bytesRead, channels), width, height, moreChannels: true };
}

/** A TIFF may have more channels (near infra-red, masks), of which none is surely transparency: the first three. */
function opaque(data: Uint8ClampedArray, channels: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((data.length / channels) * 4).fill(255);
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4)
    for (let c = 0; c < 3; c++) rgba[to + c] = data[from + c]!;
  return rgba;
}

function shrink(image: Sharp, meta: Metadata): Sharp {
  if (Math.max(meta.width, meta.height) <= MAX_SIDE) return image;
  return image.resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true });
}

async function floatPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true });
  const samples = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  return { data: floatToBytes(samples, info.channels), width: info.width, height: info.height };
}

function toMedia(id: string, header: ImageHeader, meta: Metadata, pixels: Pixels, warnings: string[]): ImageMedia {
  const { width: fullWidth, height: fullHeight } = meta.autoOrient;
  const shrunk = pixels.width !== fullWidth || pixels.height !== fullHeight;
  const density = header.statesDensity || meta.density !== 72 ? meta.density : undefined;
  return {
    kind: 'image',
    width: pixels.width,
    height: pixels.height,
    data: pixels.data,
    ...(shrunk ? { fullWidth, fullHeight } : {}),
    format: id,
    channels: header.channels ?? meta.channels,
    bitDepth: header.bitDepth ?? meta.bitsPerSample ?? 8,
    hasAlpha: !pixels.moreChannels && (meta.hasAlpha ?? false),
    frames: header.frames ?? meta.pages ?? 1,
    ...(density ? { density } : {}),
    warnings: [
      ...header.warnings,
      ...(pixels.moreChannels ? [`Of ${meta.channels} channels only the colours were decoded.`] : []),
      ...warnings,
    ],
  };
}
