import { errors } from '../common/errors';
import { describeBytes } from './describeBytes';
import type { DecodeTools, Format } from './format';

/** Bytes at the beginning of a file that decide what it is. */
export const HEAD_BYTES = 4096;

export interface Detection {
  format: Format;
  /** The name belongs to another known format; say so, but trust the bytes. */
  warning?: string;
}

const MAP_KINDS = { depth: 'rgbd', normal: 'rgbn' } as const;

/**
 * Finds the format of a file among `formats`. The first bytes decide. The name only breaks ties: between several
 * formats that claim the bytes, and for bytes that could be anything (text). `as`: only such maps. Throws FILE_EMPTY, FILE_UNKNOWN_KIND.
 */
export function detectAmong(
  all: readonly Format[],
  bytes: Uint8Array,
  name: string,
  as?: DecodeTools['as'],
): Detection {
  if (bytes.length === 0) throw errors.fileEmpty(name);
  const formats = as ? all.filter((f) => f.kind === MAP_KINDS[as]) : all;
  const head = bytes.subarray(0, HEAD_BYTES);
  const extension = extensionOf(name);
  const named = formats.filter((f) => f.extensions.includes(extension));
  const claims = formats.map((format) => ({ format, claim: format.detect(head, name) }));
  const sure = claims.filter((c) => c.claim === 'yes').map((c) => c.format);
  const possible = claims.filter((c) => c.claim === 'maybe').map((c) => c.format);
  const format = sure.find((f) => named.includes(f)) ?? sure[0] ?? possible.find((f) => named.includes(f));
  if (!format) throw errors.unknownKind(name, looksLike(head, extension, named.length > 0));
  if (named.length === 0 || named.includes(format)) return { format };
  return { format, warning: `The file is named ${extension}, but its content is ${format.id.toUpperCase()}.` };
}

/** The lower-case extension with its dot, or "" where there is none. */
export function extensionOf(name: string): string {
  const base = name.split(/[\\/]/).pop() ?? '';
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(dot).toLowerCase() : '';
}

function looksLike(head: Uint8Array, extension: string, known: boolean): string {
  const what = `it looks like ${describeBytes(head)}`;
  return known ? `${what}, though it is named ${extension}` : what;
}
