import { errors } from '../../common/errors';
import { latin1 } from './numberScanner';

export type PlyEncoding = 'ascii' | 'binary_little_endian' | 'binary_big_endian';

/** The scalar types of the format, by their size in bytes; each has an old and a sized name. */
export type PlyScalar = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'f32' | 'f64';

export interface PlyProperty {
  name: string;
  type: PlyScalar;
  /** Set for a list: the type of its length. */
  countType?: PlyScalar;
}

export interface PlyElement {
  name: string;
  count: number;
  properties: PlyProperty[];
}

export interface PlyHeader {
  encoding: PlyEncoding;
  elements: PlyElement[];
  /** First byte of the data. */
  dataStart: number;
}

export const scalarBytes = { i8: 1, u8: 1, i16: 2, u16: 2, i32: 4, u32: 4, f32: 4, f64: 8 } as const;

const scalarNames: Readonly<Record<string, PlyScalar>> = {
  char: 'i8',
  int8: 'i8',
  uchar: 'u8',
  uint8: 'u8',
  short: 'i16',
  int16: 'i16',
  ushort: 'u16',
  uint16: 'u16',
  int: 'i32',
  int32: 'i32',
  uint: 'u32',
  uint32: 'u32',
  float: 'f32',
  float32: 'f32',
  double: 'f64',
  float64: 'f64',
};
const ENCODINGS: readonly PlyEncoding[] = ['ascii', 'binary_little_endian', 'binary_big_endian'];
/** Comments can make headers long; beyond this it is no header. */
const MAX_HEADER_BYTES = 1024 ** 2;

/** Parses the header (Greg Turk, "The PLY Polygon File Format"), which is text in every encoding. */
export function parsePlyHeader(bytes: Uint8Array): PlyHeader {
  const text = latin1(bytes, 0, MAX_HEADER_BYTES);
  const end = /(^|[\r\n])end_header[ \t]*(\r\n|\n|\r|$)/.exec(text);
  if (!end) throw noEnd(bytes.length);
  const elements: PlyElement[] = [];
  let encoding: PlyEncoding | undefined;
  for (const line of text.slice(0, end.index).split(/[\r\n]+/)) {
    const words = line.trim().split(/[ \t]+/);
    if (words[0] === 'format') encoding = parseEncoding(words[1]);
    if (words[0] === 'element') elements.push({ name: words[1] ?? '', count: Number(words[2]), properties: [] });
    if (words[0] === 'property') lastOf(elements, line).properties.push(parseProperty(words, line));
  }
  if (!encoding) throw errors.damaged('PLY', 'its header has no line "format"');
  return { encoding, elements, dataStart: end.index + lineEndLength(text, end) };
}

function noEnd(fileBytes: number): Error {
  return fileBytes < MAX_HEADER_BYTES
    ? errors.truncated('PLY', 'the file ends before "end_header"')
    : errors.damaged('PLY', 'there is no "end_header" in its first MiB');
}

/** A file whose lines end in CR alone may start its data with a byte 10, which is no part of the line's end. */
function lineEndLength(text: string, end: RegExpExecArray): number {
  const onlyReturns = end[2] === '\r\n' && !text.slice(0, end.index + 1).includes('\n');
  return end[0].length - (onlyReturns ? 1 : 0);
}

function parseEncoding(word: string | undefined): PlyEncoding {
  const encoding = ENCODINGS.find((name) => name === word);
  if (!encoding) throw errors.unsupported('PLY', `the encoding ${JSON.stringify(word ?? '')}`);
  return encoding;
}

function lastOf(elements: PlyElement[], line: string): PlyElement {
  const last = elements.at(-1);
  if (!last) throw errors.damaged('PLY', `its header has ${JSON.stringify(line.slice(0, 80))} before any element`);
  return last;
}

function parseProperty(words: string[], line: string): PlyProperty {
  const isList = words[1] === 'list';
  const [countName, typeName, name] = isList ? words.slice(2) : [undefined, words[1], words[2]];
  const type = scalarNames[typeName ?? ''];
  const countType = scalarNames[countName ?? ''];
  if (!type || name === undefined || (isList && !countType))
    throw errors.damaged('PLY', `its header has the line ${JSON.stringify(line.slice(0, 80))}`);
  return countType ? { name, type, countType } : { name, type };
}
