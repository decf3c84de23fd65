import type { Media } from '../../media/media';
import type { DecodeTools, Format } from '../format';
import { decodeWithSharp } from '../image/decodeWithSharp';
import type { ImageHeader } from '../image/imageHeader';
import { isJpeg, readJpegHeader } from '../image/jpeg';
import { isPng, readPngHeader } from '../image/png';
import { isTiff, readTiffHeader } from '../image/tiff';
import { isWebp, readWebpHeader } from '../image/webp';
import { MAP_LIMITS, MAX_MAP_BYTES } from './mapLimits';
import { mapWord } from './mapWord';
import { pictureSamples } from './pictureSamples';
import type { Samples } from './samples';
import { toDepthMedia } from './toDepthMedia';
import { decodeNormals, toNormalMedia } from './toNormalMedia';

interface Container {
  id: string;
  name: string;
  extensions: readonly string[];
  is(head: Uint8Array): boolean;
  readHeader(bytes: Uint8Array): ImageHeader;
  /** What the first bytes tell: a plot whose topic is depth is in colour, a depth map is not. */
  grey(head: Uint8Array): { grey: boolean; deep: boolean } | undefined;
}

const containers: readonly Container[] = [
  { id: 'png', name: 'PNG', extensions: ['.png'], is: isPng, readHeader: readPngHeader, grey: pngColours },
  {
    id: 'tiff',
    name: 'TIFF',
    extensions: ['.tif', '.tiff'],
    is: isTiff,
    readHeader: readTiffHeader,
    grey: tiffColours,
  },
  {
    id: 'jpeg',
    name: 'JPEG',
    extensions: ['.jpg', '.jpeg'],
    is: isJpeg,
    readHeader: readJpegHeader,
    grey: () => undefined,
  },
  { id: 'webp', name: 'WebP', extensions: ['.webp'], is: isWebp, readHeader: readWebpHeader, grey: () => undefined },
];

/** Byte 24: bits a channel; byte 25: colour type, 0 and 4 are grey (PNG specification, 11.2.1). */
function pngColours(head: Uint8Array) {
  const grey = head[25] === 0 || head[25] === 4;
  return { grey, deep: grey && head[24] === 16 };
}

/** A TIFF's directory may lie anywhere: where the head does not hold it, the name has to do. */
function tiffColours() {
  return { grey: true, deep: true };
}

/**
 * A picture is a depth map where its name says so and it is grey, and a normal map where its name says so; any other
 * only where the user says so ("maybe": the picture's own row goes before).
 */
function rowsOf({ id, name, extensions, is, readHeader, grey }: Container): Format[] {
  const row = (
    kind: 'rgbd' | 'rgbn',
    named: (head: Uint8Array, name: string) => boolean,
    decode: Format['decode'],
  ): Format => ({
    id: `${id}-${kind === 'rgbd' ? 'depth' : 'normals'}`,
    kind,
    extensions,
    mime: `image/${id}`,
    magic: `${name}, and its name says ${kind === 'rgbd' ? 'depth or disparity' : 'normal'}`,
    maxBytes: MAX_MAP_BYTES,
    limits: MAP_LIMITS,
    detect: (head, file = '') => (is(head) ? (named(head, file) ? 'yes' : 'maybe') : 'no'),
    decode,
  });
  const read = (bytes: Uint8Array, signal?: AbortSignal) => {
    const header = readHeader(bytes);
    return pictureSamples(name, header.bytes ?? bytes, signal);
  };
  return [row('rgbd', namedDepth, decodeDepthPicture), row('rgbn', namedNormal, decodeNormalPicture)];

  function namedDepth(head: Uint8Array, file: string): boolean {
    const word = mapWord(file);
    const colours = grey(head);
    return word?.kind === 'depth' && colours !== undefined && colours.grey && (word.labels || colours.deep);
  }

  function namedNormal(head: Uint8Array, file: string): boolean {
    const word = mapWord(file);
    return word?.kind === 'normal' && word.labels && !(id === 'png' && grey(head)?.grey);
  }

  /** A TIFF in colour that speaks of depth is a picture of it, unless the user says otherwise. */
  async function decodeDepthPicture(
    bytes: Uint8Array,
    file: string,
    signal?: AbortSignal,
    tools?: DecodeTools,
  ): Promise<Media> {
    const samples = await read(bytes, signal);
    if (tools?.as === 'depth' || !isColourful(samples)) return toDepthMedia(id, file, samples, tools);
    const image = await decodeWithSharp(id, name, bytes, readHeader(bytes), signal);
    image.warnings.push('The file is named like a depth map, but it is in colour: it is read as a picture.');
    return image;
  }

  /** A plot of a normal distribution may be named like a normal map; its colours tell, and it stays a picture. */
  async function decodeNormalPicture(
    bytes: Uint8Array,
    _file: string,
    signal?: AbortSignal,
    tools?: DecodeTools,
  ): Promise<Media> {
    const samples = await read(bytes, signal);
    const decoded = samples.channels >= 3 ? decodeNormals(samples) : undefined;
    if (decoded && (tools?.as === 'normal' || decoded.unit >= 0.5 * decoded.present))
      return toNormalMedia(id, samples, decoded, tools);
    const image = await decodeWithSharp(id, name, bytes, readHeader(bytes), signal);
    image.warnings.push(
      'The file is named like a normal map, but its colours are no directions: it is read as a picture.',
    );
    return image;
  }
}

/** Whether red, green and blue differ in more than 1 % of the pixels. */
function isColourful({ values, channels }: Samples): boolean {
  if (channels < 3) return false;
  let differ = 0;
  for (let i = 0; i < values.length; i += channels)
    if (!Object.is(values[i], values[i + 1]) || !Object.is(values[i], values[i + 2])) differ++;
  return differ > (0.01 * values.length) / channels;
}

/** Depth and normal maps in the formats of pictures. */
export const formats: readonly Format[] = containers.flatMap(rowsOf);
