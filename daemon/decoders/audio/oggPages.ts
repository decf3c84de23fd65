import { errors } from '../../common/errors';
import type { WorkPacer } from '../workPacer';
import { fourCc } from './riff';

const HEADER = 27;
/** Two hours of one 20 ms packet a page are 360,000. */
const MAX_PAGES = 1_000_000;
const MAX_STREAMS = 64;
const FIRST = 2;
const LAST = 4;

/** One Ogg page (RFC 3533, section 6). */
export interface OggPage {
  start: number;
  end: number;
  /** First byte after the segment table. */
  body: number;
  continued: boolean;
  first: boolean;
  last: boolean;
  /** Position that the codec gives to the page's end; -1 where no packet ends on it. */
  granule: number;
  serial: number;
  sequence: number;
}

export type OggCodec = 'vorbis' | 'opus' | 'flac';

/** Signatures of the first packets. */
const CODECS: ReadonlyArray<readonly [signature: string, name: string]> = [
  ['\x01vorbis', 'vorbis'],
  ['OpusHead', 'opus'],
  ['\x7fFLAC', 'flac'],
  ['Speex   ', 'Speex'],
  ['\x80theora', 'Theora'],
  ['fishead\0', 'Skeleton'],
];
const READ: readonly string[] = ['vorbis', 'opus', 'flac'] satisfies OggCodec[];

const isRead = (name: string | undefined): name is OggCodec => name !== undefined && READ.includes(name);

/** The page at `at`; undefined if its end is not there. Throws FILE_DAMAGED if there is no page. */
function readPage(bytes: Uint8Array, at: number): OggPage | undefined {
  if (fourCc(bytes, at) !== 'OggS'.slice(0, bytes.length - at))
    throw errors.damaged('Ogg', `there is no page at byte ${at}`);
  if (at + HEADER > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER);
  const body = at + HEADER + view.getUint8(26);
  if (body > bytes.length) return undefined;
  const end = bytes.subarray(at + HEADER, body).reduce((sum, length) => sum + length, body);
  if (end > bytes.length) return undefined;
  const flags = view.getUint8(5);
  return {
    start: at,
    end,
    body,
    continued: (flags & 1) !== 0,
    first: (flags & FIRST) !== 0,
    last: (flags & LAST) !== 0,
    granule: Number(view.getBigInt64(6, true)),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
  };
}

/** The codec that a first page names, or undefined. Needs only the page's first bytes. */
function codecOf(bytes: Uint8Array, page: { body: number }): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(page.body, page.body + 8));
  return CODECS.find(([signature]) => head.startsWith(signature))?.[1];
}

/** The codec of the first readable stream among the pages that open the file; "" if it is an Ogg file of another. */
export function detectOgg(head: Uint8Array): OggCodec | '' | undefined {
  for (let at = 0; fourCc(head, at) === 'OggS' && at + HEADER < head.length; ) {
    const codec = codecOf(head, { body: at + HEADER + head[at + 26]! });
    if (isRead(codec)) return codec;
    const page = readPage(head, at);
    if (!page?.first) return '';
    at = page.end;
  }
  return fourCc(head, 0) === 'OggS' ? '' : undefined;
}

/** One logical stream of an Ogg file. */
export interface OggStream {
  codec: OggCodec;
  pages: OggPage[];
  warnings: string[];
}

/**
 * Finds the first sound stream and all its pages. Each page's checksum is proven (FILE_DAMAGED); a page that is not
 * whole, or a missing number among them, means FILE_TRUNCATED or FILE_DAMAGED. A file that stops between two pages
 * without the end-of-stream mark is legal for live recordings: it is read, with a warning.
 */
export async function readOggStream(bytes: Uint8Array, pacer: WorkPacer): Promise<OggStream> {
  let codec: OggCodec | undefined;
  let others: string[] = [];
  const warnings: string[] = [];
  const pages: OggPage[] = [];
  for (let at = 0; at < bytes.length; ) {
    const page = readPage(bytes, at);
    if (!page) throw errors.truncated('Ogg', `the file ends inside its page at byte ${at}`);
    if (!checksumHolds(bytes, page)) throw errors.damaged('Ogg', `the page at byte ${at} fails its checksum`);
    at = page.end;
    await pacer.breathe();
    if (pages.at(-1)?.last) {
      warnings.push('Only the first of several recordings in this file is read.');
      break;
    }
    if (codec && page.serial === pages[0]?.serial) pages.push(inOrder(page, pages));
    else if (page.first && !codec && others.length < MAX_STREAMS) {
      const name = codecOf(bytes, page);
      if (isRead(name)) {
        codec = name;
        pages.push(page);
      } else others.push(name ?? 'an unknown one');
    }
  }
  others = others.filter((name) => name !== 'Skeleton');
  if (!codec) throw errors.unsupported('Ogg', `the codec ${others[0] ?? 'of no sound stream'}`);
  if (others.length > 0) warnings.push(`Only the sound is read, not ${others.join(', ')}.`);
  if (!pages.at(-1)?.last) warnings.push('The end-of-stream mark is missing; the file may have been cut short.');
  return { codec, pages, warnings };
}

function inOrder(page: OggPage, pages: readonly OggPage[]): OggPage {
  const expected = (pages.at(-1)?.sequence ?? -1) + 1;
  if (pages.length === MAX_PAGES) throw errors.tooLarge('Ogg file', 'more than 1,000,000 pages', '1,000,000 pages');
  if (page.sequence !== expected)
    throw errors.damaged('Ogg', `page ${expected} is missing (page ${page.sequence} follows at byte ${page.start})`);
  return page;
}

const CRC32 = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  return crc;
});

function checksumHolds(bytes: Uint8Array, { start, end }: OggPage): boolean {
  const stored = new DataView(bytes.buffer, bytes.byteOffset).getUint32(start + 22, true);
  return oggChecksum(bytes, start, end) === stored;
}

/** CRC-32 of [start, end) (polynomial 0x04c11db7, no reflection, start 0) with the checksum's own bytes as 0. */
export function oggChecksum(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) {
    const byte = i >= start + 22 && i < start + 26 ? 0 : bytes[i]!;
    crc = (crc << 8) ^ CRC32[(crc >>> 24) ^ byte]!;
  }
  return crc >>> 0;
}

/** The packets of a stream in order, put together across segments and pages. A packet without its end is let go. */
export function* oggPackets(bytes: Uint8Array, pages: readonly OggPage[]): Generator<Uint8Array> {
  let parts: Uint8Array[] = [];
  for (const page of pages) {
    let at = page.body;
    let from = at;
    if (!page.continued) parts = [];
    for (let segment = page.start + HEADER; segment < page.body; segment++) {
      at += bytes[segment]!;
      if (bytes[segment] === 255) continue;
      const part = bytes.subarray(from, at);
      yield parts.length === 0 ? part : Buffer.concat([...parts, part]);
      parts = [];
      from = at;
    }
    if (from < at) parts.push(bytes.subarray(from, at));
  }
}
