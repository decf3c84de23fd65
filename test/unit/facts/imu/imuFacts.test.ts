import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import { imuFacts } from '../../../../daemon/facts/imu';
import type { Fact } from '../../../../daemon/media/fact';
import type { ImuMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

const factValue = (facts: Fact[], name: string) => facts.find((f) => f.name === name)?.value;
const factsOf = async (file: string, name = file) =>
  imuFacts((await decode(fixture(`imu/${file}`), name)).media as ImuMedia);

describe('facts of an inertial log', () => {
  it('of a known motion', async () => {
    const facts = await factsOf('sensorlog.csv');
    expect(factValue(facts, 'imu.sensors')).toEqual(['accelerometer', 'gyroscope']);
    expect(factValue(facts, 'imu.samples')).toBe(60);
    expect(factValue(facts, 'imu.sampleRate')).toBe(50);
    expect(factValue(facts, 'imu.duration')).toBe(1.18);
    expect(factValue(facts, 'imu.jitter')).toBeLessThan(0.001);
    expect(factValue(facts, 'imu.gaps')).toBe(0);
    expect(factValue(facts, 'imu.gravityMagnitude')).toBeCloseTo(9.9, 0);
    expect(factValue(facts, 'imu.activityEnergy')).toBeCloseTo(Math.SQRT2, 0);
    expect(factValue(facts, 'imu.stillShare')).toBe(0);
    expect(factValue(facts, 'imu.dominantFrequency')).toBeCloseTo(2, 0);
    expect((factValue(facts, 'imu.rotation') as number[])[0]).toBeCloseTo(0.5 * 1.2 * (180 / Math.PI), 2);
    expect(factValue(facts, 'imu.saturated')).toBe(0);
  });

  it('the gap', async () => {
    const facts = await factsOf('gap.csv');
    expect(factValue(facts, 'imu.gaps')).toBe(1);
    expect(factValue(facts, 'imu.gapSpans')).toEqual([[0.38, 0.8]]);
  });

  it('without a clock nothing about time is said', async () => {
    const facts = await factsOf('imu6_50hz.f4.npy', 'imu.npy');
    expect(facts.some((f) => /sampleRate|duration|dominantFrequency|rotation/i.test(f.name))).toBe(false);
  });

  it('a walk of 108 steps a minute, and a sensor at its limit', () => {
    const n = 2000;
    const z = Float32Array.from(
      { length: n },
      (_, i) => 9.81 + Math.max(-3, Math.min(3, 4 * Math.sin((2 * Math.PI * 1.8 * i) / 100))),
    );
    const zero = () => new Float32Array(n);
    const facts = imuFacts({
      kind: 'imu',
      sampleRate: 100,
      channels: [zero(), zero(), z, zero(), zero(), zero()],
      times: Float64Array.from({ length: n }, (_, i) => i / 100),
      sensors: { accelerometer: true, gyroscope: false },
      format: 'csv',
      warnings: [],
    });
    expect(factValue(facts, 'imu.stepsPerMinute')).toBe(108);
    expect(factValue(facts, 'imu.gravity')).toEqual([0, 0, 1]);
  });
});
