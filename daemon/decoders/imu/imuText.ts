import { errors } from '../../common/errors';
import type { ImuMedia } from '../../media/media';
import type { Format } from '../format';
import { baseName } from '../maps/mapWord';
import { WorkPacer } from '../workPacer';
import { hasSensor } from './imuColumn';
import { IMU_LIMITS, MAX_IMU_BYTES, MAX_IMU_ROWS } from './imuLimits';
import { cellNumber, cells, findLogLayout, type ImuTable, type LogLayout } from './imuTable';
import { toImuMedia } from './toImuMedia';

const HEAD_BYTES = 64 * 1024;
const ROWS_A_CHUNK = 4096;

/** Sensor Logger writes a file a sensor: the sensor is the file's name, the columns are bare. */
const SENSOR_LOGGER = (names: readonly string[]): boolean =>
  names.includes('seconds_elapsed') && ['x', 'y', 'z'].every((axis) => names.includes(axis));

const accept = (names: string[]): boolean => hasSensor(names) || SENSOR_LOGGER(names);

const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/);

function layoutOf(bytes: Uint8Array): LogLayout | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  if (head.includes(0)) return undefined;
  return findLogLayout(linesOf(new TextDecoder().decode(head)), accept);
}

/** A log of an accelerometer or gyroscope as text: a line of names that say so, then rows. */
export const imuCsv: Format = {
  id: 'imu-csv',
  kind: 'imu',
  extensions: ['.csv', '.tsv', '.txt', '.log'],
  mime: 'text/csv',
  magic: 'text: column names of an accelerometer or gyroscope',
  maxBytes: MAX_IMU_BYTES,
  limits: IMU_LIMITS,
  detect: (head) => (layoutOf(head) ? 'yes' : 'no'),
  decode: decodeCsv,
};

async function decodeCsv(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<ImuMedia> {
  const layout = layoutOf(bytes);
  if (!layout) throw errors.damaged('IMU', 'no line names the columns of an accelerometer or gyroscope');
  const names = SENSOR_LOGGER(layout.names) && !hasSensor(layout.names) ? bySensor(layout.names, name) : layout.names;
  const table = await readRows(bytes, { ...layout, names }, new WorkPacer(signal));
  return toImuMedia('csv', table);
}

/** Sensor Logger's x, y, z with the sensor of the file's name before them; its units are m/s² and rad/s. */
function bySensor(names: readonly string[], file: string): string[] {
  const name = baseName(file).toLowerCase();
  const sensor = /gyro/.test(name)
    ? 'gyroscope_#(rad/s)'
    : /totalacc/.test(name)
      ? 'accelerometer_#(m/s2)'
      : /acc/.test(name)
        ? 'linacc_#(m/s2)'
        : undefined;
  if (!sensor)
    throw errors.unsupported(
      'IMU',
      `the bare columns x, y, z; name it Accelerometer.csv, TotalAcceleration.csv or Gyroscope.csv`,
    );
  return names.map((n) => (/^[xyz]$/.test(n) ? sensor.replace('#', n) : n));
}

async function readRows(bytes: Uint8Array, layout: LogLayout, pacer: WorkPacer): Promise<ImuTable> {
  const { names, separator, decimalComma, headerLines } = layout;
  const lines = linesOf(new TextDecoder().decode(bytes));
  const count = lines.length - headerLines;
  if (count > MAX_IMU_ROWS)
    throw errors.tooLarge('number of rows in the IMU file', String(count), String(MAX_IMU_ROWS));
  const columns = names.map(() => new Float64Array(Math.max(0, count)));
  let [rows, odd] = [0, 0];
  for (let i = headerLines; i < lines.length; i++) {
    if ((i & (ROWS_A_CHUNK - 1)) === 0) await pacer.breathe();
    const line = lines[i]!;
    if (line.trim() === '') continue;
    const row = cells(line, separator);
    if (row.length < names.length - 1 || row.every((cell) => Number.isNaN(cellNumber(cell, decimalComma)))) {
      odd++;
      continue;
    }
    for (let c = 0; c < names.length; c++) columns[c]![rows] = cellNumber(row[c] ?? '', decimalComma);
    rows++;
  }
  const warnings =
    odd > 0
      ? [
          `${odd} ${odd === 1 ? 'line is no row' : 'lines are no rows'} of numbers and ${odd === 1 ? 'was' : 'were'} left out.`,
        ]
      : [];
  return { names: [...names], columns: columns.map((c) => c.subarray(0, rows)), warnings };
}
