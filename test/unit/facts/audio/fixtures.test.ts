import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import { audioFacts } from '../../../../daemon/facts/audio';
import type { AudioMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

/** Facts of a fixture, without "audio.". */
async function facts(name: string): Promise<Record<string, unknown>> {
  const { media } = await decode(fixture(`audio/${name}`), name);
  return Object.fromEntries((await audioFacts(media as AudioMedia)).map((fact) => [fact.name.slice(6), fact.value]));
}

/** Share by which a value is off. */
const off = (value: unknown, truth: number): number => Math.abs((value as number) / truth - 1);

// test/fixtures/audio/README.md says which tool said so
const MEASURED = {
  'sentence.ogg': { loudness: -20.7, truePeak: -1.9, rms: -21.62, peak: -2.19, dcOffset: 0.000472, centroid: 1298.6 },
  'melody.ogg': { loudness: -24.6, truePeak: -13.5, rms: -24.53, peak: -13.55, dcOffset: 0.00028, centroid: 947.9 },
  'drums.ogg': { loudness: -28.8, truePeak: -7.9, rms: -29.24, peak: -7.99, dcOffset: -0.000103, centroid: 1343.9 },
  'clipped.flac': { loudness: -3.6, truePeak: 0, rms: -4.09, peak: 0, dcOffset: -0.000005, centroid: 395.5 },
};

describe('files of real tools, against what ffmpeg, sox and librosa say', () => {
  it.each(Object.entries(MEASURED))('%s: loudness, levels, centroid', async (name, truth) => {
    const measured = await facts(name);
    expect(Math.abs((measured.loudness as number) - truth.loudness)).toBeLessThanOrEqual(0.1);
    expect(Math.abs((measured.truePeak as number) - truth.truePeak)).toBeLessThanOrEqual(0.1);
    expect(measured.rms).toBeCloseTo(truth.rms, 1);
    expect(measured.peak).toBeCloseTo(truth.peak, 1);
    expect(measured.dcOffset).toBeCloseTo(truth.dcOffset, 5);
    expect(off(measured.spectralCentroid, truth.centroid)).toBeLessThan(0.02);
  });

  it('a spoken sentence has the pitch of its deep voice, is speech and no music, and has no tempo', async () => {
    const measured = await facts('sentence.ogg');
    expect(off(measured.pitch, 95.8)).toBeLessThan(0.01);
    expect(measured.voiced).toBeGreaterThan(0.6);
    expect(measured).toMatchObject({ speechShare: 1, musicShare: 0 });
    expect(measured).not.toHaveProperty('tempo');
  });

  it('a melody has its notes and tempo', async () => {
    const measured = await facts('melody.ogg');
    const notes = measured.notes as Array<[number, string, number, number]>;
    // a soft flute repeats a note without an onset
    const melody = 'C4 D4 E4 F4 G4 A4 B4 C5 B4 A4 G4 F4 E4 C4';
    expect(
      notes
        .map(([, note]) => note)
        .filter((note, i, all) => note !== all[i - 1])
        .join(' '),
    ).toBe(melody);
    for (const [start] of notes) expect(Math.abs(start - Math.round(start * 2) / 2)).toBeLessThan(0.11);
    expect(off(measured.pitch, 392)).toBeLessThan(0.01);
    expect(off(measured.tempo, 120)).toBeLessThan(0.02);
    expect(measured).toMatchObject({ speechShare: 0, musicShare: 1 });
  });

  it('drums have their tempo, one onset every half beat, and no pitch', async () => {
    const measured = await facts('drums.ogg');
    expect(off(measured.tempo, 96)).toBeLessThan(0.02);
    expect(measured.onsets).toBe(19); // of 20: the first is there from the first sample on
    expect(measured).not.toHaveProperty('pitch');
  });

  it('a clipped tone: where and how often, with its silent ends', async () => {
    const measured = await facts('clipped.flac');
    expect(measured).toMatchObject({
      clipped: 1560,
      clippedSpans: [[0.2005, 0.4996]],
      leadingSilence: 0.2,
      trailingSilence: 0.1,
    });
    expect(off(measured.pitch, 200)).toBeLessThan(0.01);
  });

  it('16 bits in a file of 24', async () => {
    expect(await facts('bits16in24.flac')).toMatchObject({ bitDepth: 24, bitDepthUsed: 16 });
  });
});
