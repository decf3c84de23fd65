import { errors } from '../../common/errors';
import type { ByteSource } from '../format';
import { ArithmeticDecoder, SymbolModel } from './arithmeticDecoder';
import type { LasHeader } from './lasHeader';

/** Points that are unpacked on their own. */
export interface LazChunk {
  start: number;
  bytes: number;
  points: number;
}

const LASZIP_RECORD = 'laszip encoded/22204';
/** A chunk of this many points says that each has its own number. */
const VARIABLE = 0xffffffff;
const MAX_CHUNKS = 4_000_000;
/** Above this a chunk is no piece any more: 16 million points of 16 bytes. */
const MAX_CHUNK_BYTES = 256 * 1024 ** 2;

/** Where the chunks of a LAZ file are, by the table that LASzip writes behind them. */
export async function findLazChunks(source: ByteSource, header: LasHeader): Promise<LazChunk[]> {
  const record = header.records.get(LASZIP_RECORD);
  if (!record || record.length < 34) throw errors.damaged('LAZ', 'it has no record of how it was packed');
  const info = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const compressor = info.getUint16(0, true);
  if (compressor === 1)
    return [checked({ start: header.dataStart, bytes: source.size - header.dataStart, points: header.points }, source)];
  if (compressor !== 2 && compressor !== 3) throw errors.unsupported('LAZ', `the packing ${compressor}`);
  checkItems(info, header.stride);
  const pointsAChunk = info.getUint32(12, true);
  if (pointsAChunk === 0) throw errors.damaged('LAZ', 'its chunks hold 0 points');
  const { place, table } = await readTable(source, header);
  const chunks: LazChunk[] = [];
  let start = header.dataStart + 8;
  let left = header.points;
  for (const { bytes, points } of unpackTable(table, pointsAChunk === VARIABLE)) {
    const chunk = { start, bytes, points: Math.min(left, points ?? pointsAChunk) };
    if (chunk.points > 0) chunks.push(checked(chunk, source));
    start += bytes;
    left -= chunk.points;
  }
  if (start !== place) throw errors.damaged('LAZ', `its chunks end at byte ${start}, their table begins at ${place}`);
  if (left > 0) throw errors.truncated('LAZ', `its chunks hold ${header.points - left} of the ${header.points} points`);
  return chunks;
}

/** The parts of a record that are packed each in its own way (type, size, version) must make a whole record. */
function checkItems(info: DataView, stride: number): void {
  const count = info.getUint16(32, true);
  if (34 + 6 * count > info.byteLength)
    throw errors.damaged('LAZ', `its record of packing is too short for ${count} parts`);
  let bytes = 0;
  for (let i = 0; i < count; i++) bytes += info.getUint16(34 + 6 * i + 2, true);
  if (bytes !== stride) throw errors.damaged('LAZ', `points of ${stride} bytes are said to have parts of ${bytes}`);
}

/** The packed bytes must be there; a point of a chunk beyond the first takes a bit of it at least now and then. */
function checked(chunk: LazChunk, source: ByteSource): LazChunk {
  if (chunk.bytes <= 0 || chunk.start + chunk.bytes > source.size)
    throw errors.truncated('LAZ', `a chunk of ${chunk.bytes} bytes at byte ${chunk.start} is not all there`);
  if (chunk.bytes > MAX_CHUNK_BYTES)
    throw errors.tooLarge('chunk of the LAZ file', `${chunk.bytes} bytes`, `${MAX_CHUNK_BYTES} bytes`);
  if (chunk.points > chunk.bytes * 64)
    throw errors.damaged('LAZ', `a chunk of ${chunk.bytes} bytes cannot hold ${chunk.points} points`);
  return chunk;
}

/** The table's place stands before the first chunk; -1: in the last 8 bytes of the file. */
async function readTable(source: ByteSource, { dataStart }: LasHeader): Promise<{ place: number; table: Uint8Array }> {
  const placeAt = async (at: number) => {
    const bytes = await source.read(at, 8);
    if (bytes.length < 8) throw errors.truncated('LAZ', 'the file ends before its chunks');
    return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true));
  };
  let place = await placeAt(dataStart);
  if (place === -1) place = await placeAt(source.size - 8);
  if (place < dataStart + 8 || place + 8 > source.size)
    throw errors.truncated('LAZ', `its table of chunks is at byte ${place}, the file has ${source.size}`);
  return { place, table: await source.read(place, Math.min(source.size - place, MAX_CHUNKS * 10)) };
}

function unpackTable(table: Uint8Array, isVariable: boolean): Array<{ bytes: number; points?: number }> {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const count = view.getUint32(4, true);
  if (view.getUint32(0, true) !== 0) throw errors.unsupported('LAZ', 'a table of chunks of another version');
  // the least that an entry takes: a well-foreseen one costs a small part of a bit
  if (count > MAX_CHUNKS || count > 1000 + table.length * 512)
    throw errors.damaged('LAZ', `its table of ${table.length} bytes is said to have ${count} chunks`);
  const numbers = new IntegerDecoder(table.subarray(8));
  let [points, bytes] = [0, 0];
  return Array.from({ length: count }, () => {
    if (isVariable) points = numbers.next(points, 0);
    bytes = numbers.next(bytes, 1);
    return isVariable ? { bytes, points } : { bytes };
  });
}

const HIGH_BITS = 8;

/** LASzip's integer compressor of 32 bits in two contexts: the difference to what was foreseen, its bits first. */
class IntegerDecoder {
  private readonly decoder: ArithmeticDecoder;
  private readonly sizes = [new SymbolModel(33), new SymbolModel(33)] as const;
  private readonly correctors = Array.from({ length: 32 }, (_, k) => new SymbolModel(1 << Math.min(k, HIGH_BITS)));
  private readonly zeroOrOne = new BitModel();

  constructor(bytes: Uint8Array) {
    this.decoder = new ArithmeticDecoder(bytes);
  }

  next(foreseen: number, context: 0 | 1): number {
    return (foreseen + this.difference(context)) | 0;
  }

  private difference(context: 0 | 1): number {
    const k = this.decoder.symbol(this.sizes[context]);
    if (k === 0) return this.zeroOrOne.read(this.decoder);
    if (k === 32) return -(2 ** 31);
    let c = this.decoder.symbol(this.correctors[k]!);
    if (k > HIGH_BITS) c = c * 2 ** (k - HIGH_BITS) + this.low(k - HIGH_BITS);
    return c >= 2 ** (k - 1) ? c + 1 : c - (2 ** k - 1);
  }

  private low(bits: number): number {
    if (bits <= 19) return this.decoder.bits(bits);
    const low = this.decoder.bits(16);
    return this.decoder.bits(bits - 16) * 65_536 + low;
  }
}

/** One bit with adapting probability (LASzip's ArithmeticBitModel). */
class BitModel {
  private zeros = 1;
  private count = 2;
  private probability = 1 << 12;
  private cycle = 4;
  private untilUpdate = 4;

  read(decoder: ArithmeticDecoder): number {
    const bit = decoder.bit(this.probability);
    if (bit === 0) this.zeros++;
    if (--this.untilUpdate === 0) this.update();
    return bit;
  }

  private update(): void {
    this.count += this.cycle;
    if (this.count > 8192) {
      this.count = (this.count + 1) >> 1;
      this.zeros = (this.zeros + 1) >> 1;
      if (this.zeros === this.count) this.count++;
    }
    const scale = Math.floor(0x80000000 / this.count);
    this.probability = Math.floor((this.zeros * scale) / 2 ** 18);
    this.cycle = Math.min((5 * this.cycle) >> 2, 64);
    this.untilUpdate = this.cycle;
  }
}
