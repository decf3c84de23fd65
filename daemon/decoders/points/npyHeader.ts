import { errors } from '../../common/errors';
import { latin1 } from './numberScanner';

export interface NpyHeader {
  /** "f" float, "i" signed, "u" unsigned. */
  kind: 'f' | 'i' | 'u';
  /** Bytes of one value. */
  size: number;
  littleEndian: boolean;
  fortranOrder: boolean;
  shape: number[];
  /** First byte of the data. */
  dataStart: number;
}

const SIZES: Readonly<Record<NpyHeader['kind'], readonly number[]>> = {
  f: [2, 4, 8],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
};
const MAX_HEADER_BYTES = 1024 ** 2;

/**
 * Parses the header of versions 1 to 3 (numpy.org, "NEP 1"): a Python literal with three keys. It is matched, never
 * evaluated, and arrays of objects (pickles) are refused.
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10) throw errors.truncated('NPY', `${bytes.length} bytes are less than its header`);
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw errors.unsupported('NPY', `version ${version} of the format`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw errors.truncated('NPY', `${bytes.length} bytes are less than its header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) throw errors.damaged('NPY', `its header is said to have ${length} bytes`);
  if (start + length > bytes.length) throw errors.truncated('NPY', 'the file ends inside its header');
  const text = latin1(bytes, start, start + length);
  return { ...parseType(text), ...parseLayout(text), dataStart: start + length };
}

function parseType(text: string): Pick<NpyHeader, 'kind' | 'size' | 'littleEndian'> {
  const descr = /['"]descr['"]\s*:\s*(['"]([^'"]*)['"]|\[)/.exec(text);
  if (!descr) throw errors.damaged('NPY', 'its header has no "descr"');
  if (descr[1] === '[') throw errors.unsupported('NPY', 'records (a structured type) instead of plain numbers');
  const name = descr[2] ?? '';
  if (/^[<>|=]?O/.test(name)) throw errors.unsupported('NPY', 'pickled Python objects (they were not executed)');
  const [, order, kind, digits] = /^([<>|=]?)([fiu])(\d+)$/.exec(name) ?? [];
  const size = Number(digits);
  if (!isKind(kind) || !SIZES[kind].includes(size))
    throw errors.unsupported('NPY', `values of the type ${JSON.stringify(name.slice(0, 40))}`);
  return { kind, size, littleEndian: order !== '>' };
}

const isKind = (kind: string | undefined): kind is NpyHeader['kind'] => kind === 'f' || kind === 'i' || kind === 'u';

function parseLayout(text: string): Pick<NpyHeader, 'fortranOrder' | 'shape'> {
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const sides = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (order === undefined || sides === undefined)
    throw errors.damaged('NPY', 'its header has no valid "fortran_order" and "shape"');
  const shape = sides.split(',').flatMap((side) => (side.trim() === '' ? [] : Number.parseInt(side, 10)));
  return { fortranOrder: order === 'True', shape };
}
