import { errors } from '../../common/errors';
import type { ImuMedia } from '../../media/media';
import type { Format } from '../format';
import { baseName } from '../maps/mapWord';
import { isNpy, NPY_CELLS, npyReader } from '../maps/npyValues';
import { parseNpyHeader } from '../points/npyHeader';
import { WorkPacer } from '../workPacer';
import { hasSensor } from './imuColumn';
import { IMU_LIMITS, MAX_IMU_BYTES, MAX_IMU_ROWS } from './imuLimits';
import { type RecordHeader, readRecordHeader } from './npyRecords';
import { toImuMedia } from './toImuMedia';

const NAMED = /(^|[^a-z])(imu|accel\w*|acc|gyro\w*|inertial)($|[^a-z])/i;
const SIX = ['ax', 'ay', 'az', 'gx', 'gy', 'gz'];
const WIDTHS = [3, 4, 6, 7];

/** NPY: records with the sensors' names; or rows of 6 (accelerometer, gyroscope) or 7 (a time first) where the file's name says IMU. */
export const imuNpy: Format = {
  id: 'imu-npy',
  kind: 'imu',
  extensions: ['.npy'],
  mime: 'application/x-npy',
  magic: '93 NUMPY, records of sensors, or imu in its name',
  maxBytes: MAX_IMU_BYTES,
  limits: IMU_LIMITS,
  detect: (head, name = '') => {
    if (!isNpy(head)) return 'no';
    try {
      const records = readRecordHeader(head);
      if (records) return hasSensor(records.fields.map((f) => f.name)) ? 'yes' : 'no';
      return NAMED.test(baseName(name)) && layoutOf(parseNpyHeader(head).shape) ? 'yes' : 'no';
    } catch {
      return 'no';
    }
  },
  decode: async (bytes, name, signal) => {
    const records = readRecordHeader(bytes);
    return records ? decodeRecords(bytes, records, signal) : decodeRows(bytes, name, signal);
  },
};

/** Rows are samples, unless the other way alone fits. */
function layoutOf(shape: readonly number[]): { rows: number; width: number; turned: boolean } | undefined {
  const [a = 0, b = 0] = shape;
  if (shape.length !== 2) return undefined;
  if (WIDTHS.includes(b)) return { rows: a, width: b, turned: false };
  return WIDTHS.includes(a) ? { rows: b, width: a, turned: true } : undefined;
}

async function decodeRows(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<ImuMedia> {
  const header = parseNpyHeader(bytes);
  const layout = layoutOf(header.shape);
  if (!layout) throw errors.unsupported('NPY', `the shape [${header.shape.join(', ')}]; an IMU has [N, 6] or [N, 7]`);
  const { rows, width, turned } = layout;
  checkRows(rows);
  const read = npyReader(bytes, header, rows * width);
  const byColumn = turned !== header.fortranOrder;
  const pacer = new WorkPacer(signal);
  const columns = Array.from({ length: width }, () => new Float64Array(rows));
  for (let c = 0; c < width; c++) {
    for (let i = 0; i < rows; i++) columns[c]![i] = read(byColumn ? c * rows + i : i * width + c);
    await pacer.breathe();
  }
  const sensor = width <= 4 && /gyro/i.test(baseName(name)) ? SIX.slice(3) : width <= 4 ? SIX.slice(0, 3) : SIX;
  const names = width === sensor.length ? sensor : ascends(columns[0]!) ? ['time', ...sensor] : [...sensor, 'time'];
  if (names.includes('time') && !ascends(columns[names.indexOf('time')]!))
    throw errors.unsupported('NPY', `${width} columns, of which neither the first nor the last is a time`);
  const warnings =
    sensor === SIX ? ['The columns have no names; they are taken as accelerometer x, y, z, gyroscope x, y, z.'] : [];
  const rate = /(\d+(?:\.\d+)?) ?hz/i.exec(baseName(name))?.[1];
  return toImuMedia('npy', { names, columns, warnings }, rate ? Number(rate) : undefined);
}

async function decodeRecords(bytes: Uint8Array, header: RecordHeader, signal?: AbortSignal): Promise<ImuMedia> {
  const { fields, stride, rows, dataStart } = header;
  checkRows(rows);
  const available = bytes.length - dataStart;
  if (rows * stride > available)
    throw errors.truncated('NPY', `its ${rows} records need ${rows * stride} bytes, and ${available} are there`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, available);
  const pacer = new WorkPacer(signal);
  const columns: Float64Array[] = [];
  for (const { type, offset, littleEndian } of fields) {
    const cell = NPY_CELLS[type];
    columns.push(
      Float64Array.from({ length: rows }, (_, i) =>
        cell ? cell(view, i * stride + offset, littleEndian) : Number.NaN,
      ),
    );
    await pacer.breathe();
  }
  return toImuMedia('npy', { names: fields.map((f) => f.name), columns, warnings: [] });
}

function checkRows(rows: number): void {
  if (rows === 0) throw errors.noContent('NPY', 'samples');
  if (rows > MAX_IMU_ROWS)
    throw errors.tooLarge('number of samples in the NPY file', String(rows), String(MAX_IMU_ROWS));
}

function ascends(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i]! >= values[i - 1]!)) return false;
  return values.length > 1;
}
