import type { MonoWindow } from './analysisWindows';
import { decimate } from './decimate';
import { pitchPath } from './pitchPath';
import type { WorkPacer } from './workPacer';
import { type PitchCandidate, Yin } from './yin';

/** Hz that are looked for: A1 to C7. */
export const LOWEST_HZ = 55;
export const HIGHEST_HZ = 2100;
/** Sound is brought to about this rate first. */
const RATE = 20_000;
/** Seconds that are compared with those one period later, and from one look to the next. */
const WINDOW_SECONDS = 0.046;
export const PITCH_HOP = 0.01;
/** Mean square below which a frame is silent: -60 dBFS. */
const SILENT = 1e-6;

/** The pitch of a stretch, one value every PITCH_HOP seconds. */
export interface PitchTrack {
  /** Seconds of the first value. */
  start: number;
  /** Hz; 0 where there is sound without pitch, -1 where there is none. */
  hz: Float32Array;
}

/** YIN with a path through its candidates. Undefined for rates and stretches that are too low or short. */
export async function trackPitch(
  { start, samples }: MonoWindow,
  sampleRate: number,
  pacer: WorkPacer,
): Promise<PitchTrack | undefined> {
  const factor = Math.max(1, Math.floor(sampleRate / RATE));
  const rate = sampleRate / factor;
  const yin = new Yin(rate, Math.round(WINDOW_SECONDS * rate), LOWEST_HZ, Math.min(HIGHEST_HZ, rate / 4));
  const sound = await decimate(samples, factor, pacer);
  if (sound.length < yin.frameLength || rate < 8 * LOWEST_HZ) return undefined;
  const count = 1 + Math.floor((sound.length - yin.frameLength) / (PITCH_HOP * rate));
  const frames: PitchCandidate[][] = [];
  const silent: boolean[] = [];
  for (let f = 0; f < count; f++) {
    const at = Math.round(f * PITCH_HOP * rate);
    silent.push(meanSquare(sound, at, yin.frameLength) < SILENT);
    frames.push(silent[f] ? [] : yin.candidates(sound, at));
    if (f % 8 === 0) await pacer.breathe();
  }
  const path = pitchPath(frames);
  return {
    start: start + yin.frameLength / 2 / rate,
    hz: Float32Array.from(path, (candidate, f) => (silent[f] ? -1 : (candidate?.hz ?? 0))),
  };
}

function meanSquare(samples: Float32Array, at: number, length: number): number {
  let sum = 0;
  for (let i = at; i < at + length; i++) sum += samples[i]! * samples[i]!;
  return sum / length;
}

export interface PitchSummary {
  /** Median of the frames with pitch, Hz. */
  median: number;
  /** Share of the frames with sound that have pitch. */
  voiced: number;
}

/** Undefined where no frame has a pitch. */
export function summarizePitch(tracks: readonly PitchTrack[]): PitchSummary | undefined {
  const sounding = tracks.flatMap(({ hz }) => [...hz].filter((value) => value >= 0));
  const voiced = sounding.filter((value) => value > 0).sort((a, b) => a - b);
  if (voiced.length === 0) return undefined;
  return { median: voiced[voiced.length >> 1]!, voiced: voiced.length / sounding.length };
}
