import { type ColumnRoles, rolesOfNames, rolesOfUnnamed } from './columnRoles';
import { latin1, type ScannerOptions } from './numberScanner';

/** How a text table of points is written, found from its first lines. */
export interface TableLayout extends ScannerOptions {
  roles: ColumnRoles;
  /** First byte of the first row. */
  dataStart: number;
  /** Points that a first line with nothing but a number declares (.pts). */
  declared?: number;
}

const HEAD_BYTES = 16_384;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf|infinity)$/i;
const COMMENT = /^(#|\/\/|%|!)/;

interface Line {
  text: string;
  /** First byte after the line. */
  end: number;
}

/**
 * Finds separator, decimal mark and columns; undefined if the bytes are no table with numbers for x, y and z. A line
 * of names may stand first, behind "#" or "//" as well. The last line of the head may be cut and is left out.
 */
export function findTableLayout(bytes: Uint8Array): TableLayout | undefined {
  const lines = headLines(bytes);
  let names: string | undefined;
  let declared: number | undefined;
  for (let i = 0; i < lines.length; i++) {
    const text = lines[i]!.text.trim();
    if (text === '') continue;
    const isComment = COMMENT.test(text);
    const title = text.replace(/^[#/%!\s]+/, '');
    if (isComment || (names === undefined && looksLikeNames(title))) {
      if (!isComment || rolesOfNames(splitNames(title))) names = title;
      continue;
    }
    if (/^\d+$/.test(text) && declared === undefined) {
      declared = Number(text);
      continue;
    }
    const dataStart = i === 0 ? firstByte(bytes) : lines[i - 1]!.end;
    const layout = layoutOfRows(lines.slice(i), names);
    return layout && { ...layout, dataStart, ...(declared !== undefined && { declared }) };
  }
  const roles = names === undefined ? undefined : rolesOfNames(splitNames(names));
  return roles && { roles, dataStart: bytes.length }; // a line of names and nothing else: an empty cloud
}

const firstByte = (bytes: Uint8Array): number => (latin1(bytes, 0, 3) === '\xef\xbb\xbf' ? 3 : 0);

function headLines(bytes: Uint8Array): Line[] {
  const start = firstByte(bytes);
  const text = latin1(bytes, start, start + HEAD_BYTES);
  if (text.includes('\0')) return [];
  const lines: Line[] = [];
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const end = start + match.index + match[0].length;
    const isCut = match[2] === '' && (end < bytes.length || (bytes.length >= 4096 && lines.length > 0));
    if (match[0] !== '' && !isCut) lines.push({ text: match[1] ?? '', end });
  }
  return lines;
}

const looksLikeNames = (text: string): boolean => !NUMBER.test(splitNames(text)[0] ?? '') && /[a-z]/i.test(text);

function splitNames(text: string): string[] {
  const separator = /[,;\t]/.exec(text)?.[0];
  const fields = separator ? text.split(separator) : text.split(/\s+/);
  return fields.map((name) => name.trim().replace(/\s*[[(].*$/, ''));
}

function layoutOfRows(lines: readonly Line[], names: string | undefined): Omit<TableLayout, 'dataStart'> | undefined {
  const rows = lines.map((line) => line.text.trim()).filter((text) => text !== '' && !COMMENT.test(text));
  const options = findSeparators(rows[0] ?? '');
  const values = rows.map((row) => splitRow(row, options));
  const width = values[0]?.length ?? 0;
  if (width < 3 || values.some((row) => row.length !== width)) return undefined;
  const roles = names === undefined ? unnamedRoles(values, width) : rolesOfNames(splitNames(names));
  if (!roles) return undefined;
  const used = [...roles.place, ...(roles.color ?? [])];
  const numeric = values.every((row) => used.every((column) => row[column] === '' || NUMBER.test(row[column] ?? 'x')));
  return numeric ? { ...options, roles } : undefined;
}

function findSeparators(row: string): ScannerOptions {
  if (row.includes(';')) return { separator: 59, ...(row.includes(',') && { decimal: 44 }) };
  return row.includes(',') ? { separator: 44 } : {};
}

function splitRow(row: string, { separator, decimal }: ScannerOptions): string[] {
  const fields = separator === undefined ? row.split(/\s+/) : row.split(String.fromCharCode(separator));
  return fields.map((field) => (decimal === undefined ? field.trim() : field.trim().replace(',', '.')));
}

function unnamedRoles(values: readonly string[][], width: number): ColumnRoles | undefined {
  if (!values.every((row) => row.every((field) => field === '' || NUMBER.test(field)))) return undefined;
  return rolesOfUnnamed(width, values.length, (row, column) => Number(values[row]?.[column] ?? Number.NaN));
}
