import { errors } from '../../../common/errors';
import { ByteReader } from '../../image/byteReader';
import { checkMapSides } from '../mapLimits';

/** One channel, in the file's order (by name). */
export interface ExrChannel {
  name: string;
  type: 'uint' | 'half' | 'float';
  /** Bytes a value. */
  size: 2 | 4;
}

/** A rectangle of `width` by `height` pixels. */
export interface ExrBlock {
  width: number;
  height: number;
  channels: readonly ExrChannel[];
}

/** What the reader needs of the header (openexr.com, "OpenEXR File Layout"). */
export interface ExrHeader {
  channels: ExrChannel[];
  compression: ExrCompression;
  /** Of the data window. */
  width: number;
  height: number;
  left: number;
  top: number;
  /** Sides of a tile; absent = scan lines. */
  tile?: { width: number; height: number };
  /** First byte of the table of offsets. */
  tableStart: number;
}

const COMPRESSIONS = ['none', 'rle', 'zips', 'zip', 'piz', 'pxr24', 'b44', 'b44a', 'dwaa', 'dwab'] as const;
export type ExrCompression = (typeof COMPRESSIONS)[number];

const TYPES = ['uint', 'half', 'float'] as const;
const MAX_NAME = 256;
const MAX_ATTRIBUTES = 1000;
const MAX_CHANNELS = 1024;
const [TILED, DEEP, MULTIPART] = [0x200, 0x800, 0x1000];

export function isExr(head: Uint8Array): boolean {
  return head[0] === 0x76 && head[1] === 0x2f && head[2] === 0x31 && head[3] === 0x01;
}

/** Throws FILE_DAMAGED, FILE_TRUNCATED, FILE_TOO_LARGE, and FILE_UNSUPPORTED for deep data and several parts. */
export function readExrHeader(bytes: Uint8Array): ExrHeader {
  const read = new ByteReader(bytes, 'EXR', true);
  if (!isExr(bytes)) throw errors.damaged('EXR', 'it does not begin with its signature');
  const version = read.u32(4);
  if ((version & 0xff) !== 2) throw errors.unsupported('EXR', `version ${version & 0xff} of the format`);
  if (version & DEEP) throw errors.unsupported('EXR', 'deep data (several samples a pixel)');
  if (version & MULTIPART) throw errors.unsupported('EXR', 'several parts; extract the one with the map');
  const { attributes, end } = readAttributes(read);
  const need = (name: string): number => {
    const at = attributes.get(name);
    if (at === undefined) throw errors.damaged('EXR', `its header has no "${name}"`);
    return at;
  };
  const window = need('dataWindow');
  const [left, top] = [read.i32(window), read.i32(window + 4)];
  const [width, height] = [read.i32(window + 8) - left + 1, read.i32(window + 12) - top + 1];
  checkMapSides('EXR', width, height);
  const compression = COMPRESSIONS[read.u8(need('compression'))];
  if (!compression) throw errors.damaged('EXR', `its compression is number ${read.u8(need('compression'))}`);
  const channels = readChannels(read, need('channels'));
  const tile = version & TILED ? readTile(read, need('tiles')) : undefined;
  return { channels, compression, width, height, left, top, ...(tile && { tile }), tableStart: end };
}

/** Name -> first byte of its value. */
function readAttributes(read: ByteReader): { attributes: Map<string, number>; end: number } {
  const attributes = new Map<string, number>();
  let at = 8;
  for (let n = 0; n < MAX_ATTRIBUTES; n++) {
    if (read.u8(at) === 0) return { attributes, end: at + 1 };
    const name = readName(read, at);
    const type = readName(read, at + name.length + 1);
    const value = at + name.length + type.length + 2 + 4;
    const size = read.i32(value - 4);
    read.need(value, Math.max(0, size), `the attribute "${name}"`);
    if (size < 0) throw errors.damaged('EXR', `its attribute "${name}" has ${size} bytes`);
    attributes.set(name, value);
    at = value + size;
  }
  throw errors.damaged('EXR', `its header has more than ${MAX_ATTRIBUTES} attributes`);
}

function readName(read: ByteReader, at: number): string {
  let length = 0;
  while (read.u8(at + length) !== 0)
    if (++length > MAX_NAME) throw errors.damaged('EXR', `there is no name at byte ${at}`);
  return read.text(at, length);
}

function readChannels(read: ByteReader, start: number): ExrChannel[] {
  const channels: ExrChannel[] = [];
  for (let at = start; read.u8(at) !== 0; ) {
    const name = readName(read, at);
    at += name.length + 1;
    const type = TYPES[read.u32(at)];
    if (!type) throw errors.damaged('EXR', `its channel "${name}" has the type ${read.u32(at)}`);
    if (read.i32(at + 8) !== 1 || read.i32(at + 12) !== 1)
      throw errors.unsupported('EXR', `a channel "${name}" of fewer pixels than the picture`);
    channels.push({ name, type, size: type === 'half' ? 2 : 4 });
    if (channels.length > MAX_CHANNELS) throw errors.damaged('EXR', `it has more than ${MAX_CHANNELS} channels`);
    at += 16;
  }
  if (channels.length === 0) throw errors.noContent('EXR', 'channels');
  return channels;
}

function readTile(read: ByteReader, at: number): { width: number; height: number } {
  const tile = { width: read.u32(at), height: read.u32(at + 4) };
  if ((read.u8(at + 8) & 15) > 1) throw errors.unsupported('EXR', 'tiles at several scales in both directions');
  checkMapSides('EXR', tile.width, tile.height);
  return tile;
}
