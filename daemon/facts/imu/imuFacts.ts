import type { Fact } from '../../media/fact';
import type { ImuMedia } from '../../media/media';

/** What is measured about an inertial recording. */
export function imuFacts({ sampleRate, channels }: ImuMedia): Fact[] {
  const samples = channels[0]?.length ?? 0;
  return [
    { name: 'imu.duration', value: samples / sampleRate, unit: 's', how: 'Samples divided by the sample rate.' },
    { name: 'imu.sampleRate', value: sampleRate, unit: 'Hz', how: 'Read from the file.' },
    { name: 'imu.channels', value: channels.length, how: 'Counted.' },
  ];
}
