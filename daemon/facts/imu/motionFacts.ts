import type { Fact } from '../../media/fact';
import type { ImuMedia } from '../../media/media';
import { dominantFrequency } from './dominantFrequency';
import { round } from './round';

/** Standard deviation of the length over a second below which the sensor lies still, m/s². */
const STILL = 0.1;
/** Steps of people: walking to running. */
const STEPS = [1.2, 3.5] as const;
/** Samples at the same largest value that only a limit of the sensor explains. */
const CLIPPED_RUN = 4;

/** Gravity, movement, rhythm and rotation. */
export function motionFacts(media: ImuMedia): Fact[] {
  const { channels, sensors, sampleRate, times } = media;
  const facts: Fact[] = [];
  if (sensors?.accelerometer !== false) facts.push(...accelerationFacts(channels.slice(0, 3), sampleRate, !!times));
  if (sensors?.gyroscope !== false && times) facts.push(...rotationFacts(channels.slice(3, 6), sampleRate));
  facts.push({
    name: 'imu.saturated',
    value: channels.filter(isClipped).length,
    how: `Channels that stay at their largest or smallest value for ${CLIPPED_RUN} samples or more, yet change elsewhere: the limit of a sensor.`,
  });
  return facts;
}

function accelerationFacts([x, y, z]: Float32Array[], rate: number, clocked: boolean): Fact[] {
  const length = x!.map((v, i) => Math.hypot(v, y![i]!, z![i]!));
  const gravity = [x!, y!, z!].map(mean);
  const size = Math.hypot(...gravity);
  const facts: Fact[] = [
    {
      name: 'imu.gravity',
      value: size > 0 ? gravity.map((g) => round(g / size)) : [0, 0, 0],
      how: 'Unit vector of the mean acceleration, in the axes of the sensor: it points up where the sensor lies still.',
    },
    {
      name: 'imu.gravityMagnitude',
      value: round(size),
      unit: 'm/s2',
      how: 'Length of the mean acceleration; about 9.81 where the sensor is not turned and gravity is not taken out.',
    },
    {
      name: 'imu.activityEnergy',
      value: round(deviation(length)),
      unit: 'm/s2',
      how: 'Standard deviation of the length of the acceleration.',
    },
  ];
  if (!clocked) return facts;
  facts.push({
    name: 'imu.stillShare',
    value: round(stillShare(length, Math.max(2, Math.round(rate)))),
    how: `Seconds in which the length of the acceleration deviates by less than ${STILL} m/s2, of all.`,
  });
  const frequency = dominantFrequency(length, rate);
  if (frequency === undefined) return facts;
  facts.push({
    name: 'imu.dominantFrequency',
    value: round(frequency),
    unit: 'Hz',
    how: 'Largest peak of the power spectrum of the length of the acceleration, 0.3 to 20 Hz; given only where it stands clearly above the rest.',
  });
  if (frequency >= STEPS[0] && frequency <= STEPS[1])
    facts.push({
      name: 'imu.stepsPerMinute',
      value: Math.round(60 * frequency),
      how: 'The dominant frequency in a minute, if these are steps of a person: it lies between 1.2 and 3.5 Hz.',
    });
  return facts;
}

function rotationFacts(axes: Float32Array[], rate: number): Fact[] {
  const degrees = 180 / Math.PI;
  let most = 0;
  for (let i = 0; i < axes[0]!.length; i++) most = Math.max(most, Math.hypot(axes[0]![i]!, axes[1]![i]!, axes[2]![i]!));
  return [
    {
      name: 'imu.rotation',
      value: axes.map((w) => round((degrees * w.reduce((sum, v) => sum + v, 0)) / rate)),
      unit: 'deg',
      how: "Rate integrated about the sensor's x, y and z, each on its own; a bias of the sensor adds up in it.",
    },
    {
      name: 'imu.largestRotationRate',
      value: round(degrees * most),
      unit: 'deg/s',
      how: 'Largest length of the rotation rate.',
    },
  ];
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const v of values) sum += v;
  return sum / values.length;
}

function deviation(values: Float32Array): number {
  const middle = mean(values);
  let sum = 0;
  for (const v of values) sum += (v - middle) ** 2;
  return Math.sqrt(sum / values.length);
}

function stillShare(length: Float32Array, window: number): number {
  let [still, all] = [0, 0];
  for (let at = 0; at < length.length; at += window) {
    const part = length.subarray(at, at + window);
    if (part.length < window / 2 && all > 0) break;
    all++;
    if (deviation(part) < STILL) still++;
  }
  return still / all;
}

function isClipped(values: Float32Array): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  let [run, longest, at] = [0, 0, 0];
  for (const v of values) {
    const edge = v === low || v === high;
    run = edge ? run + 1 : 0;
    if (edge) at++;
    longest = Math.max(longest, run);
  }
  return high > low && longest >= CLIPPED_RUN && at < 0.5 * values.length;
}
