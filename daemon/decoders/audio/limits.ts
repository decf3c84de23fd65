import { errors } from '../../common/errors';

/** Longest recording in seconds. */
export const MAX_SECONDS = 2 * 60 * 60;
/** Largest decoded recording: float32 samples of all channels. */
export const MAX_DECODED_BYTES = 1024 ** 3;
/** Largest file of any sound format. */
export const MAX_AUDIO_FILE_BYTES = 1024 ** 3;
export const MAX_CHANNELS = 64;
/** For the table of formats. */
export const AUDIO_LIMITS = `${MAX_SECONDS / 3600} hours, ${MAX_DECODED_BYTES / 1024 ** 3} GiB decoded, ${MAX_CHANNELS} channels`;
/** Hertz. Below, sensor logs; above, nothing that a sound card makes. */
export const MIN_RATE = 100;
export const MAX_RATE = 768_000;

/** What a header says about the sound, before anything is decoded. */
export interface AudioShape {
  /** Hertz. */
  sampleRate: number;
  channels: number;
}

/** Throws FILE_DAMAGED or FILE_UNSUPPORTED where the header's rate or channel count cannot be. */
export function checkShape(format: string, { sampleRate, channels }: AudioShape): void {
  if (channels < 1) throw errors.damaged(format, 'its header says 0 channels');
  if (channels > MAX_CHANNELS) throw errors.unsupported(format, `${channels} channels (at most ${MAX_CHANNELS})`);
  if (sampleRate < 1) throw errors.damaged(format, 'its header says a sample rate of 0 Hz');
  if (sampleRate < MIN_RATE || sampleRate > MAX_RATE)
    throw errors.unsupported(format, `a sample rate of ${sampleRate} Hz (${MIN_RATE} to ${MAX_RATE})`);
}

/** Throws FILE_TOO_LARGE where `samples` a channel would pass two hours or 1 GiB of float32. */
export function checkLength(format: string, samples: number, { sampleRate, channels }: AudioShape): void {
  const seconds = samples / sampleRate;
  if (seconds > MAX_SECONDS) throw errors.tooLarge(`${format} recording`, `${Math.ceil(seconds)} seconds`, '2 hours');
  const bytes = samples * channels * Float32Array.BYTES_PER_ELEMENT;
  if (bytes > MAX_DECODED_BYTES)
    throw errors.tooLarge(`decoded ${format} recording`, `${Math.ceil(bytes / 1024 ** 2)} MiB`, '1024 MiB');
}
