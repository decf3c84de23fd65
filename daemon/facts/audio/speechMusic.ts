import type { SpectralFrames } from './spectralFrames';
import { segmentFeatures, segments } from './speechMusicFeatures';
import { SPEECH_MUSIC_MODEL } from './speechMusicModel';
import type { WorkPacer } from './workPacer';

const CLASSES = ['speech', 'music', 'other'] as const;
type SoundClass = (typeof CLASSES)[number];

/** Farther off than this many deviations, a feature tells nothing more. */
const FARTHEST = 4;

/** Shares of the segments of 3 s, 0..1; silent segments are neither. */
export interface SpeechMusic {
  speech: number;
  music: number;
}

/**
 * What the judge got right (its most frequent class of a recording), in percent of 294 recordings of up to 12 s from
 * sources that were neither trained on nor looked at while choosing: `python training/speech_music.py test`. By class:
 * speech 83 (all of 48 by synthesizers, 39 of 44 read sentences in other languages, 9 of 24 strings of single digits by
 * two speakers), music 88 (51 of 60 pieces of two games, 37 of 40 renderings with another sound font), other sounds
 * (ESC-10, fold 1) 91. The mean of the three:
 */
export const HELD_OUT = { percent: 87, recordings: 294 } as const;

/**
 * Judges each segment by the features of `speechMusicFeatures.ts`. Undefined where every segment is silent or the sound
 * too short. Throws CANCELLED.
 */
export async function speechAndMusic(
  stretches: readonly SpectralFrames[],
  pacer: WorkPacer,
): Promise<SpeechMusic | undefined> {
  let all = 0;
  let judged = 0;
  const counts: Record<SoundClass, number> = { speech: 0, music: 0, other: 0 };
  for (const frames of stretches)
    for (const [from, to] of segments(frames)) {
      all++;
      await pacer.breathe();
      const features = segmentFeatures(frames, from, to);
      if (!features) continue;
      judged++;
      counts[classify(features)]++;
    }
  return judged === 0 ? undefined : { speech: counts.speech / all, music: counts.music / all };
}

/** The likeliest class of a segment. */
export function classify(features: readonly number[]): SoundClass {
  const { mean, deviation, hidden, hiddenBias, output, outputBias } = SPEECH_MUSIC_MODEL;
  const scaled = features.map((value, i) =>
    Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean[i]!) / deviation[i]!)),
  );
  const inner = layer(hidden, hiddenBias, scaled).map(Math.tanh);
  const scores = layer(output, outputBias, inner);
  return CLASSES[scores.indexOf(Math.max(...scores))]!;
}

const layer = (weights: readonly (readonly number[])[], bias: readonly number[], input: readonly number[]): number[] =>
  weights.map((row, i) => row.reduce((sum, weight, k) => sum + weight * input[k]!, bias[i]!));
