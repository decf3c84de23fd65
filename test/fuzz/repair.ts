/** Makes the checksums of a damaged file right again, so that the damage reaches the parser behind them. */

/** Table of a reflected or a plain CRC. */
function table(width: 8 | 16 | 32, polynomial: number, reflected: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = reflected ? byte : byte * 2 ** (width - 8);
    for (let bit = 0; bit < 8; bit++) {
      if (reflected) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
      else value = value & (2 ** (width - 1)) ? (value << 1) ^ polynomial : value << 1;
    }
    return width === 32 ? value >>> 0 : value & (2 ** width - 1);
  });
}

/** ISO 3309: PNG, ZIP, gzip. */
const CRC32 = table(32, 0xedb8_8320, true);
/** Ogg (RFC 3533): the same polynomial, not reflected, from zero. */
const OGG = table(32, 0x04c1_1db7, false);
/** FLAC (RFC 9639): x^8 + x^2 + x + 1, and x^16 + x^15 + x^2 + 1. */
const FLAC8 = table(8, 0x07, false);
const FLAC16 = table(16, 0x8005, false);

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = CRC32[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function oggCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ OGG[((crc >>> 24) ^ byte) & 255]!;
  return crc >>> 0;
}

/** The file with every checksum that it has mended; the same bytes where its format has none. */
export function repairChecksums(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  const magic = file.toString('latin1', 0, 4);
  if (magic === '\x89PNG') return repairPng(file);
  if (magic === 'OggS') return repairOgg(file);
  if (magic === 'fLaC') return repairFlac(file);
  return bytes;
}

/** In place. Stops at a chunk that reaches beyond the file. */
export function repairPng(file: Buffer): Buffer {
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return file;
}

/** In place, page by page, wherever a page begins. */
function repairOgg(file: Buffer): Buffer {
  for (let at = file.indexOf('OggS', 0, 'latin1'); at >= 0 && at + 27 <= file.length; ) {
    const lacing = file.subarray(at + 27, at + 27 + file[at + 26]!);
    const end = at + 27 + lacing.length + lacing.reduce((sum, n) => sum + n, 0);
    if (end <= file.length) {
      file.writeUInt32LE(0, at + 22);
      file.writeUInt32LE(oggCrc(file.subarray(at, end)), at + 22);
    }
    at = file.indexOf('OggS', Math.min(end, file.length), 'latin1');
  }
  return file;
}

/** In place: CRC-8 of each frame's header, CRC-16 of each frame up to the next one's sync code. */
function repairFlac(file: Buffer): Buffer {
  const starts: number[] = [];
  for (let at = 42; at + 6 < file.length; at++)
    if (file[at] === 0xff && (file[at + 1]! & 0xfe) === 0xf8 && file[at + 2]! >> 4 > 0 && (file[at + 3]! & 1) === 0)
      starts.push(at);
  for (const [i, at] of starts.entries()) {
    const size = flacHeaderSize(file, at);
    const end = starts[i + 1] ?? file.length;
    if (at + size + 3 > end) continue;
    file[at + size] = file.subarray(at, at + size).reduce((crc, byte) => FLAC8[crc ^ byte]!, 0);
    const crc = file
      .subarray(at, end - 2)
      .reduce((c, byte) => ((c << 8) ^ FLAC16[((c >>> 8) ^ byte) & 255]!) & 0xffff, 0);
    file.writeUInt16BE(crc, end - 2);
  }
  return file;
}

/** Bytes before the CRC-8: sync, codes, a coded number of 1 to 7 bytes, block size and rate where they stand there. */
function flacHeaderSize(file: Buffer, at: number): number {
  const [block, rate] = [file[at + 2]! >> 4, file[at + 2]! & 15];
  const first = file[at + 4]!;
  const number = first < 0x80 ? 1 : Math.min(7, Math.clz32((~first << 24) >>> 0 || 1));
  return (
    4 +
    Math.max(1, number) +
    (block === 6 ? 1 : block === 7 ? 2 : 0) +
    (rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0)
  );
}
