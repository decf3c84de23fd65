import { errors } from '../../../common/errors';
import { WorkPacer } from '../../workPacer';
import { halfToNumber } from '../npyValues';
import type { Samples } from '../samples';
import { BLOCK_LINES, unpackBlock } from './exrBlock';
import type { ExrHeader } from './exrHeader';

/** A piece of the picture and where its bytes are. */
interface Chunk {
  x: number;
  y: number;
  width: number;
  height: number;
  start: number;
  length: number;
}

/** The given channels of the whole data window, interleaved. Throws FILE_DAMAGED, FILE_TRUNCATED, FILE_UNSUPPORTED. */
export async function readExr(
  bytes: Uint8Array,
  header: ExrHeader,
  indices: readonly number[],
  signal?: AbortSignal,
): Promise<Samples> {
  const { width, height, channels, compression } = header;
  const lines = BLOCK_LINES[compression];
  if (lines === undefined)
    throw errors.unsupported('EXR', `the compression ${compression.toUpperCase()}; ZIP and PIZ can be read`);
  const count = header.tile
    ? Math.ceil(width / header.tile.width) * Math.ceil(height / header.tile.height)
    : Math.ceil(height / lines);
  if (count * 8 > bytes.length - header.tableStart)
    throw errors.truncated('EXR', `its table of ${count} blocks does not fit the file`);
  const values = new Float32Array(width * height * indices.length).fill(Number.NaN);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pacer = new WorkPacer(signal);
  for (let i = 0; i < count; i++) {
    const chunk = findChunk(view, header, i, lines);
    const packed = bytes.subarray(chunk.start, chunk.start + chunk.length);
    copy(unpackBlock(compression, packed, { ...chunk, channels }), chunk, header, indices, values);
    await pacer.breathe();
  }
  const bits = 8 * channels[indices[0]!]!.size;
  return {
    width,
    height,
    channels: indices.length,
    values,
    bits,
    float: channels[indices[0]!]!.type !== 'uint',
    warnings: [],
  };
}

function findChunk(
  view: DataView,
  { tile, tableStart, top, width, height }: ExrHeader,
  i: number,
  lines: number,
): Chunk {
  const at = Number(view.getBigUint64(tableStart + 8 * i, true));
  const head = tile ? 20 : 8;
  if (at === 0) throw errors.truncated('EXR', `block ${i + 1} was never written`);
  if (at < tableStart || at + head > view.byteLength)
    throw errors.truncated('EXR', `block ${i + 1} is said to be at byte ${at}, beyond the end`);
  const number = (index: number) => view.getInt32(at + 4 * index, true);
  const [x, y] = tile ? [number(0) * tile.width, number(1) * tile.height] : [0, number(0) - top];
  const length = number(head / 4 - 1);
  if (x < 0 || y < 0 || x >= width || y >= height || length < 0)
    throw errors.damaged('EXR', `block ${i + 1} is no part of the picture`);
  if (at + head + length > view.byteLength)
    throw errors.truncated('EXR', `block ${i + 1} ends at byte ${at + head + length} of ${view.byteLength}`);
  const size = {
    width: Math.min(tile?.width ?? width, width - x),
    height: Math.min(tile?.height ?? lines, height - y),
  };
  return { x, y, ...size, start: at + head, length };
}

function copy(
  raw: Uint8Array,
  { x, y, width, height }: Chunk,
  header: ExrHeader,
  indices: readonly number[],
  values: Float32Array,
): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const lineBytes = width * header.channels.reduce((sum, c) => sum + c.size, 0);
  indices.forEach((index, to) => {
    const { type, size } = header.channels[index]!;
    const before = width * header.channels.slice(0, index).reduce((sum, c) => sum + c.size, 0);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const at = row * lineBytes + before + column * size;
        const pixel = (y + row) * header.width + x + column;
        values[pixel * indices.length + to] =
          type === 'half'
            ? halfToNumber(view.getUint16(at, true))
            : type === 'float'
              ? view.getFloat32(at, true)
              : view.getUint32(at, true);
      }
  });
}
