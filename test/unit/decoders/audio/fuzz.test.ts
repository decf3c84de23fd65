import { describe, expect, it, vi } from 'vitest';
import { formats } from '../../../../daemon/decoders/audio';
import { oggChecksum } from '../../../../daemon/decoders/audio/oggPages';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

const ROUNDS = 300;
const files = [
  ['wav', 'tone8k.s24.wav'],
  ['wav', 'rf64.s24.wav'],
  ['mp3', 'stereo.mp3'],
  ['flac', 'stereo.flac'],
  ['vorbis', 'stereo.ogg'],
  ['opus', 'stereo.opus'],
] as const;

/** Makes the checksums of all whole Ogg pages right, so that a change reaches the codec. */
function withRightChecksums(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf('OggS'); at >= 0 && at + 27 < copy.length; at = copy.indexOf('OggS', at + 27)) {
    const body = at + 27 + copy[at + 26]!;
    const end = copy.subarray(at + 27, body).reduce((sum, length) => sum + length, body);
    if (end <= copy.length) copy.writeUInt32LE(oggChecksum(copy, at, end), at + 22);
  }
  return copy;
}

/** Milliseconds of the slowest round; fails if anything but a OneLensError is thrown. */
async function fuzz(id: string, file: string, repair: (bytes: Uint8Array) => Uint8Array): Promise<number> {
  const format = formatById(formats, id);
  const whole = fixture(`audio/${file}`);
  const random = seeded(id.length * 7919 + file.length);
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = repair(mutate(whole, random));
    const start = performance.now();
    await outcome(format, bytes);
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
}

describe('mutated sound files give errors of ours, soon, and print nothing', () => {
  it.each(files)('%s: %s', { timeout: 60_000 }, async (id, file) => {
    const print = vi.spyOn(console, 'error');
    expect(await fuzz(id, file, (bytes) => bytes)).toBeLessThan(2000);
    expect(print).not.toHaveBeenCalled();
  });

  it.each(files.filter(([, file]) => /og|opus/.test(file)))(
    '%s: %s with right checksums',
    { timeout: 60_000 },
    async (id, file) => {
      expect(await fuzz(id, file, withRightChecksums)).toBeLessThan(2000);
    },
  );
});
