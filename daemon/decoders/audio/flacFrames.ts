import { errors } from '../../common/errors';

/** One frame, [start, end) in bytes, checksum included. */
export interface FlacFrame {
  start: number;
  end: number;
  /** Samples a channel. */
  samples: number;
}

/** 65,535 samples of 8 channels of 32 bits, stored as they are, and then some. */
const MAX_FRAME_BYTES = 4 * 1024 ** 2;

const CRC8 = crcTable(8, 0x07);
const CRC16 = crcTable(16, 0x8005);

function crcTable(bits: 8 | 16, polynomial: number): Uint16Array {
  const top = 1 << (bits - 1);
  const mask = bits === 8 ? 0xff : 0xffff;
  return Uint16Array.from({ length: 256 }, (_, i) => {
    let crc = i << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? (crc << 1) ^ polynomial : crc << 1;
    return crc & mask;
  });
}

/** What a frame's header says; undefined where there is no valid header at `at` (RFC 9639, section 9.1). */
export function readFlacFrameHeader(bytes: Uint8Array, at: number): { samples: number; bytes: number } | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8) return undefined;
  const sizeCode = (bytes[at + 2] ?? 0) >> 4;
  const rateCode = (bytes[at + 2] ?? 0) & 15;
  const layout = bytes[at + 3] ?? 0xff;
  if (sizeCode === 0 || rateCode === 15 || layout >> 4 > 10 || layout & 1) return undefined;
  const numberEnd = at + 4 + codedNumberBytes(bytes[at + 4] ?? 0);
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0;
  const checksumAt = numberEnd + sizeBytes + rateBytes;
  if (checksumAt >= bytes.length) return undefined;
  let crc = 0;
  for (let i = at; i < checksumAt; i++) crc = CRC8[crc ^ bytes[i]!]!;
  if (crc !== bytes[checksumAt]) return undefined;
  return { samples: blockSize(bytes, sizeCode, numberEnd), bytes: checksumAt + 1 - at };
}

/** Length of the frame or sample number, which is coded as UTF-8 codes characters, up to 7 bytes. */
function codedNumberBytes(first: number): number {
  if (first < 0x80) return 1;
  return Math.max(1, Math.clz32(~(first << 24)));
}

function blockSize(bytes: Uint8Array, code: number, at: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 576 << (code - 2);
  if (code === 6) return bytes[at]! + 1;
  if (code === 7) return ((bytes[at]! << 8) | bytes[at + 1]!) + 1;
  return 256 << (code - 8);
}

/**
 * Cuts [from, end) into frames. Frames carry no length: one ends where its CRC-16 comes out and the next header (or
 * the end) follows. Throws FILE_DAMAGED where a checksum fails but later frames are there, FILE_TRUNCATED where the
 * last frame is incomplete.
 */
export function* flacFrames(bytes: Uint8Array, from: number, end: number): Generator<FlacFrame> {
  const sound = bytes.subarray(0, end);
  for (let start = from; start < end; ) {
    const header = readFlacFrameHeader(sound, start);
    if (!header) throw brokenFrame(sound, start);
    const next = frameEnd(sound, start, header.bytes);
    if (next === undefined) throw brokenFrame(sound, start);
    yield { start, end: next, samples: header.samples };
    start = next;
  }
}

function frameEnd(sound: Uint8Array, start: number, headerBytes: number): number | undefined {
  let crc = 0;
  if (sound.length - start > MAX_FRAME_BYTES) sound = sound.subarray(0, start + MAX_FRAME_BYTES);
  for (let i = start; i < sound.length; i++) {
    const isNext = crc === 0 && i > start + headerBytes && sound[i] === 0xff && readFlacFrameHeader(sound, i);
    if (isNext) return i;
    crc = (CRC16[(crc >> 8) ^ sound[i]!]! ^ (crc << 8)) & 0xffff;
  }
  return crc === 0 && sound.length - start < MAX_FRAME_BYTES ? sound.length : undefined;
}

function brokenFrame(sound: Uint8Array, start: number): Error {
  for (let i = sound.indexOf(0xff, start + 1); i >= 0; i = sound.indexOf(0xff, i + 1))
    if (readFlacFrameHeader(sound, i)) return errors.damaged('FLAC', `the frame at byte ${start} fails its checksum`);
  return errors.truncated('FLAC', `its last frame, at byte ${start}, is incomplete`);
}
