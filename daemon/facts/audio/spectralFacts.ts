import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { longMonoWindow, planWindows } from './analysisWindows';
import { findOnsets, onsetStrength } from './onsets';
import { rounded } from './rounded';
import { SpectralAnalysis, type SpectralFrames } from './spectralFrames';
import { BANDWIDTH_DB, bandwidth, meanCentroid } from './spectrumShape';
import { HELD_OUT, speechAndMusic } from './speechMusic';
import { FEATURE_NAMES } from './speechMusicFeatures';
import { estimateTempo } from './tempo';
import type { WorkPacer } from './workPacer';

/** Up to four minutes are measured whole; of longer recordings 160 s. */
const BUDGET = { whole: 240, count: 8, seconds: 20 };
/** Fewer make no beat: what repeats itself in a steady tone is the rounding of its samples. */
const LEAST_ONSETS = 4;

/** What short-time spectra tell. `onsets` in seconds, for the notes. */
export async function spectralFacts(
  { channels, sampleRate }: AudioMedia,
  bits: number | undefined,
  pacer: WorkPacer,
): Promise<{ facts: Fact[]; onsets: number[] }> {
  const { ranges, note } = planWindows(channels[0]!.length, sampleRate, BUDGET);
  const analysis = new SpectralAnalysis(sampleRate);
  const stretches: SpectralFrames[] = [];
  for (const range of ranges)
    stretches.push(await analysis.measure(await longMonoWindow(channels, sampleRate, range, pacer), pacer));
  const strengths = stretches.map(onsetStrength);
  const onsets = stretches.flatMap((frames, i) => findOnsets(frames, strengths[i]!));
  const seconds = ranges.reduce((sum, [from, to]) => sum + (to - from) / sampleRate, 0);
  const facts = [
    ...shapeFacts(stretches, analysis, bits, note),
    ...onsetFacts(onsets.length, seconds, note),
    ...(onsets.length < LEAST_ONSETS ? [] : tempoFacts(strengths, stretches[0]!.hop, note)),
    ...(await speechMusicFacts(stretches, note, pacer)),
  ];
  return { facts, onsets };
}

function shapeFacts(
  stretches: readonly SpectralFrames[],
  { mean }: SpectralAnalysis,
  bits: number | undefined,
  note: string,
): Fact[] {
  const centroid = meanCentroid(stretches);
  const top = bandwidth(mean, bits);
  if (centroid === undefined || top === undefined) return [];
  return [
    {
      name: 'audio.spectralCentroid',
      value: Math.round(centroid),
      unit: 'Hz',
      how: `mean frequency weighted by magnitude, mean over the windows (46 ms, Hann) that are not silent${note}`,
    },
    {
      name: 'audio.bandwidth',
      value: Math.round(top),
      unit: 'Hz',
      how:
        `highest frequency whose mean power is less than ${BANDWIDTH_DB} dB below the strongest and above the noise of ` +
        `the bit depth; well below half the sample rate after upsampling or a lossy codec${note}`,
    },
  ];
}

function onsetFacts(count: number, seconds: number, note: string): Fact[] {
  const how = 'rises of the spectrum (spectral flux) by 1.5 dB above their surroundings';
  const rate: Fact = {
    name: 'audio.onsetRate',
    value: rounded(count / seconds, 3),
    unit: '1/s',
    how: `${how}${note}`,
  };
  // a sample cannot be counted out
  return note ? [rate] : [{ name: 'audio.onsets', value: count, how }, rate];
}

function tempoFacts(strengths: readonly Float64Array[], hop: number, note: string): Fact[] {
  const tempo = estimateTempo(strengths, hop);
  if (!tempo) return [];
  const how = `estimate: period of the onsets, nearest to 120 where several fit, so it may be twice or half of what is counted${note}`;
  return [
    { name: 'audio.tempo', value: rounded(tempo.bpm, 1), unit: 'BPM', how },
    {
      name: 'audio.tempoConfidence',
      value: rounded(tempo.confidence, 3),
      how: `mean autocorrelation of the onsets at one to four beats, 0 to 1${note}`,
    },
  ];
}

async function speechMusicFacts(stretches: readonly SpectralFrames[], note: string, pacer: WorkPacer): Promise<Fact[]> {
  const shares = await speechAndMusic(stretches, pacer);
  if (!shares) return [];
  const how =
    `share of the segments of 3 s, each judged speech, music or neither: an estimate from ${FEATURE_NAMES.length} ` +
    `features of modulation, tonality and pulse, right for ${HELD_OUT.percent} % of ${HELD_OUT.recordings} held-out ` +
    `recordings${note}`;
  return [
    { name: 'audio.speechShare', value: rounded(shares.speech, 3), how },
    { name: 'audio.musicShare', value: rounded(shares.music, 3), how },
  ];
}
