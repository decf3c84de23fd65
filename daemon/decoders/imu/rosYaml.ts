import { errors } from '../../common/errors';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { IMU_LIMITS, MAX_IMU_BYTES, MAX_IMU_ROWS } from './imuLimits';
import type { ImuTable } from './imuTable';
import { toImuMedia } from './toImuMedia';

/** Fields of sensor_msgs/Imu -> column; its units are fixed: rad/s and m/s² (ROS REP 103). */
const NAMES = ['stamp (s)', ...axes('angular_velocity', 'rad/s'), ...axes('linear_acceleration', 'm/s2')];

function axes(field: string, unit: string): string[] {
  return ['x', 'y', 'z'].map((axis) => `${field}.${axis} (${unit})`);
}

const COLUMN: Readonly<Record<string, number>> = {
  'angular_velocity.x': 1,
  'angular_velocity.y': 2,
  'angular_velocity.z': 3,
  'linear_acceleration.x': 4,
  'linear_acceleration.y': 5,
  'linear_acceleration.z': 6,
};

/** What `rostopic echo` and `ros2 topic echo` print of an IMU topic: YAML, one message after the other, --- between. */
export const rosYaml: Format = {
  id: 'ros-yaml',
  kind: 'imu',
  extensions: ['.yaml', '.yml', '.txt', '.log'],
  mime: 'application/yaml',
  magic: 'text: angular_velocity: and linear_acceleration:',
  maxBytes: MAX_IMU_BYTES,
  limits: IMU_LIMITS,
  detect: (head) => {
    if (head.includes(0)) return 'no';
    const text = new TextDecoder().decode(head);
    return /^angular_velocity:/m.test(text) && /^linear_acceleration:/m.test(text) ? 'yes' : 'no';
  },
  decode: async (bytes, _name, signal) => toImuMedia('ros', await readMessages(bytes, new WorkPacer(signal))),
};

async function readMessages(bytes: Uint8Array, pacer: WorkPacer): Promise<ImuTable> {
  const columns: number[][] = NAMES.map(() => []);
  let row = emptyRow();
  let [cut, lines] = [0, 0];
  const finish = () => {
    if (row.slice(1).some(Number.isFinite)) {
      if (row.slice(1).every(Number.isFinite)) for (const [c, value] of row.entries()) columns[c]!.push(value);
      else cut++;
    }
    row = emptyRow();
  };
  let [parent, stamp] = ['', 0];
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if ((++lines & 4095) === 0) await pacer.breathe();
    if (line.startsWith('---')) {
      finish();
      if (columns[0]!.length > MAX_IMU_ROWS)
        throw errors.tooLarge('number of messages in the ROS file', `more than ${MAX_IMU_ROWS}`, String(MAX_IMU_ROWS));
      continue;
    }
    const field = /^(\s*)(\w+):\s*(\S*)/.exec(line);
    if (!field) continue;
    const [, indent = '', key = '', text = ''] = field;
    if (indent === '') parent = key;
    const value = text === '' ? Number.NaN : Number(text);
    const column = COLUMN[`${parent}.${key}`];
    if (column !== undefined && indent !== '') row[column] = value;
    else if (key === 'secs' || key === 'sec') stamp = value;
    else if (key === 'nsecs' || key === 'nanosec') row[0] = stamp + value * 1e-9;
  }
  finish();
  const warnings = cut > 0 ? [`${cut} incomplete ${cut === 1 ? 'message was' : 'messages were'} left out.`] : [];
  return { names: NAMES, columns: columns.map((c) => Float64Array.from(c)), warnings };
}

const emptyRow = (): number[] => new Array<number>(NAMES.length).fill(Number.NaN);
