import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { eachTextPiece, memorySource } from '../byteSource';
import type { ByteSource, Format } from '../format';
import { WorkPacer } from '../workPacer';
import {
  checkCount,
  MAX_POINTS,
  MAX_STREAM_FILE_BYTES,
  MAX_STREAM_POINTS,
  SAMPLE_POINTS,
  STREAM_LIMITS,
} from './limits';
import { latin1, NumberScanner } from './numberScanner';
import { PointSampler } from './pointSampler';
import { findTableLayout, type TableLayout } from './tableLayout';

const HEAD_BYTES = 1024 ** 2;
const ROWS_A_CHUNK = 1 << 13;
/** A digit and a separator, three times. */
const MIN_ROW_BYTES = 6;

const detect = (head: Uint8Array) => (findTableLayout(head) ? 'maybe' : 'no');

/** Points as text, one a line, separated by blanks, commas, semicolons or tabs. */
export const xyz: Format = {
  id: 'xyz',
  kind: 'point',
  extensions: ['.xyz', '.txt', '.asc', '.pts', '.xyzrgb', '.xyzn'],
  mime: 'text/plain',
  magic: 'text: rows of numbers',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect,
  decode: async (bytes, _name, signal) => readTable('xyz', memorySource(bytes), signal, MAX_POINTS),
  decodeStream: async (source, _name, signal) => readTable('xyz', source, signal),
};

export const csv: Format = {
  id: 'csv',
  kind: 'point',
  extensions: ['.csv', '.tsv'],
  mime: 'text/csv',
  magic: 'text: rows of numbers',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect,
  decode: async (bytes, _name, signal) => readTable('csv', memorySource(bytes), signal, MAX_POINTS),
  decodeStream: async (source, _name, signal) => readTable('csv', source, signal),
};

/** Reads the rows; `most` points are kept, a sample of more. */
async function readTable(
  format: string,
  source: ByteSource,
  signal: AbortSignal | undefined,
  most = SAMPLE_POINTS,
): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const name = format.toUpperCase();
  const head = await source.read(0, HEAD_BYTES);
  const layout = findTableLayout(head);
  if (!layout) throw noTable(name, head);
  const { dataStart, declared, roles } = layout;
  if (declared !== undefined)
    checkCount(name, 'points', declared, MIN_ROW_BYTES, source.size - dataStart + 1, MAX_STREAM_POINTS);
  const sampler = new PointSampler({
    format,
    encoding: 'ascii',
    hasColors: roles.color !== undefined,
    limit: most,
    ...(declared !== undefined && { declared }),
  });
  const [x, y, z] = roles.place;
  const [r, g, b] = roles.color ?? roles.place;
  const visit = (row: Float64Array) => sampler.add(row[x]!, row[y]!, row[z]!, row[r]!, row[g]!, row[b]!);
  await eachTextPiece(source, name, dataStart, pacer, async (piece, offset) => {
    await readRows(name, piece, { ...layout, dataStart: 0, offset }, pacer, visit);
    return true;
  });
  if (declared !== undefined && sampler.seen < declared)
    throw errors.truncated(name, `${sampler.seen} of ${declared} points are there`);
  return sampler.finish();
}

function noTable(name: string, bytes: Uint8Array): Error {
  const content = latin1(bytes, 0, 4096).replace(/^(#|\/\/).*$/gm, '');
  return content.trim() === ''
    ? errors.noContent(name, 'points')
    : errors.damaged(name, 'its lines are not rows of numbers with x, y and z');
}

async function readRows(
  name: string,
  bytes: Uint8Array,
  layout: TableLayout,
  pacer: WorkPacer,
  visit: (row: Float64Array) => void,
): Promise<void> {
  const used = [...layout.roles.place, ...(layout.roles.color ?? [])];
  const row = new Float64Array(Math.max(...used) + 1);
  const isUsed = Array.from(row, (_, column) => used.includes(column));
  const scanner = new NumberScanner(name, bytes, layout.dataStart, layout);
  for (let rows = 0; scanner.skipSpace(); rows++) {
    if (!isComment(scanner, bytes)) {
      const start = scanner.at;
      const columns = readRow(scanner, row, isUsed);
      if (columns < row.length) throw shortRow(name, scanner, start + (layout.offset ?? 0), columns, row.length);
      visit(row);
    }
    scanner.skipLine();
    if (rows % ROWS_A_CHUNK === 0) await pacer.breathe();
  }
}

function isComment(scanner: NumberScanner, bytes: Uint8Array): boolean {
  const first = scanner.peek();
  return first === 35 || first === 37 || first === 33 || (first === 47 && bytes[scanner.at + 1] === 47);
}

/** Columns that were there; an empty field is NaN. */
function readRow(scanner: NumberScanner, row: Float64Array, isUsed: readonly boolean[]): number {
  for (let column = 0; column < row.length; column++) {
    if (!scanner.skipBlanks()) return column;
    const isEmpty = scanner.skipSeparator();
    if (isEmpty) row[column] = Number.NaN;
    else {
      if (isUsed[column]) row[column] = scanner.readNumber();
      else scanner.skipField();
      scanner.skipBlanks();
      scanner.skipSeparator();
    }
  }
  return row.length;
}

function shortRow(name: string, scanner: NumberScanner, start: number, columns: number, needed: number): Error {
  return scanner.atEnd
    ? errors.truncated(name, `its last row has ${columns} columns, ${needed} are needed`)
    : errors.damaged(name, `the row at byte ${start} has ${columns} columns, ${needed} are needed`);
}
