import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { ByteSource } from '../format';
import type { WorkPacer } from '../workPacer';
import type { LasHeader } from './lasHeader';
import { LasPoints } from './lasPoints';
import { findLazChunks } from './lazChunks';
import { unpackLazChunk } from './lazPerf';

/** Each byte beyond the format's has a model of its own. */
const MAX_STRIDE = 1024;
/** Formats that laz-perf unpacks; the others carry wave forms. */
const UNPACKED_FORMATS = [0, 1, 2, 3, 6, 7, 8];

/** Unpacks a LAZ file chunk by chunk. */
export async function decodeLaz(source: ByteSource, header: LasHeader, pacer: WorkPacer): Promise<PointMedia> {
  const { pointFormat, stride } = header;
  if (!UNPACKED_FORMATS.includes(pointFormat))
    throw errors.unsupported('LAZ', `point format ${pointFormat} (wave forms), packed`);
  if (stride > MAX_STRIDE) throw errors.unsupported('LAZ', `packed points of ${stride} bytes`);
  const points = new LasPoints(header, 'laz');
  for (const chunk of await findLazChunks(source, header)) {
    const bytes = await source.read(chunk.start, chunk.bytes);
    if (bytes.length < chunk.bytes) throw errors.truncated('LAZ', `it ends inside the chunk at byte ${chunk.start}`);
    const records = { pointFormat, stride, points: chunk.points };
    await unpackLazChunk(bytes, records, pacer, (memory, at) => points.add(memory, at));
  }
  return points.finish();
}
