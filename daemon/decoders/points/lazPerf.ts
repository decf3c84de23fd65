import { createLazPerf } from 'laz-perf';
import { errors } from '../../common/errors';
import type { WorkPacer } from '../workPacer';

/** The parts of laz-perf's module (Hobu, Apache-2.0; WebAssembly by Emscripten) that are used. */
interface LazPerfModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  ChunkDecoder: new () => {
    open(pointFormat: number, stride: number, chunk: number): void;
    getPoint(record: number): void;
    delete(): void;
  };
}

let loading: Promise<LazPerfModule> | undefined;
const failed = new WeakSet<LazPerfModule>();

/** A buffer that holds what a damaged chunk makes the decoder read beyond its end. */
const PADDING = 1 << 16;

const POINTS_A_BATCH = 4096;

/**
 * Unpacks the points of one chunk and calls `visit` with each record: the decoder's memory, and where the record
 * begins there. Throws FILE_DAMAGED where the decoder gives up; it starts afresh then. Throws CANCELLED.
 */
export async function unpackLazChunk(
  chunk: Uint8Array,
  { pointFormat, stride, points }: { pointFormat: number; stride: number; points: number },
  pacer: WorkPacer,
  visit: (memory: DataView, at: number) => void,
): Promise<void> {
  const lazPerf = await load();
  const input = lazPerf._malloc(chunk.length + PADDING);
  const output = lazPerf._malloc(stride * Math.min(points, POINTS_A_BATCH));
  const decoder = new lazPerf.ChunkDecoder();
  try {
    lazPerf.HEAPU8.set(chunk, input);
    lazPerf.HEAPU8.fill(0, input + chunk.length, input + chunk.length + PADDING);
    guarded(lazPerf, points, () => decoder.open(pointFormat, stride, input));
    for (let done = 0; done < points; done += POINTS_A_BATCH) {
      const batch = Math.min(POINTS_A_BATCH, points - done);
      guarded(lazPerf, points, () => {
        for (let i = 0; i < batch; i++) decoder.getPoint(output + i * stride);
      });
      const memory = new DataView(lazPerf.HEAPU8.buffer);
      for (let i = 0; i < batch; i++) visit(memory, output + i * stride);
      await pacer.breathe();
    }
  } finally {
    // a module that has failed is dropped as a whole; nothing in it may be called any more
    if (!failed.has(lazPerf)) {
      decoder.delete();
      lazPerf._free(input);
      lazPerf._free(output);
    }
  }
}

/** What fails inside of WebAssembly leaves the module unusable: the next file gets a new one. */
function guarded(lazPerf: LazPerfModule, points: number, work: () => void): void {
  try {
    work();
  } catch {
    failed.add(lazPerf);
    loading = undefined;
    throw errors.damaged('LAZ', `a chunk of ${points} points cannot be unpacked`);
  }
}

function load(): Promise<LazPerfModule> {
  loading ??= create();
  return loading;
}

/** Its loader adds process-wide handlers of uncaught errors, which are not its business: they are taken away again. */
async function create(): Promise<LazPerfModule> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  try {
    return (await createLazPerf()) as unknown as LazPerfModule;
  } catch {
    loading = undefined;
    throw errors.unsupported('LAZ', 'packed points, and their unpacker (laz-perf.wasm) cannot be loaded');
  } finally {
    for (const [i, event] of events.entries())
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[i]!.includes(listener)) process.off(event, listener);
  }
}
