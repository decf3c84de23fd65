import { describe, expect, it } from 'vitest';
import { audioFacts } from '../../../../daemon/facts/audio';
import { measureLoudness } from '../../../../daemon/facts/audio/loudness';
import { WorkPacer } from '../../../../daemon/facts/audio/workPacer';
import { spectrogram } from '../../../../daemon/facts/preview';
import type { AudioMedia } from '../../../../daemon/media/media';

const dB = (decibels: number): number => 10 ** (decibels / 20);
const sine = (hz: number, rate: number, seconds: number, amplitude = 1, phase = 0): Float32Array =>
  Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate + phase),
  );
const joined = (...parts: Float32Array[]): Float32Array => {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
const media = (channels: Float32Array[], sampleRate: number, bitDepth?: number): AudioMedia => ({
  kind: 'audio',
  format: 'wav',
  sampleRate,
  channels,
  warnings: [],
  ...(bitDepth && { bitDepth }),
});
const facts = async (...args: Parameters<typeof media>): Promise<Record<string, unknown>> =>
  Object.fromEntries((await audioFacts(media(...args))).map(({ name, value }) => [name, value]));

describe('EBU Tech 3342, loudness range', () => {
  it.each([
    [[-20, -30], 10],
    [[-20, -15], 5],
    [[-40, -20], 20],
    [[-50, -35, -20, -35, -50], 15],
  ])('levels %j are %d LU', async (levels, range) => {
    const tone = joined(...levels.map((level) => sine(1000, 48_000, 20, dB(level))));
    const loudness = await measureLoudness([tone, tone], 48_000, new WorkPacer());
    expect(Math.abs(loudness!.range! - range)).toBeLessThanOrEqual(1);
  });
});

describe('EBU Tech 3341, true peak', () => {
  it.each([
    [4, 0],
    [4, Math.PI / 4],
    [6, Math.PI / 3],
    [8, (67.5 * Math.PI) / 180],
  ])('a sine of a %dth of the rate, phase %d, of half scale is -6 dBTP', async (divisor, phase) => {
    // faded in and out: an edge in the middle of a period overshoots indeed
    const tone = sine(48_000 / divisor, 48_000, 1, 0.5, phase).map(
      (v, i) => v * Math.min(1, i / 4800, (47_999 - i) / 4800),
    );
    const peak = (await facts([tone], 48_000))['audio.truePeak'] as number;
    expect(peak).toBeGreaterThan(-6.4);
    expect(peak).toBeLessThan(-5.8);
  });
});

describe('sound', () => {
  it('bits that are used, not those of the file', async () => {
    const eight = sine(440, 8000, 1, 0.5).map((value) => Math.round(value * 128) / 128);
    expect(await facts([eight], 8000, 24)).toMatchObject({ 'audio.bitDepth': 24, 'audio.bitDepthUsed': 8 });
    expect(await facts([sine(440, 8000, 1, 0.3)], 8000, 32)).not.toHaveProperty('audio.bitDepthUsed');
  });

  it('stereo: the same, the opposite and one side alone', async () => {
    const tone = sine(440, 8000, 1, 0.5);
    expect(await facts([tone, tone], 8000)).toMatchObject({ 'audio.stereoWidth': 0, 'audio.dualMono': true });
    expect(await facts([tone, tone.map((v) => -v)], 8000)).toMatchObject({ 'audio.stereoWidth': 1 });
    expect(await facts([tone, new Float32Array(8000)], 8000)).toMatchObject({ 'audio.stereoWidth': 0.5 });
  });

  it('clipped stretches, silent ends, noise floor', async () => {
    const tone = sine(100, 8000, 1, 2).map((value) => Math.max(-1, Math.min(1, value)));
    const sound = joined(new Float32Array(8000), tone, new Float32Array(4000));
    const measured = await facts([sound], 8000, 16);
    expect(measured).toMatchObject({
      'audio.leadingSilence': 1,
      'audio.trailingSilence': 0.5,
      'audio.noiseFloor': -200,
    });
    expect(measured['audio.clippedSpans']).toEqual([[expect.closeTo(1.001, 2), expect.closeTo(1.999, 2)]]);
  });

  it('pitch and notes of a melody', async () => {
    const melody = joined(...[440, 493.88, 523.25].map((hz) => sine(hz, 44_100, 0.5, 0.5)));
    const notes = (await facts([melody], 44_100))['audio.notes'] as Array<[number, string, number, number]>;
    expect(notes.map(([, name]) => name)).toEqual(['A4', 'B4', 'C5']);
    expect(notes[0]![2]).toBeCloseTo(440, 0);
  });

  it('tempo and onsets of clicks, and no tempo of noise', async () => {
    const clicks = new Float32Array(44_100 * 10);
    for (let beat = 0; beat < 20; beat++)
      clicks.set(sine(1000, 44_100, 0.03, 0.5), Math.round((0.25 + beat * 0.5) * 44_100));
    const measured = await facts([clicks], 44_100);
    expect(measured['audio.onsets']).toBe(20);
    expect(Math.abs((measured['audio.tempo'] as number) - 120)).toBeLessThan(1.5);
    let seed = 1;
    const noise = clicks.map(() => {
      seed = (seed * 16_807) % 2_147_483_647;
      return (seed / 2_147_483_647 - 0.5) * 0.5;
    });
    expect(await facts([noise], 44_100)).not.toHaveProperty('audio.tempo');
  });

  it.each([440, 110.3])('a steady tone of %d Hz has neither onsets nor a tempo', async (hz) => {
    const steps = sine(hz, 44_100, 10, 0.5).map((value) => Math.round(value * 32_768) / 32_768);
    const measured = await facts([steps], 44_100, 16);
    expect(measured['audio.onsets']).toBe(0);
    expect(measured).not.toHaveProperty('audio.tempo');
  });

  it('stops when it is cancelled', async () => {
    const tools = { signal: { aborted: true } };
    await expect(audioFacts(media([sine(440, 8000, 1)], 8000), tools)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('spectrogram', () => {
  it('a tone is one bright row', () => {
    const { columns, rows, data, minHz, maxHz } = spectrogram(media([sine(1000, 16_000, 2, 0.5)], 16_000));
    expect([columns, rows, data.length]).toEqual([240, 64, 240 * 64]);
    const brightest = Array.from({ length: rows }, (_, r) => data[r * columns + 120]!);
    const row = brightest.indexOf(Math.max(...brightest));
    const hz = minHz * (maxHz / minHz) ** ((rows - 0.5 - row) / rows);
    expect(Math.abs(Math.log2(hz / 1000))).toBeLessThan(0.15);
  });

  it('of silence all is dark', () => {
    expect(spectrogram(media([new Float32Array(8000)], 8000)).data.every((level) => level === 0)).toBe(true);
  });
});
