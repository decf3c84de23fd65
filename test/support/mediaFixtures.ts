import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isOneLensError } from '../../daemon/common/errors';
import type { Format } from '../../daemon/decoders/format';
import type { Media } from '../../daemon/media/media';

/** A file of test/fixtures by its path there. */
export function fixture(path: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)));
}

export function formatById(formats: readonly Format[], id: string): Format {
  const format = formats.find((row) => row.id === id);
  if (!format) throw new Error(`no format ${id}`);
  return format;
}

/** The code of the OneLensError that the decoder throws; "decoded" if it throws none. Any other error is thrown on. */
export async function outcome(format: Format, bytes: Uint8Array): Promise<string> {
  try {
    const media: Media = await format.decode(bytes, `file${format.extensions[0]}`);
    return media ? 'decoded' : 'nothing';
  } catch (error) {
    if (!isOneLensError(error)) throw error;
    return error.code;
  }
}

/** A generator of whole numbers below `limit` with a fixed seed (a linear congruential one, Numerical Recipes). */
export function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A damaged copy: bytes changed, cut off, doubled or put in, as the random numbers say. */
export function mutate(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const kind = random(10);
  if (kind === 0) return copy.subarray(0, random(copy.length));
  if (kind === 1) {
    const at = random(copy.length);
    return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at, at + random(64)), ...copy.subarray(at)]);
  }
  const header = Math.min(copy.length, kind < 7 ? 128 : copy.length);
  for (let n = 1 + random(4); n > 0; n--) copy[random(header)] = [0, 255, 127, 128, random(256)][random(5)]!;
  return copy;
}
