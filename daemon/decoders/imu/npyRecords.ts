import { errors } from '../../common/errors';

/** One field of a structured array. */
export interface RecordField {
  name: string;
  /** numpy's, without byte order: "f4". */
  type: string;
  littleEndian: boolean;
  /** Bytes from the record's beginning. */
  offset: number;
}

export interface RecordHeader {
  fields: RecordField[];
  /** Bytes of a record. */
  stride: number;
  rows: number;
  dataStart: number;
}

const MAX_FIELDS = 200;

/** The header of a one-dimensional structured array; undefined where the array has plain numbers. Nothing is evaluated. */
export function readRecordHeader(bytes: Uint8Array): RecordHeader | undefined {
  if (bytes.length < 12) throw errors.truncated('NPY', `${bytes.length} bytes are less than its header`);
  const start = bytes[6] === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 12);
  const length = start === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, Math.min(start + length, start + 65_536)));
  const list = /['"]descr['"]\s*:\s*\[(.*?)\]\s*,\s*['"]/s.exec(text)?.[1];
  if (list === undefined) return undefined;
  const rows = /['"]shape['"]\s*:\s*\(\s*(\d{1,15})\s*,?\s*\)/.exec(text)?.[1];
  if (rows === undefined) throw errors.unsupported('NPY', 'records in more than one dimension');
  const fields: RecordField[] = [];
  let offset = 0;
  for (const [, name = '', order = '', kind = '', size = '', rest] of list.matchAll(
    /\(\s*['"]([^'"]{0,100})['"]\s*,\s*['"]([<>|=]?)([a-zA-Z])(\d+)['"]\s*(,[^)]*\)?)?\s*\)/g,
  )) {
    if (rest || fields.length >= MAX_FIELDS) throw errors.unsupported('NPY', 'records with arrays inside');
    fields.push({ name, type: `${kind}${size}`, littleEndian: order !== '>', offset });
    offset += kind === 'U' ? 4 * Number(size) : Number(size);
  }
  if (fields.length === 0 || offset === 0) throw errors.damaged('NPY', 'its records have no fields');
  return { fields, stride: offset, rows: Number(rows), dataStart: start + length };
}
