/** What a column of an inertial log holds. */
export interface ImuColumn {
  role: 'accelerometer' | 'gforce' | 'user' | 'linear' | 'gravity' | 'gyroscope' | 'time';
  /** 0, 1, 2 = x, y, z; 0 of a time. */
  axis: 0 | 1 | 2;
  /** As the name states it. */
  unit?: 'g' | 'mg' | 'm/s2' | 'rad/s' | 'deg/s' | 's' | 'ms' | 'us' | 'ns';
  /** Of a time: the lower, the sooner taken. */
  rank: number;
}

/** Unit in brackets, or after an underscore at the end of the name. */
const BRACKETS = /\s*[([]([^)\]]*)[)\]]\s*$/;
const SUFFIX =
  /[_ ](mss|ms2|mps2|m_s2|g|mg|rads|rad_s|radps|degs|deg_s|dps|s|sec|secs|seconds|ms|msec|us|usec|ns|nsec)$/;

const UNITS: ReadonlyArray<[RegExp, NonNullable<ImuColumn['unit']>]> = [
  [/^(m\/s\^?2|m\/s²|m\/s\/s|m\/s\*\*2|ms-2|m\.s-2|ms\^-2|mss|ms2|mps2|m_s2|m s\^-2)$/, 'm/s2'],
  [/^(g|gs|g-force)$/, 'g'],
  [/^(mg|milli-?g)$/, 'mg'],
  [/^(rad\/s|rads|rad_s|radps|rad\/sec|rad s\^-1|rads-1|radians\/s)$/, 'rad/s'],
  [/^(deg\/s|°\/s|degs|deg_s|dps|deg\/sec|degrees\/s)$/, 'deg/s'],
  [/^(s|sec|secs|seconds)$/, 's'],
  [/^(ms|msec|milliseconds)$/, 'ms'],
  [/^(us|µs|μs|usec|microseconds)$/, 'us'],
  [/^(ns|nsec|nanoseconds)$/, 'ns'],
];

/** Name without axis -> role; the first that matches counts. Short names are whole, long ones may have something before. */
const ROLES: ReadonlyArray<[RegExp, ImuColumn['role']]> = [
  [/covariance|orientation|mag|quat/, 'time'], // none of these: see below
  [/^gf$|gforce$/, 'gforce'],
  [/useracceleration$|useraccel$|useracc$/, 'user'],
  [/gravity$/, 'gravity'],
  [/^(field)?linearacceleration$|linaccel$|linacc$/, 'linear'],
  [/(accelerometer|acceleration|accelerometeracceleration|accel|acc)$|^a$/, 'accelerometer'],
  [/(gyroscope|gyrorotation|gyro|gyr|rotationrate|angularvelocity|angvel|angularrate|omega)$|^w$|^g$/, 'gyroscope'],
];

/** Names of times, the best first: a clock of the sensor before one of the writer. */
const TIMES = [
  /^secondselapsed$|^timesincestart|^elapsed/,
  /^(accelerometer|motion|gyro)?timestampsincereboot$/,
  /^(field)?headerstamp$|^stamp$/,
  /^(time|timestamp|t|ts|sensortime|sensortimestamp|eventtime|epoch|unixtime|timens|timeus|timems|times)$/,
  /^loggingtime$|^datetime$|^date$|^clock$/,
];

/** What a column's name says; undefined where it is of no use here. */
export function imuColumn(name: string): ImuColumn | undefined {
  const text = name.trim().toLowerCase();
  const { base, unit } = splitUnit(text);
  const compact = base.replace(/[^a-z0-9]/g, '').replace(/axis$/, '');
  const rank = TIMES.findIndex((pattern) => pattern.test(compact));
  if (rank >= 0) return { role: 'time', axis: 0, rank, ...(isTime(unit) && { unit }) };
  const match = /^(.*?)([xyz])$/.exec(compact);
  if (!match) return undefined;
  const found = ROLES.find(([pattern]) => pattern.test(match[1]!));
  if (!found || found[1] === 'time') return undefined;
  const isRos = found[1] === 'linear' && /linear_acceleration\.[xyz]$/.test(base);
  const axis = 'xyz'.indexOf(match[2]!) as 0 | 1 | 2;
  return { role: isRos ? 'accelerometer' : found[1], axis, rank: 0, ...(unit && !isTime(unit) && { unit }) };
}

const isTime = (unit: ImuColumn['unit']): boolean => unit !== undefined && ['s', 'ms', 'us', 'ns'].includes(unit);

function splitUnit(text: string): { base: string; unit?: ImuColumn['unit'] } {
  const since = /\bin (ms|s|us|ns)$/.exec(text);
  const found = since ?? BRACKETS.exec(text) ?? SUFFIX.exec(text);
  const unit = found && UNITS.find(([pattern]) => pattern.test(found[1]!.trim()))?.[1];
  if (found && unit) return { base: text.slice(0, found.index), unit };
  return { base: text.replace(BRACKETS, '') };
}

/** Columns of a header by role and axis; the first of each name's kind counts. */
export function imuColumns(names: readonly string[]): Array<ImuColumn & { index: number }> {
  return names.flatMap((name, index) => {
    const column = imuColumn(name);
    return column ? [{ ...column, index }] : [];
  });
}

/** Whether the names hold a whole sensor: x, y and z of an accelerometer or gyroscope. */
export function hasSensor(names: readonly string[]): boolean {
  const columns = imuColumns(names);
  return (['accelerometer', 'gforce', 'user', 'linear', 'gyroscope'] as const).some((role) =>
    [0, 1, 2].every((axis) => columns.some((c) => c.role === role && c.axis === axis)),
  );
}
