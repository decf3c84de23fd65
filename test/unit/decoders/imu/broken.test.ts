import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/imu';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

const file = (name: string): Buffer => fixture(`imu/${name}`);
const text = (content: string): Buffer => Buffer.from(content, 'latin1');

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['imu-csv', 'no names', text('1,2,3\n4,5,6\n'), 'FILE_DAMAGED'],
  ['imu-csv', 'names and nothing else', text('t,ax,ay,az\n'), 'MEDIA_EMPTY'],
  ['imu-csv', 'words', text('t,ax,ay,az\na,b,c,d\n'), 'MEDIA_EMPTY'],
  ['imu-csv', 'raw counts', text('t,ax,ay,az\n0,1,2,16384\n0.1,1,2,16384\n'), 'FILE_UNSUPPORTED'],
  [
    'imu-csv',
    'a clock that jumps',
    text('t_s,ax,ay,az\n0,0,0,9.8\n0.01,0,0,9.8\n0.02,0,0,9.8\n90000,0,0,9.8\n'),
    'FILE_UNSUPPORTED',
  ],
  ['imu-csv', 'bare columns of no known sensor', text('time,seconds_elapsed,z,y,x\n1,0,1,2,3\n'), 'FILE_UNSUPPORTED'],
  ['ros-yaml', 'no whole message', text('angular_velocity:\n  x: 1\nlinear_acceleration:\n'), 'MEDIA_EMPTY'],
  ['imu-npy', 'half', file('imu7.f4.npy').subarray(0, 900), 'FILE_TRUNCATED'],
  ['imu-npy', 'half, records', file('records.npy').subarray(0, 1500), 'FILE_TRUNCATED'],
  ['imu-npy', 'a response of a brain', fixture('fmri/response.npy'), 'FILE_UNSUPPORTED'],
];

describe('broken inertial logs', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });
});

describe('mutated inertial logs give errors of ours, soon', () => {
  it.each([
    ['imu-csv', 'sensorlog.csv'],
    ['imu-csv', 'androsensor.csv'],
    ['imu-csv', 'gap.csv'],
    ['ros-yaml', 'ros2.yaml'],
    ['imu-npy', 'imu7.f4.npy'],
    ['imu-npy', 'records.npy'],
  ])('%s: %s', { timeout: 60_000 }, async (id, name) => {
    const random = seeded(id.length * 7919 + name.length);
    for (let round = 0; round < 150; round++) {
      const start = performance.now();
      await outcome(formatById(formats, id), mutate(file(name), random));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
