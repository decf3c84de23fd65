import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OneLensError } from '../../../../daemon/common/errors';
import { formats } from '../../../../daemon/decoders/image';

/** Mutations a format, from a fixed seed: a failure repeats. */
const ROUNDS = 300;
/** Longest time in milliseconds for one mutated file. */
const LIMIT = 2000;
const SAMPLES: Readonly<Record<string, string[]>> = {
  png: ['rgb.png', 'palette-2bit.png', 'grey16.png'],
  jpeg: ['rgb.jpg', 'progressive.jpg', 'orientation-6.jpg'],
  webp: ['lossy.webp', 'lossless.webp', 'animated.webp'],
  gif: ['still.gif', 'animated.gif'],
  bmp: ['rgb24.bmp', 'rle8.bmp', 'bilevel.bmp', 'rgb565.bmp'],
  tiff: ['lzw.tif', 'rgb.tif', 'group4.tif', 'big.tif'],
  avif: ['rgb.avif', 'alpha.avif'],
  svg: ['sized.svg', 'viewbox.svg'],
};

/** xorshift32: numbers in [0, 1). */
function random(seed: number): () => number {
  let s = seed;
  return () => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return (s >>> 0) / 2 ** 32;
  };
}

function mutate(original: Uint8Array, next: () => number): Uint8Array {
  const below = (n: number) => Math.floor(next() * n);
  const bytes = original.slice();
  const kind = below(4);
  if (kind === 0) return bytes.slice(0, below(bytes.length));
  for (let i = 0; i < 1 + below(6); i++) {
    // headers decide, so half of the changes go there
    const at = next() < 0.5 ? below(Math.min(96, bytes.length)) : below(bytes.length);
    bytes[at] = kind === 1 ? below(256) : kind === 2 ? bytes[at]! ^ (1 << below(8)) : next() < 0.5 ? 0xff : 0;
  }
  return bytes;
}

describe('mutated pictures', () => {
  it.each(Object.entries(SAMPLES))(
    '%s: a picture or one of our errors, soon',
    async (id, names) => {
      const format = formats.find((f) => f.id === id)!;
      const originals = names.map((n) => new Uint8Array(readFileSync(join(__dirname, '../../../fixtures/image', n))));
      const next = random(0x9e3779b9);
      for (let round = 0; round < ROUNDS; round++) {
        const bytes = mutate(originals[round % originals.length]!, next);
        const start = performance.now();
        try {
          const media = await format.decode(bytes, `fuzz-${round}`);
          expect(media.kind).toBe('image');
        } catch (error) {
          if (!(error instanceof OneLensError)) throw error;
          expect([`round ${round}: ${error.code} ${error.what}`, error.exitCode]).toEqual([expect.anything(), 3]);
        }
        expect(performance.now() - start, `round ${round}`).toBeLessThan(LIMIT);
      }
    },
    60_000,
  );
});
