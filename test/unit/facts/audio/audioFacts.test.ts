import { describe, expect, it } from 'vitest';
import { audioFacts } from '../../../../daemon/facts/audio';
import { kWeighting } from '../../../../daemon/facts/audio/kWeighting';
import { measureLoudness } from '../../../../daemon/facts/audio/loudness';
import { WorkPacer } from '../../../../daemon/facts/audio/workPacer';
import type { AudioMedia } from '../../../../daemon/media/media';

/** A sine; `amplitude` of full scale, `seconds` long. */
function sine(frequency: number, rate: number, seconds: number, amplitude = 1): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / rate),
  );
}

async function facts(
  channels: Float32Array[],
  sampleRate = 48_000,
  bitDepth?: number,
): Promise<Record<string, unknown>> {
  const media: AudioMedia = {
    kind: 'audio',
    format: 'wav',
    sampleRate,
    channels,
    warnings: [],
    ...(bitDepth && { bitDepth }),
  };
  return Object.fromEntries((await audioFacts(media)).map(({ name, value }) => [name, value]));
}

const integratedLoudness = async (channels: Float32Array[], rate: number): Promise<number | undefined> =>
  (await measureLoudness(channels, rate, new WorkPacer()))?.integrated;

const dB = (decibels: number): number => 10 ** (decibels / 20);

describe('loudness (ITU-R BS.1770-4, EBU Tech 3341)', () => {
  it('the filters at 48 kHz are those of the standard, tables 1 and 2', async () => {
    const [shelf, highPass] = kWeighting(48_000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 10);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 10);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 10);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 10);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 10);
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 10);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 10);
  });

  it.each([8000, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])(
    '997 Hz of full scale at %d Hz is -3.01 LUFS',
    async (rate) => {
      const tone = sine(997, rate, 3);
      expect(await integratedLoudness([tone], rate)).toBeCloseTo(-3.01, 1);
      expect(await integratedLoudness([tone, tone], rate)).toBeCloseTo(0, 1);
    },
  );

  it('test signal 1: 1 kHz at -23 dBFS in both channels is -23 LUFS', async () => {
    const tone = sine(1000, 48_000, 5, dB(-23));
    expect(Math.abs((await integratedLoudness([tone, tone], 48_000))! + 23)).toBeLessThan(0.1);
  });

  it('test signal 3: the relative gate leaves quiet parts out', async () => {
    const parts = [sine(1000, 48_000, 2, dB(-36)), sine(1000, 48_000, 12, dB(-23)), sine(1000, 48_000, 2, dB(-36))];
    const tone = Float32Array.from(parts.flatMap((part) => [...part]));
    expect(Math.abs((await integratedLoudness([tone, tone], 48_000))! + 23)).toBeLessThan(0.1);
  });

  it('test signal 6: surround channels count 1.5 dB more, the low frequency channel not at all', async () => {
    const at = (level: number) => sine(1000, 48_000, 5, dB(level));
    const channels = [at(-28), at(-28), at(-24), at(0), at(-30), at(-30)];
    expect(Math.abs((await integratedLoudness(channels, 48_000))! + 23)).toBeLessThan(0.1);
  });

  it('silence is -70, a short tone is measured whole, a very low rate not at all', async () => {
    expect(await integratedLoudness([new Float32Array(48_000)], 48_000)).toBe(-70);
    expect(await integratedLoudness([new Float32Array(10)], 48_000)).toBe(-70);
    expect(await integratedLoudness([sine(997, 48_000, 0.2)], 48_000)).toBeCloseTo(-3.01, 1);
    expect(await integratedLoudness([sine(10, 1000, 3)], 1000)).toBeUndefined();
  });
});

describe('audioFacts', () => {
  it('of half a second of tone and half a second of nothing', async () => {
    const samples = new Float32Array(16_000);
    samples.set(sine(1000, 16_000, 0.5, 0.5));
    expect(await facts([samples], 16_000, 16)).toMatchObject({
      'audio.duration': 1,
      'audio.sampleRate': 16_000,
      'audio.channels': 1,
      'audio.bitDepth': 16,
      'audio.samples': 16_000,
      'audio.loudness': expect.closeTo(-10.3, 0),
      'audio.peak': -6.02,
      'audio.rms': -12.04,
      'audio.clipped': 0,
      'audio.dcOffset': 0,
      'audio.silence': 0.5,
      'audio.silenceSpans': [[0.5, 1]],
    });
  });

  it('of digital silence every value is a finite number', async () => {
    const values = await facts([new Float32Array(4800)]);
    expect(values).toMatchObject({ 'audio.peak': -200, 'audio.rms': -200, 'audio.loudness': -70, 'audio.silence': 1 });
    expect(JSON.stringify(values)).not.toContain('null');
    expect(values).not.toHaveProperty('audio.bitDepth');
  });

  it('of one sample', async () => {
    expect(await facts([Float32Array.from([0.5])])).toMatchObject({
      'audio.samples': 1,
      'audio.peak': -6.02,
      'audio.dcOffset': 0.5,
    });
  });

  it('a sine of full scale: peak 0, rms -3.01, nothing clipped', async () => {
    expect(await facts([sine(997, 48_000, 1)])).toMatchObject({
      'audio.peak': 0,
      'audio.rms': -3.01,
      'audio.clipped': 0,
    });
  });

  it('clipped samples are counted in runs of three and more, by the depth of the file', async () => {
    const top = 127 / 128;
    const samples = Float32Array.from([0, top, top, 0, top, top, top, top, 0, -1, -1, -1, 0.9, top]);
    expect((await facts([samples, samples], 8000, 8))['audio.clipped']).toBe(14);
    expect((await facts([samples], 8000, 16))['audio.clipped']).toBe(3);
  });

  it('the offset is that of the worse channel, with its sign', async () => {
    const flat = (value: number) => new Float32Array(100).fill(value);
    expect((await facts([flat(0.25), flat(-0.5)]))['audio.dcOffset']).toBe(-0.5);
  });

  it('pauses are listed from a tenth of a second on', async () => {
    const samples = sine(440, 8000, 2, 0.5);
    samples.fill(0, 4000, 4400); // 50 ms
    samples.fill(0, 8000, 10_400); // 300 ms
    expect(await facts([samples], 8000)).toMatchObject({
      'audio.silenceSpans': [[1, 1.3]],
      'audio.silence': expect.closeTo(0.17, 2),
    });
  });
});
