import { errors } from '../../common/errors';
import type { ImuColumn } from './imuColumn';

/** Standard gravity in m/s² (CGPM 1901). */
export const STANDARD_GRAVITY = 9.80665;
/** 2000 degrees a second in rad/s: no usual gyroscope measures more. */
const FASTEST = 35;

interface Scale {
  scale: number;
  unit: NonNullable<ImuColumn['unit']>;
}

/** To m/s². Where no unit is stated, gravity tells: the median length of the vectors is about 1 g. */
export function accelerationScale(
  axes: readonly Float64Array[],
  stated: ImuColumn['unit'],
  withGravity: boolean,
  warnings: string[],
): Scale {
  if (stated === 'g') return { scale: STANDARD_GRAVITY, unit: 'g' };
  if (stated === 'mg') return { scale: STANDARD_GRAVITY / 1000, unit: 'mg' };
  if (stated === 'm/s2') return { scale: 1, unit: 'm/s2' };
  const length = medianLength(axes);
  const near = (usual: number) => length > 0.7 * usual && length < 1.4 * usual;
  const told: Scale = near(1)
    ? { scale: STANDARD_GRAVITY, unit: 'g' }
    : near(1000)
      ? { scale: STANDARD_GRAVITY / 1000, unit: 'mg' }
      : { scale: 1, unit: 'm/s2' };
  if (length > 100 && told.unit === 'm/s2')
    throw errors.unsupported(
      'IMU',
      `accelerations of about ${Math.round(length)} without a unit (raw counts of a sensor)`,
    );
  const seen = withGravity && (told.unit !== 'm/s2' || near(STANDARD_GRAVITY));
  warnings.push(
    seen
      ? `The acceleration states no unit; gravity, about ${Number(length.toPrecision(3))} in it, tells ${told.unit}.`
      : `The acceleration states no unit and shows no gravity (its median length is ${Number(length.toPrecision(3))}); m/s2 is taken.`,
  );
  return seen ? told : { scale: 1, unit: 'm/s2' };
}

/** To rad/s. Where no unit is stated, more than 35 can only be degrees. */
export function gyroScale(axes: readonly Float64Array[], stated: ImuColumn['unit'], warnings: string[]): Scale {
  const degrees: Scale = { scale: Math.PI / 180, unit: 'deg/s' };
  if (stated === 'deg/s') return degrees;
  if (stated === 'rad/s') return { scale: 1, unit: 'rad/s' };
  let most = 0;
  for (const values of axes) for (const v of values) if (Math.abs(v) > most) most = Math.abs(v);
  const fast = most > FASTEST;
  warnings.push(
    `The rotation states no unit; its largest value, ${Number(most.toPrecision(3))}, ${fast ? 'can only be deg/s' : 'is taken as rad/s'}.`,
  );
  return fast ? degrees : { scale: 1, unit: 'rad/s' };
}

function medianLength([x, y, z]: readonly Float64Array[]): number {
  const lengths = x!
    .map((v, i) => Math.hypot(v, y![i]!, z![i]!))
    .filter(Number.isFinite)
    .sort();
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}
