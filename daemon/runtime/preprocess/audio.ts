import { errors } from '../../common/errors';
import type { ModelConfig } from '../../common/modelConfig';
import type { AudioMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { FBANK, fbank } from './fbank';
import { resampleSinc } from './resampleSinc';

/** Mean and half the deviation's reciprocal of AudioSet's filter banks (`make_audio_features`): (x + 4.27) / 9.14. */
const SHIFT = 4.2677393;
const SCALE = 2 * 4.5689974;

/**
 * Sound -> [1, 1, mels, frames]: `make_audio_features` of the official code. First channel only (there is no mix),
 * 16 kHz, mean over all channels removed, Kaldi filter bank, cut or zero-filled to `frames`, normalised (so that the
 * filling is 0.467), transposed.
 *
 * Differs from it: only the part that reaches the model is resampled, the mean is that of the unresampled sound (each
 * window's own mean is removed anyway), and a clip under 25 ms is filled with silence where the original fails.
 */
export function prepareAudio(media: AudioMedia, config: ModelConfig): Omit<PreparedMedia, 'modality'> {
  const { mels, frames } = config.audio;
  const warnings: string[] = [];
  const samples = heardPart(media, frames, warnings);
  const bank = fbank(samples, mels, frames);
  const input = {
    kind: 'sound' as const,
    ...heardSeconds(media, frames),
    channels: media.channels.length,
    mels,
    frames,
  };
  const tensor = new Float32Array(mels * frames).fill(SHIFT / SCALE);
  for (let t = 0; t < bank.length / mels; t++) {
    for (let m = 0; m < mels; m++) tensor[m * frames + t] = (bank[t * mels + m]! + SHIFT) / SCALE;
  }
  return { frames: 1, tensor, shape: [1, 1, mels, frames], warnings, input };
}

/** Samples at 16 kHz that `frames` windows need. */
const samplesOf = (frames: number) => (frames - 1) * FBANK.shift + FBANK.window;

function heardSeconds({ channels, sampleRate }: AudioMedia, frames: number) {
  const of = channels[0]!.length / sampleRate;
  return { seconds: Math.min(of, samplesOf(frames) / FBANK.sampleRate), of, sampleRate: FBANK.sampleRate };
}

/** The first channel at 16 kHz without its mean: as many samples as `frames` windows need, and at least one window. */
function heardPart(media: AudioMedia, frames: number, warnings: string[]): Float32Array {
  const first = media.channels[0];
  if (!first || first.length === 0) throw errors.noContent(media.format, 'samples');
  const needed = samplesOf(frames);
  const mean = meanOf(media.channels);
  const clean = finite(first, mean, warnings);
  const resampled = resampleSinc(clean, media.sampleRate, FBANK.sampleRate, needed);
  warnAboutLength(first.length / media.sampleRate, needed / FBANK.sampleRate, warnings);
  if (resampled.length >= FBANK.window) return resampled;
  const filled = new Float32Array(FBANK.window);
  filled.set(resampled);
  return filled;
}

/** Over all channels; samples that are no numbers are left out. */
function meanOf(channels: readonly Float32Array[]): number {
  let sum = 0;
  let count = 0;
  for (const channel of channels) {
    for (let i = 0; i < channel.length; i++) {
      if (!Number.isFinite(channel[i]!)) continue;
      sum += channel[i]!;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}

/** Samples less the mean; those that are no numbers become silence. */
function finite(channel: Float32Array, mean: number, warnings: string[]): Float32Array {
  let broken = 0;
  const out = channel.map((v) => {
    if (Number.isFinite(v)) return v - mean;
    broken++;
    return 0;
  });
  if (broken > 0) warnings.push(`${broken} samples of the sound are not numbers and were silenced.`);
  return out;
}

function warnAboutLength(seconds: number, limit: number, warnings: string[]): void {
  if (seconds > limit) {
    warnings.push(`The model hears the first ${limit.toFixed(1)} s of the sound's ${seconds.toFixed(1)} s.`);
  }
  if (seconds < FBANK.window / FBANK.sampleRate) {
    warnings.push(`The sound is ${(1000 * seconds).toFixed(1)} ms long and was filled with silence to 25 ms.`);
  }
}
