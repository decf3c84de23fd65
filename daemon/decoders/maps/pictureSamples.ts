import { errors } from '../../common/errors';
import { translateSharpError } from '../image/sharpError';
import { openImage } from '../image/sharpLoader';
import { withLimit } from '../image/withLimit';
import { checkMapSides } from './mapLimits';
import type { Samples } from './samples';

const TIME_LIMIT = 30;

/** The numbers of a picture as the file has them: 8 or 16 bits or floating point, no colour management. `name` is for errors. */
export async function pictureSamples(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<Samples> {
  try {
    return await withLimit(read(name, bytes), `Decoding the ${name} map`, TIME_LIMIT, signal);
  } catch (error) {
    throw translateSharpError(error, name);
  }
}

async function read(name: string, bytes: Uint8Array): Promise<Samples> {
  const meta = await (await openImage(bytes)).metadata();
  checkMapSides(name, meta.width, meta.height);
  const grey = meta.channels < 3;
  if (meta.depth === 'float' || meta.depth === 'double') return rawSamples(bytes, 'float', undefined, 32);
  if (meta.depth === 'ushort') return rawSamples(bytes, 'ushort', grey ? 'grey16' : 'rgb16', 16);
  if (meta.depth === 'uchar') return rawSamples(bytes, 'uchar', grey ? 'b-w' : 'srgb', 8);
  throw errors.unsupported(name, `values of the type ${meta.depth} in a map`);
}

async function rawSamples(
  bytes: Uint8Array,
  depth: 'float' | 'ushort' | 'uchar',
  space: string | undefined,
  bits: number,
): Promise<Samples> {
  const opened = await openImage(bytes, { failOn: 'error' });
  const image = space ? opened.toColourspace(space) : opened;
  const { data, info } = await image.raw({ depth }).toBuffer({ resolveWithObject: true });
  const raw = data.buffer.slice(data.byteOffset, data.byteOffset + data.length);
  const numbers = depth === 'float' ? new Float32Array(raw) : depth === 'ushort' ? new Uint16Array(raw) : data;
  const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  const { width, height, channels } = info;
  return { width, height, channels, values, bits, float: depth === 'float', warnings: [] };
}
