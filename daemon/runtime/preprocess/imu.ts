import { errors } from '../../common/errors';
import type { ModelConfig } from '../../common/modelConfig';
import type { ImuMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { resampleSinc } from './resampleSinc';

const SAMPLE_RATE = 200;

/**
 * Accelerometer and gyroscope -> [1, channels, samples] (`imu_utils.py`): 200 Hz, cut or zero-filled to the model's
 * length (official: 400 = 2 s). No normalisation: the model takes the sensors' own units.
 */
export function prepareImu(media: ImuMedia, config: ModelConfig): Omit<PreparedMedia, 'modality'> {
  const { channels, samples } = config.imu;
  check(media, channels);
  const tensor = new Float32Array(channels * samples);
  const input = { kind: 'motion' as const, ...takenSeconds(media, samples) };
  const available = media.channels.map((channel, c) => {
    const resampled = resampleSinc(channel, media.sampleRate, SAMPLE_RATE);
    tensor.set(resampled.subarray(0, samples), c * samples);
    return resampled.length;
  });
  return { frames: 1, tensor, shape: [1, channels, samples], warnings: lengthWarnings(available[0]!, samples), input };
}

function takenSeconds({ channels, sampleRate }: ImuMedia, samples: number) {
  const of = channels[0]!.length / sampleRate;
  return { seconds: Math.min(of, samples / SAMPLE_RATE), of, sampleRate: SAMPLE_RATE };
}

function check(media: ImuMedia, channels: number): void {
  if (media.channels.length !== channels) {
    throw errors.modalityUnsupported(
      'IMU recording',
      `it has ${media.channels.length} channels where the model takes ${channels} (accelerometer xyz, gyroscope xyz)`,
    );
  }
  if (media.channels[0]!.length === 0) throw errors.noContent(media.format, 'samples');
  if (!(media.sampleRate >= 1)) {
    throw errors.modalityUnsupported('IMU recording', `its sampling rate is ${media.sampleRate} Hz`);
  }
  if (!media.channels.every((channel) => channel.every(Number.isFinite))) {
    throw errors.modalityUnsupported('IMU recording', 'some of its samples are not numbers');
  }
}

function lengthWarnings(available: number, samples: number): string[] {
  const seconds = (n: number) => `${(n / SAMPLE_RATE).toFixed(1)} s`;
  if (available > samples)
    return [`The model takes the first ${seconds(samples)} of the recording's ${seconds(available)}.`];
  if (available < samples)
    return [`The recording is ${seconds(available)} long and was filled with zeros to ${seconds(samples)}.`];
  return [];
}
