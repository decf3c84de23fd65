import { describe, expect, it, vi } from 'vitest';
import { formats } from '../../../../daemon/decoders/video';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

/** `ONELENS_FUZZ_ROUNDS` for a long run; the seeds stay the same. */
const ROUNDS = Number(process.env.ONELENS_FUZZ_ROUNDS ?? 150);
/** Resident memory that a run may add, in MiB. */
const MEMORY_MIB = 700;

const files = [
  ['mp4', 'h264-aac.mp4'],
  ['mp4', 'fragmented.mp4'],
  ['mov', 'mjpeg.mov'],
  ['mov', 'h264-pcm.mov'],
  ['webm', 'vp9-opus.webm'],
  ['webm', 'live.webm'],
  ['mkv', 'h264.mkv'],
  ['mkv', 'mjpeg.mkv'],
  ['avi', 'mpeg4-mp3.avi'],
  ['avi', 'mjpeg-pcm.avi'],
  ['animated-gif', 'loop.gif'],
  ['animated-webp', 'loop.webp'],
] as const;

/** Headers of MP4 and MOV stand at the end: half of the files are changed there as well. */
function damage(whole: Uint8Array, random: (limit: number) => number): Uint8Array {
  const bytes = Uint8Array.from(mutate(whole, random));
  if (random(2) === 0 || bytes.length === 0) return bytes;
  for (let n = 1 + random(3); n > 0; n--) {
    const at = Math.max(0, bytes.length - 1 - random(4000));
    bytes[at] = [0, 255, 127, 128, random(256)][random(5)]!;
  }
  return bytes;
}

describe('mutated videos give errors of ours, soon, in bounded memory, and print nothing', () => {
  it.each(files)('%s: %s', { timeout: 3_600_000 }, async (id, file) => {
    const prints = (['error', 'warn', 'log', 'info'] as const).map((name) => vi.spyOn(console, name));
    const format = formatById(formats, id);
    const whole = fixture(`video/${file}`);
    const random = seeded(id.length * 7919 + file.length);
    const before = process.memoryUsage().rss;
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = damage(whole, random);
      const start = performance.now();
      await outcome(format, bytes);
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(slowest).toBeLessThan(2000);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(MEMORY_MIB);
    for (const print of prints) expect(print).not.toHaveBeenCalled();
    if (process.env.ONELENS_FUZZ_ROUNDS) process.stdout.write(`${file}: slowest ${Math.round(slowest)} ms\n`);
  });
});
