import type { Fact } from '../../media/fact';
import type { ImuMedia } from '../../media/media';
import { clockFacts } from './clockFacts';
import { motionFacts } from './motionFacts';

/** What is measured about an inertial recording. What needs a clock is given only where the file has one. */
export function imuFacts(media: ImuMedia): Fact[] {
  const { channels, sensors, columns, times } = media;
  const names = [
    ...(sensors?.accelerometer === false ? [] : ['accelerometer']),
    ...(sensors?.gyroscope === false ? [] : ['gyroscope']),
  ];
  return [
    { name: 'imu.sensors', value: names, how: 'Sensors of which the file has x, y and z.' },
    {
      name: 'imu.samples',
      value: times?.length ?? channels[0]?.length ?? 0,
      how: 'Counted, before any resampling.',
    },
    ...(times ? clockFacts(media, times) : []),
    ...motionFacts(media),
    ...(columns ? [{ name: 'imu.columns', value: columns, how: 'By the names and units of the columns.' }] : []),
  ];
}
