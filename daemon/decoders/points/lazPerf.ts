import { createLazPerf } from 'laz-perf';
import { errors } from '../../common/errors';

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

/** A buffer that holds what a damaged chunk makes the decoder read beyond its end. */
const PADDING = 1 << 16;

/**
 * Unpacks the points of one chunk and calls `visit` with each record: a view of the unpacked bytes, always from 0.
 * Throws FILE_DAMAGED where the decoder gives up; it starts afresh then.
 */
export async function unpackLazChunk(
  chunk: Uint8Array,
  { pointFormat, stride, points }: { pointFormat: number; stride: number; points: number },
  visit: (record: DataView) => Promise<void> | void,
): Promise<void> {
  const lazPerf = await load();
  const input = lazPerf._malloc(chunk.length + PADDING);
  const output = lazPerf._malloc(stride);
  const decoder = new lazPerf.ChunkDecoder();
  const unpacked = new Uint8Array(stride);
  const view = new DataView(unpacked.buffer);
  const guarded = guard(points);
  lazPerf.HEAPU8.set(chunk, input);
  lazPerf.HEAPU8.fill(0, input + chunk.length, input + chunk.length + PADDING);
  guarded(() => decoder.open(pointFormat, stride, input));
  for (let i = 0; i < points; i++) {
    guarded(() => decoder.getPoint(output));
    unpacked.set(lazPerf.HEAPU8.subarray(output, output + stride));
    const pause = visit(view);
    if (pause) await pause;
  }
  decoder.delete();
  lazPerf._free(input);
  lazPerf._free(output);
}

/** What fails inside of WebAssembly leaves the module unusable: the next file gets a new one. */
function guard(points: number): (work: () => void) => void {
  return (work) => {
    try {
      work();
    } catch {
      loading = undefined;
      throw errors.damaged('LAZ', `a chunk of ${points} points cannot be unpacked`);
    }
  };
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
  } finally {
    for (const [i, event] of events.entries())
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[i]!.includes(listener)) process.off(event, listener);
  }
}
