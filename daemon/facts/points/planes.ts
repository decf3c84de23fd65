import { uniformRandom } from '../../common/uniformRandom';
import type { WorkPacer } from '../audio/workPacer';
import type { Triple } from './bounds';
import { covariance, dot, eigen, upright } from './eigen';
import { median, type Neighbourhoods } from './neighbourhoods';
import type { PointSample } from './pointSample';

export type PlaneKind = 'floor' | 'ceiling' | 'level' | 'wall' | 'slope';

export interface Plane {
  /** Unit normal; its largest part is positive. */
  normal: Triple;
  /** normal * place of every place on it, about the sample's middle. */
  offset: number;
  /** Of the sample's points. */
  share: number;
  kind: PlaneKind;
}

export interface Planes {
  planes: Plane[];
  /** Points this near belong to a plane. */
  tolerance: number;
}

const MOST = 6;
/** Smaller ones are found in any cloud: a slab of a full cube of the tolerance's thickness holds less. */
const MIN_SHARE = 0.05;
const MIN_POINTS = 40;
const TRIES = 300;
const JUDGES = 1500;
/** Cosine of the angle between a point's own normal and the plane's: 25 degrees. */
const AGREES = Math.cos((25 * Math.PI) / 180);
/** 15 degrees from upright or level. */
const LEVEL = Math.cos((15 * Math.PI) / 180);
const UPRIGHT = Math.sin((15 * Math.PI) / 180);
/** Share of points that may lie below a floor, or above a ceiling. */
const BEYOND = 0.05;
const SEED = 0x0e11a5;

/**
 * The planes that hold most points, one after the other: RANSAC (Fischler & Bolles 1981) whose guesses are a point and
 * its normal (Schnabel et al. 2007), refined by the least squares plane of its points.
 */
export async function findPlanes(
  sample: PointSample,
  near: Neighbourhoods,
  up: 1 | 2,
  pacer: WorkPacer,
): Promise<Planes> {
  const tolerance = Math.min(0.005, Math.max(0.0015, (3 * median(near.thickness)) / sample.size)) * sample.size;
  const random = uniformRandom(SEED);
  let left = Uint32Array.from({ length: sample.count }, (_, i) => i);
  const planes: Plane[] = [];
  while (planes.length < MOST && left.length >= MIN_POINTS) {
    const found = await bestPlane(sample, near, left, tolerance, random, pacer);
    if (!found || found.points.length < Math.max(MIN_POINTS, MIN_SHARE * sample.count)) break;
    const { normal, offset } = found;
    const share = found.points.length / sample.count;
    planes.push({ normal, offset, share, kind: kindOf(sample, normal, offset, up, 2 * tolerance) });
    const taken = new Set(found.points);
    left = left.filter((i) => !taken.has(i) && !(distance(sample.xyz, i, normal, offset) < 2 * tolerance));
  }
  return { planes, tolerance };
}

interface Guess {
  normal: Triple;
  offset: number;
  points: Uint32Array;
}

async function bestPlane(
  { xyz }: PointSample,
  near: Neighbourhoods,
  left: Uint32Array,
  tolerance: number,
  random: () => number,
  pacer: WorkPacer,
): Promise<Guess | undefined> {
  const judges = Uint32Array.from({ length: Math.min(JUDGES, left.length) }, (_, k) =>
    left.length <= JUDGES ? left[k]! : left[Math.floor(random() * left.length)]!,
  );
  let best: { normal: Triple; offset: number } | undefined;
  let most = 0;
  for (let guess = 0; guess < TRIES; guess++) {
    const point = left[Math.floor(random() * left.length)]!;
    const normal = at(near.normals, point);
    const offset = dot(normal, at(xyz, point));
    const votes = onPlane(xyz, near.normals, judges, normal, offset, tolerance).length;
    if (votes > most) {
      most = votes;
      best = { normal, offset };
    }
    if (guess % 16 === 0) await pacer.breathe();
  }
  if (!best) return undefined;
  let points = onPlane(xyz, near.normals, left, best.normal, best.offset, tolerance);
  for (let round = 0; round < 3 && points.length >= 3; round++) {
    const { matrix, mean } = covariance(xyz, points.length, points);
    const normal = upright(eigen(matrix).vectors[2]);
    best = { normal, offset: dot(normal, mean) };
    points = onPlane(xyz, near.normals, left, best.normal, best.offset, tolerance);
  }
  return { ...best, points };
}

function onPlane(
  xyz: Float32Array,
  normals: Float32Array,
  among: Uint32Array,
  normal: Triple,
  offset: number,
  tolerance: number,
): Uint32Array {
  return among.filter(
    (i) => distance(xyz, i, normal, offset) < tolerance && Math.abs(dot(at(normals, i), normal)) > AGREES,
  );
}

const at = (values: Float32Array, i: number): Triple => [values[3 * i]!, values[3 * i + 1]!, values[3 * i + 2]!];

const distance = (xyz: Float32Array, i: number, n: Triple, offset: number): number =>
  Math.abs(xyz[3 * i]! * n[0] + xyz[3 * i + 1]! * n[1] + xyz[3 * i + 2]! * n[2] - offset);

function kindOf({ xyz, count }: PointSample, normal: Triple, offset: number, up: 1 | 2, slack: number): PlaneKind {
  const slope = Math.abs(normal[up]);
  if (slope < UPRIGHT) return 'wall';
  if (slope < LEVEL) return 'slope';
  const sign = Math.sign(normal[up]);
  let [below, above] = [0, 0];
  for (let i = 0; i < count; i++) {
    const height = sign * (dot(at(xyz, i), normal) - offset);
    if (height < -slack) below++;
    if (height > slack) above++;
  }
  if (below <= BEYOND * count) return 'floor';
  return above <= BEYOND * count ? 'ceiling' : 'level';
}
