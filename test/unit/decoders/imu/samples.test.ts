import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import type { ImuMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

async function read(file: string, name = file): Promise<ImuMedia> {
  const { media } = await decode(fixture(`imu/${file}`), name);
  if (media.kind !== 'imu') throw new Error(`it is ${media.kind}`);
  return media;
}

/** Largest difference from the simulated motion, in m/s² and rad/s; of the sensors that are there. */
function worst({ channels, sensors }: ImuMedia): [number, number] {
  const truth = (t: number) => [
    [0.5, -0.25, 9.80665 + 2 * Math.sin(4 * Math.PI * t)],
    [0.5, -0.1, 0.2 * Math.cos(2 * Math.PI * t)],
  ];
  const errors = [0, 1].map((s) => {
    if (!(s === 0 ? sensors!.accelerometer : sensors!.gyroscope)) return 0;
    let most = 0;
    for (let i = 0; i < channels[0]!.length; i++)
      for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(channels[3 * s + c]![i]! - truth(i * 0.02)[s]![c]!));
    return most;
  });
  return errors as [number, number];
}

const both = { accelerometer: true, gyroscope: true };

describe('inertial logs in the layouts of known loggers', () => {
  it.each([
    ['sensorlog.csv', both, 60],
    ['TotalAcceleration.csv', { accelerometer: true, gyroscope: false }, 60],
    ['Gyroscope.csv', { accelerometer: false, gyroscope: true }, 60],
    ['physics-toolbox.csv', both, 60],
    ['androsensor.csv', both, 60],
    ['phyphox.csv', { accelerometer: true, gyroscope: false }, 60],
    ['coremotion.csv', both, 60],
    ['rostopic.csv', both, 60],
    ['ros2.yaml', both, 20],
    ['degrees.tsv', both, 60],
    ['imu7.f4.npy', both, 60],
    ['imu6_50hz.f4.npy', both, 60],
    ['records.npy', both, 60],
  ])('%s', async (file, sensors, samples) => {
    const media = await read(file);
    expect(media.sensors).toEqual(sensors);
    expect(media.channels.map((c) => c.length)).toEqual(new Array(6).fill(samples));
    expect(media.sampleRate).toBeCloseTo(50, 3);
    const [acceleration, rotation] = worst(media);
    expect(acceleration).toBeLessThan(2e-5);
    expect(rotation).toBeLessThan(2e-6);
  });

  it('a gap is filled, and the times stay as recorded', async () => {
    const media = await read('gap.csv');
    expect(media.channels[0]!.length).toBe(60);
    expect(media.times!.length).toBe(40);
    expect(media.warnings.join()).toContain('not evenly spaced');
  });

  it('says how it knows the units', async () => {
    expect((await read('degrees.tsv')).columns).toContain('gyro_x [deg/s] [deg/s] -> gyroscope x');
    expect((await read('gap.csv')).warnings.join()).toMatch(/gravity, about 10\.3 in it, tells m\/s2/);
  });

  it('no rate is known without times: a warning', async () => {
    const media = await read('imu6_50hz.f4.npy', 'imu.npy');
    expect([media.sampleRate, media.times]).toEqual([200, undefined]);
    expect(media.warnings.join()).toContain('no time stamps');
  });

  it.each(['cloud.csv', 'cloud.xyz'])('the points of %s stay points', async (file) => {
    expect((await decode(fixture(`points/${file}`), file)).media.kind).toBe('point');
  });
});
