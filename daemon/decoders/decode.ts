import { errors } from '../common/errors';
import type { Media } from '../media/media';
import { readWhole } from './byteSource';
import { detectAmong, HEAD_BYTES } from './detect';
import { type ByteSource, type DecodeTools, type Format, STREAM_ABOVE_BYTES } from './format';
import { formats } from './formats';
import { isSafe } from './restricted';

export interface Decoded {
  format: Format;
  media: Media;
}

/** The format of a file, by its bytes; `name` breaks ties. Throws FILE_EMPTY or FILE_UNKNOWN_KIND. */
export function detectFormat(bytes: Uint8Array, name: string, as?: DecodeTools['as']): Format {
  return detectAmong(formats, bytes, name, as).format;
}

/**
 * Decodes a whole file. Throws only OneLensError: FILE_EMPTY, FILE_UNKNOWN_KIND, FILE_TOO_LARGE, FILE_RESTRICTED, what the format's
 * decoder throws, and CANCELLED.
 */
export async function decode(
  bytes: Uint8Array,
  name: string,
  signal?: AbortSignal,
  tools?: DecodeTools,
): Promise<Decoded> {
  if (signal?.aborted) throw errors.cancelled();
  const { format, warning } = detectAmong(formats, bytes, name, tools?.as);
  checkTrust(format, tools);
  checkFileSize(format, bytes.length);
  const media = await format.decode(bytes, name, signal, tools);
  if (warning) media.warnings.unshift(warning);
  return { format, media };
}

/**
 * Decodes a file that need not be held whole: above STREAM_ABOVE_BYTES it is read piece by piece where the format can,
 * otherwise all at once. Throws as `decode` does, and FILE_UNREADABLE where the source fails.
 */
export async function decodeSource(
  source: ByteSource,
  name: string,
  signal?: AbortSignal,
  tools?: DecodeTools,
): Promise<Decoded> {
  if (signal?.aborted) throw errors.cancelled();
  const { format, warning } = detectAmong(formats, await source.read(0, HEAD_BYTES), name, tools?.as);
  checkTrust(format, tools);
  checkFileSize(format, source.size);
  if (!format.decodeStream || source.size <= STREAM_ABOVE_BYTES)
    return decode(await readWhole(source, format.id.toUpperCase(), signal), name, signal, tools);
  const media = await format.decodeStream(source, name, signal);
  if (warning) media.warnings.unshift(warning);
  return { format, media };
}

function checkTrust(format: Format, tools: DecodeTools | undefined): void {
  if (tools?.restricted && !isSafe(format)) throw errors.restricted(format.id.toUpperCase());
}

function checkFileSize(format: Format, bytes: number): void {
  if (bytes <= format.maxBytes) return;
  const mebibytes = (n: number) => `${(n / 2 ** 20).toFixed(1).replace(/\.0$/, '')} MiB`;
  throw errors.tooLarge(`${format.id.toUpperCase()} file`, mebibytes(bytes), mebibytes(format.maxBytes));
}
