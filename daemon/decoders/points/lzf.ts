import { errors } from '../../common/errors';

/** A run of at most 264 bytes takes at least 3: nothing packs better than this. */
export const LZF_MAX_RATIO = 88;

/**
 * LZF (liblzf by Marc Lehmann), as PCL uses it. A byte below 32 begins a run of that many plus one literal bytes;
 * any other holds 3 bits of length (7: another byte of length follows) and, with the byte after, 13 bits of distance
 * back less one; the copy is 2 longer than the length and may overlap itself. Throws FILE_DAMAGED where the input
 * reaches outside of itself or of the `size` bytes of output.
 */
export function decompressLzf(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let from = 0;
  let to = 0;
  while (from < input.length) {
    const control = input[from++]!;
    if (control < 32) {
      const length = control + 1;
      if (from + length > input.length || to + length > size) throw overrun(to);
      output.set(input.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += input[from++] ?? 0;
    const low = input[from++];
    const back = to - ((control & 31) << 8) - (low ?? 0) - 1;
    length += 2;
    if (low === undefined || back < 0 || to + length > size) throw overrun(to);
    for (let i = 0; i < length; i++) output[to + i] = output[back + i]!;
    to += length;
  }
  if (to !== size) throw errors.damaged('PCD', `its packed points make ${to} bytes, its header says ${size}`);
  return output;
}

function overrun(at: number): Error {
  return errors.damaged('PCD', `its packed points reach outside of the data after ${at} bytes`);
}
