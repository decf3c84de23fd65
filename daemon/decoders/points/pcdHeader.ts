import { errors } from '../../common/errors';
import { latin1 } from './numberScanner';

export type PcdEncoding = 'ascii' | 'binary' | 'binary_compressed';

export interface PcdField {
  name: string;
  /** "F" float, "I" signed, "U" unsigned. */
  type: 'F' | 'I' | 'U';
  /** Bytes of one value: 1, 2, 4 or 8. */
  size: number;
  /** Values of this field a point. */
  count: number;
  /** Of the first value within a point, in bytes. */
  offset: number;
  /** Of the first value within a point, in values. */
  column: number;
}

export interface PcdHeader {
  encoding: PcdEncoding;
  fields: PcdField[];
  /** Bytes of one point. */
  stride: number;
  /** Values of one point. */
  columns: number;
  points: number;
  /** First byte of the data. */
  dataStart: number;
  warnings: string[];
}

const ENCODINGS: readonly PcdEncoding[] = ['ascii', 'binary', 'binary_compressed'];
const TYPES: Readonly<Record<string, readonly number[]>> = { F: [4, 8], I: [1, 2, 4, 8], U: [1, 2, 4, 8] };
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_FIELDS = 1024;
const MAX_FIELD_COUNT = 4096;

/** Parses the header (pointclouds.org, "The PCD file format", version 0.7), which ends with the line DATA. */
export function parsePcdHeader(bytes: Uint8Array): PcdHeader {
  const text = latin1(bytes, 0, MAX_HEADER_BYTES);
  const data = /(^|\n)DATA[ \t]+(\S+)[ \t]*\r?\n/.exec(text);
  if (!data) throw noData(bytes.length);
  const lines = new Map<string, string[]>();
  for (const line of text.slice(0, data.index).split(/\r?\n/)) {
    const [key, ...values] = line.trim().split(/[ \t]+/);
    if (key && !key.startsWith('#')) lines.set(key, values);
  }
  const encoding = ENCODINGS.find((name) => name === data[2]);
  if (!encoding) throw errors.unsupported('PCD', `the encoding ${JSON.stringify(data[2])}`);
  const fields = parseFields(lines);
  const warnings: string[] = [];
  return {
    encoding,
    fields,
    stride: fields.reduce((sum, { size, count }) => sum + size * count, 0),
    columns: fields.reduce((sum, { count }) => sum + count, 0),
    points: declaredPoints(lines, warnings),
    dataStart: data.index + data[0].length,
    warnings,
  };
}

function noData(fileBytes: number): Error {
  return fileBytes < MAX_HEADER_BYTES
    ? errors.truncated('PCD', 'the file ends before the line DATA')
    : errors.damaged('PCD', 'there is no line DATA in its first 64 KiB');
}

function parseFields(lines: ReadonlyMap<string, string[]>): PcdField[] {
  const names = lines.get('FIELDS') ?? lines.get('COLUMNS');
  if (!names?.length || names.length > MAX_FIELDS)
    throw errors.damaged('PCD', `its header has ${names?.length ?? 'no'} FIELDS`);
  const sizes = lines.get('SIZE') ?? names.map(() => '4');
  const types = lines.get('TYPE') ?? names.map(() => 'F');
  const counts = lines.get('COUNT') ?? names.map(() => '1');
  let offset = 0;
  let column = 0;
  return names.map((name, i) => {
    const [type, size, count] = [types[i] ?? '', Number(sizes[i]), Number(counts[i])];
    const countHolds = Number.isInteger(count) && count >= 1 && count <= MAX_FIELD_COUNT;
    if (!isType(type) || !TYPES[type]?.includes(size) || !countHolds)
      throw errors.damaged(
        'PCD',
        `the field ${name.slice(0, 40)} has SIZE ${said(sizes[i])}, TYPE ${said(types[i])}, COUNT ${said(counts[i])}`,
      );
    const field = { name, type, size, count, offset, column };
    offset += size * count;
    column += count;
    return field;
  });
}

const said = (word: string | undefined): string => (word === undefined ? 'missing' : JSON.stringify(word.slice(0, 40)));
const isType = (type: string): type is PcdField['type'] => type === 'F' || type === 'I' || type === 'U';

function declaredPoints(lines: ReadonlyMap<string, string[]>, warnings: string[]): number {
  const [width, height, points] = ['WIDTH', 'HEIGHT', 'POINTS'].map((key) => lines.get(key)?.[0]);
  const product = width === undefined ? undefined : Number(width) * Number(height ?? 1);
  const declared = points === undefined ? product : Number(points);
  if (declared === undefined) throw errors.damaged('PCD', 'its header has neither POINTS nor WIDTH');
  if (product !== undefined && product !== declared)
    warnings.push(
      Number.isNaN(product)
        ? 'The header has a width or height that is no number.'
        : `The header says ${declared} points, but a width and height that make ${product}.`,
    );
  return declared;
}
