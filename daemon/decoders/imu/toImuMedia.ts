import { errors } from '../../common/errors';
import type { ImuMedia } from '../../media/media';
import { type ImuColumn, imuColumns } from './imuColumn';
import type { ImuTable } from './imuTable';
import { type ImuTime, medianStep, toSeconds } from './imuTime';
import { isMeasured, isSteady, resampleEvenly } from './resampleEvenly';
import { accelerationScale, gyroScale } from './sensorUnits';

/** Of the model's training data; taken, with a warning, where a file has no time stamps. */
const ASSUMED_RATE = 200;
const MAX_SAMPLES = 20_000_000;
/** Most samples after resampling for each in the file: beyond that, the clock jumped. */
const MAX_GROWTH = 100;

type Found = ImuColumn & { index: number };
type Triple = [Float64Array, Float64Array, Float64Array];

/** Columns by their names -> six channels in m/s² and rad/s on a steady clock. `rate`: Hz, where no column tells the time. */
export function toImuMedia(format: string, table: ImuTable, rate?: number): ImuMedia {
  const found = imuColumns(table.names);
  const warnings = [...table.warnings];
  const columns: string[] = [];
  const time = timeOf(table, found, columns);
  if (time?.guessed)
    warnings.push(`The time stamps state no unit; by the distances between them it is ${time.how.split(',')[0]}.`);
  const rows = usableRows(table, found, time, warnings);
  if (rows.length === 0) throw errors.noContent(format.toUpperCase(), 'samples');
  const cut = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const acceleration = accelerationOf(table, found, columns, warnings);
  const rotation = rotationOf(table, found, columns, warnings);
  const triples = [acceleration, rotation].map((triple) => triple?.map(cut) as Triple | undefined);
  const times = time && cut(time.seconds);
  const clock = clockOf(times, rows.length, rate, warnings);
  return {
    kind: 'imu',
    sampleRate: clock.rate,
    channels: triples.flatMap((triple) => channelsOf(triple, times, clock)),
    ...(times && { times: times.map((t) => t - times[0]!) }),
    sensors: { accelerometer: acceleration !== undefined, gyroscope: rotation !== undefined },
    columns,
    format,
    warnings,
  };
}

interface Clock {
  rate: number;
  samples: number;
  steady: boolean;
}

function clockOf(times: Float64Array | undefined, count: number, rate: number | undefined, warnings: string[]): Clock {
  const step = times ? medianStep(times) : 0;
  if (!times || step === 0) {
    if (rate === undefined)
      warnings.push(`The file has no time stamps; ${ASSUMED_RATE} samples a second are taken, the rate of the model.`);
    return { rate: rate ?? ASSUMED_RATE, samples: count, steady: true };
  }
  if (isSteady(times, step)) {
    const mean = (times[count - 1]! - times[0]!) / (count - 1);
    return { rate: 1 / mean, samples: count, steady: true };
  }
  const samples = Math.floor((times[count - 1]! - times[0]!) / step + 1e-6) + 1;
  if (samples > MAX_SAMPLES || samples > MAX_GROWTH * count + 1000)
    throw errors.unsupported(
      'IMU',
      `time stamps that jump (${count} samples, ${step} s apart, over ${times[count - 1]! - times[0]!} s)`,
    );
  warnings.push('The samples are not evenly spaced; they were resampled to their usual distance.');
  return { rate: 1 / step, samples, steady: false };
}

function channelsOf(triple: Triple | undefined, times: Float64Array | undefined, clock: Clock): Float32Array[] {
  if (!triple) return [0, 1, 2].map(() => new Float32Array(clock.samples));
  const clean = triple.every((values) => values.every(isMeasured));
  if (clock.steady && clean) return triple.map((values) => Float32Array.from(values));
  const at = clock.steady || !times ? triple[0].map((_, i) => i / clock.rate) : times;
  return triple.map((values) => resampleEvenly(at, values, 1 / clock.rate, clock.samples));
}

function timeOf(table: ImuTable, found: readonly Found[], columns: string[]): ImuTime | undefined {
  const candidates = found.filter((c) => c.role === 'time').sort((a, b) => a.rank - b.rank);
  for (const column of candidates) {
    const stamps = table.columns[column.index]!;
    if (stamps.filter(Number.isFinite).length < 0.9 * stamps.length || medianStep(stamps) === 0) continue;
    const time = toSeconds(stamps, column.unit as 's' | undefined);
    columns.push(`${table.names[column.index]} -> time (${time.how})`);
    return time;
  }
  return undefined;
}

/** Rows with a time after the one before and a value of some sensor. */
function usableRows(table: ImuTable, found: readonly Found[], time: ImuTime | undefined, warnings: string[]): number[] {
  const sensors = found.filter((c) => c.role !== 'time').map((c) => table.columns[c.index]!);
  const rows: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let disordered = 0;
  const count = table.columns[0]?.length ?? 0;
  for (let i = 0; i < count; i++) {
    if (!sensors.some((values) => Number.isFinite(values[i]!))) continue;
    const t = time ? time.seconds[i]! : i;
    if (!Number.isFinite(t)) continue;
    if (t <= last) disordered++;
    else {
      rows.push(i);
      last = t;
    }
  }
  if (disordered > 0)
    warnings.push(`${disordered} samples have the time of the one before or an earlier one; they were left out.`);
  return rows;
}

function tripleOf(table: ImuTable, found: readonly Found[], role: ImuColumn['role']): Found[] | undefined {
  const axes = [0, 1, 2].map((axis) => found.find((c) => c.role === role && c.axis === axis));
  return axes.every((c) => c !== undefined && table.columns[c.index]!.some(Number.isFinite))
    ? (axes as Found[])
    : undefined;
}

function accelerationOf(
  table: ImuTable,
  found: readonly Found[],
  columns: string[],
  warnings: string[],
): Triple | undefined {
  const of = (role: ImuColumn['role']) => tripleOf(table, found, role);
  const whole = of('gforce') ?? of('accelerometer');
  const part = of('user') ?? of('linear');
  const gravity = of('gravity');
  const taken = whole ?? part;
  if (!taken) {
    warnings.push('The file has no accelerometer; its channels are zeros.');
    return undefined;
  }
  if (whole) return scaled(table, whole, columns, warnings, true);
  if (!gravity) {
    warnings.push('The acceleration is without gravity, and the file has no gravity to add.');
    return scaled(table, taken, columns, warnings, false);
  }
  // without a unit of its own, the motion is in that of gravity, whose length tells it
  const told: ImuColumn['unit'][] = [];
  const added = scaled(table, gravity, columns, warnings, true, undefined, told);
  const triple = scaled(table, taken, columns, warnings, false, told[0]);
  return triple.map((values, axis) => values.map((v, i) => v + added[axis]![i]!)) as Triple;
}

function scaled(
  table: ImuTable,
  axes: readonly Found[],
  columns: string[],
  warnings: string[],
  withGravity: boolean,
  otherwise?: ImuColumn['unit'],
  told?: ImuColumn['unit'][],
): Triple {
  const raw = axes.map((c) => table.columns[c.index]!) as Triple;
  const stated = axes[0]!.role === 'gforce' ? 'g' : (axes[0]!.unit ?? otherwise);
  const { scale, unit } = accelerationScale(raw, stated, withGravity, warnings);
  told?.push(unit);
  axes.forEach((c, axis) => {
    columns.push(
      `${table.names[c.index]} [${unit}] -> ${c.role === 'gforce' ? 'accelerometer' : c.role} ${'xyz'[axis]}`,
    );
  });
  return raw.map((values) => values.map((v) => v * scale)) as Triple;
}

function rotationOf(
  table: ImuTable,
  found: readonly Found[],
  columns: string[],
  warnings: string[],
): Triple | undefined {
  const axes = tripleOf(table, found, 'gyroscope');
  if (!axes) {
    warnings.push('The file has no gyroscope; its channels are zeros.');
    return undefined;
  }
  const raw = axes.map((c) => table.columns[c.index]!) as Triple;
  const { scale, unit } = gyroScale(raw, axes[0]!.unit, warnings);
  axes.forEach((c, axis) => {
    columns.push(`${table.names[c.index]} [${unit}] -> gyroscope ${'xyz'[axis]}`);
  });
  return raw.map((values) => values.map((v) => v * scale)) as Triple;
}
