import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/audio';
import type { AudioMedia } from '../../../../daemon/media/media';
import { fixture, formatById } from '../../../support/mediaFixtures';

async function decode(id: string, file: string): Promise<AudioMedia> {
  const media = await formatById(formats, id).decode(fixture(`audio/${file}`), file);
  if (media.kind !== 'audio') throw new Error(media.kind);
  return media;
}

/** Largest difference between the first `length` samples. */
function maxDifference(a: Float32Array, b: Float32Array, length = a.length): number {
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Signal to noise in dB of `actual` against `expected`, over the middle, where the codec has settled. */
function signalToNoise(actual: Float32Array, expected: Float32Array): number {
  let [signal, noise] = [0, 0];
  for (let i = 1500; i < expected.length - 1500; i++) {
    signal += expected[i]! ** 2;
    noise += (actual[i]! - expected[i]!) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** format, file, rate, channels, samples a channel, bits; each file was written by sox or ffmpeg. */
const samples: ReadonlyArray<[string, string, number, number, number, number | undefined]> = [
  ['wav', 'tone8k.u8.wav', 8000, 1, 1600, 8],
  ['wav', 'tone16k.s16.wav', 16000, 1, 4800, 16],
  ['wav', 'tone8k.s24.wav', 8000, 1, 1600, 24],
  ['wav', 'tone8k.s32.wav', 8000, 1, 1600, 32],
  ['wav', 'tone8k.f32.wav', 8000, 1, 1600, 32],
  ['wav', 'tone8k.f64.wav', 8000, 1, 1600, 64],
  ['wav', 'tone8k.alaw.wav', 8000, 1, 1600, 8],
  ['wav', 'tone8k.mulaw.wav', 8000, 1, 1600, 8],
  ['wav', 'rf64.s24.wav', 8000, 1, 1600, 24],
  ['wav', 'six.s16.wav', 8000, 6, 400, 16],
  ['wav', 'stereo.s16.wav', 44100, 2, 6615, 16],
  ['mp3', 'stereo.mp3', 44100, 2, 6615, undefined],
  ['mp3', 'mono-vbr.mp3', 44100, 1, 6615, undefined],
  ['mp3', 'mono-16k-noxing.mp3', 16000, 1, 4032, undefined],
  ['flac', 'stereo.flac', 44100, 2, 6615, 16],
  ['flac', 'mono.s24.flac', 8000, 1, 1600, 24],
  ['flac', 'stereo-flac.ogg', 44100, 2, 6615, 16],
  ['vorbis', 'stereo.ogg', 44100, 2, 6615, undefined],
  ['vorbis', 'mono.ogg', 44100, 1, 6615, undefined],
  ['opus', 'stereo.opus', 48000, 2, 7200, undefined],
  ['opus', 'mono.opus', 48000, 1, 7200, undefined],
  ['opus', 'six.opus', 48000, 6, 2400, undefined],
];

describe('sound files of real tools', () => {
  it.each(samples)('%s: %s', async (id, file, rate, channels, length, bits) => {
    const media = await decode(id, file);
    expect(media.format).toBe(id);
    expect([media.sampleRate, media.channels.length, media.bitDepth]).toEqual([rate, channels, bits]);
    expect(media.channels.map((channel) => channel.length)).toEqual(new Array(channels).fill(length));
    expect(media.warnings).toEqual([]);
  });

  it.each(samples)('%s is the only format that claims %s', (id, file) => {
    const head = fixture(`audio/${file}`).subarray(0, 4096);
    expect(formats.filter((format) => format.detect(head) === 'yes').map((format) => format.id)).toEqual([id]);
  });

  it('claims nothing of other kinds', () => {
    const heads = [fixture('preprocess/photo.png'), fixture('preprocess/cloud.npy'), Buffer.from('hello, world\n')];
    for (const head of heads)
      expect(formats.map((format) => format.detect(head.subarray(0, 4096)))).toEqual(formats.map(() => 'no'));
  });
});

describe('sample values', () => {
  it('all PCM and float depths agree to their step', async () => {
    const exact = (await decode('wav', 'tone8k.f64.wav')).channels[0]!;
    expect(exact[25]).toBeCloseTo(0.50119, 3); // a quarter into a period of 400 Hz: the peak, -6 dB
    for (const [file, step] of [
      ['tone8k.f32.wav', 2 ** -24],
      ['tone8k.s32.wav', 2 ** -24],
      ['tone8k.s24.wav', 2 ** -22],
      ['rf64.s24.wav', 2 ** -22],
      ['tone8k.u8.wav', 2 ** -5],
      ['tone8k.mulaw.wav', 0.02],
      ['tone8k.alaw.wav', 0.02],
    ] as const)
      expect(maxDifference((await decode('wav', file)).channels[0]!, exact), file).toBeLessThanOrEqual(step);
  });

  it('FLAC gives the very samples of the WAV it was made of, native and in Ogg', async () => {
    const wav = await decode('wav', 'stereo.s16.wav');
    for (const file of ['stereo.flac', 'stereo-flac.ogg']) {
      const flac = await decode('flac', file);
      expect(flac.channels.map((channel, c) => maxDifference(channel, wav.channels[c]!))).toEqual([0, 0]);
    }
  });

  it('24-bit FLAC is exact as well', async () => {
    const wav = await decode('wav', 'tone8k.s24.wav');
    const flac = await decode('flac', 'mono.s24.flac');
    expect(maxDifference(flac.channels[0]!, wav.channels[0]!)).toBe(0);
  });

  it.each([
    ['mp3', 'stereo.mp3', 20],
    ['vorbis', 'stereo.ogg', 20],
  ] as const)('%s follows the original in time and level', async (id, file, decibels) => {
    const wav = await decode('wav', 'stereo.s16.wav');
    const lossy = await decode(id, file);
    for (const c of [0, 1]) expect(signalToNoise(lossy.channels[c]!, wav.channels[c]!)).toBeGreaterThan(decibels);
  });

  it('a streamed WAV without a length is read to its end, with a warning', async () => {
    const media = await decode('wav', 'stream.s16.wav');
    expect(media.channels[0]).toHaveLength(1600);
    expect(media.warnings).toEqual([expect.stringContaining('does not say how long')]);
  });
});

describe('cancelling', () => {
  it.each(formats.map((format) => [format.id]))('%s stops at once for an aborted signal', async (id) => {
    const file = samples.find(([format]) => format === id)![1];
    const decoding = formatById(formats, id).decode(fixture(`audio/${file}`), file, AbortSignal.abort());
    await expect(decoding).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('a long WAV stops in the middle', async () => {
    const bytes = Buffer.alloc(44 + 2 ** 26);
    fixture('audio/tone16k.s16.wav').copy(bytes, 0, 0, 44);
    bytes.writeUInt32LE(2 ** 26, 40);
    const abort = new AbortController();
    const decoding = formatById(formats, 'wav').decode(bytes, 'long.wav', abort.signal);
    setImmediate(() => abort.abort());
    await expect(decoding).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
