import type { PointMedia } from '../../media/media';
import { eachRecord, memorySource } from '../byteSource';
import type { ByteSource, Format } from '../format';
import { WorkPacer } from '../workPacer';
import { readLasHeader } from './lasHeader';
import { LasPoints } from './lasPoints';
import { decodeLaz } from './laz';
import { MAX_STREAM_FILE_BYTES, STREAM_LIMITS } from './limits';
import { latin1 } from './numberScanner';

/** A laser survey is packed where the bit 7 of its point format is set, whatever its name. */
const isPacked = (head: Uint8Array): boolean => head.length > 104 && (head[104]! & 0x80) !== 0;
const isLas = (head: Uint8Array): boolean => latin1(head, 0, 4) === 'LASF';

/** LAS 1.0 to 1.4 (ASPRS), point formats 0 to 10: places, colours, intensity, classes, returns. Always read in pieces. */
export const las: Format = {
  id: 'las',
  kind: 'point',
  extensions: ['.las'],
  mime: 'application/vnd.las',
  magic: 'LASF',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect: (head) => (isLas(head) && !isPacked(head) ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) => decodeLas(memorySource(bytes), signal),
  decodeStream: async (source, _name, signal) => decodeLas(source, signal),
};

/** LAZ: LAS packed by LASzip. */
export const laz: Format = {
  id: 'laz',
  kind: 'point',
  extensions: ['.laz'],
  mime: 'application/vnd.laszip',
  magic: 'LASF, point format from 128 on',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect: (head) => (isLas(head) && isPacked(head) ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) => decodeLas(memorySource(bytes), signal),
  decodeStream: async (source, _name, signal) => decodeLas(source, signal),
};

async function decodeLas(source: ByteSource, signal: AbortSignal | undefined): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const header = await readLasHeader(source);
  if (header.isCompressed) return decodeLaz(source, header, pacer);
  const points = new LasPoints(header, 'las');
  const { dataStart: start, stride, points: count } = header;
  await eachRecord(source, { format: 'LAS', start, stride, count }, pacer, (view, at) => points.add(view, at));
  return points.finish();
}
