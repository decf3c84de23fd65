import { median, type Neighbourhoods } from './neighbourhoods';
import type { Planes } from './planes';
import type { PointSample } from './pointSample';

export interface Clusters {
  /** Points of each, as shares of those looked at, the largest first. */
  sizes: number[];
  /** Side of a cell. */
  cell: number;
  /** Whether the points of the floor were left out first: they would join all that stands on it. */
  floorRemoved: boolean;
}

/** Cells are this many times the usual distance of neighbours. */
const CELL_SPACINGS = 4;
const MIN_POINTS = 20;
const MIN_SHARE = 0.005;
/** A floor smaller than this holds nothing together. */
const MIN_FLOOR = 0.1;

/**
 * Groups of points without gaps between them (Euclidean clustering, Rusu 2009, on a grid): points are put into cubic
 * cells, and cells that touch, corners too, belong together. Small groups do not count.
 */
export function findClusters(
  sample: PointSample,
  near: Neighbourhoods,
  { planes, tolerance }: Planes,
): Clusters | undefined {
  const cell = CELL_SPACINGS * median(near.nearest);
  if (!(cell > 0) || sample.size / cell > 1e5) return undefined;
  const floor = planes.find(({ kind, share }) => kind === 'floor' && share >= MIN_FLOOR);
  const { xyz } = sample;
  const kept: number[] = [];
  for (let i = 0; i < sample.count; i++) {
    const height =
      floor && xyz[3 * i]! * floor.normal[0] + xyz[3 * i + 1]! * floor.normal[1] + xyz[3 * i + 2]! * floor.normal[2];
    if (height === undefined || Math.abs(height - floor!.offset) > 2 * tolerance) kept.push(i);
  }
  if (kept.length < MIN_POINTS) return undefined;
  const least = Math.max(MIN_POINTS, MIN_SHARE * kept.length);
  const sizes = groups(xyz, kept, cell).filter((size) => size >= least);
  return {
    sizes: sizes.sort((a, b) => b - a).map((size) => size / kept.length),
    cell,
    floorRemoved: floor !== undefined,
  };
}

/** Cells along an axis on each side of the middle: three such numbers make one exact double. */
const REACH = 100_000;
const WIDTH = 2 * REACH;

/** Points of each group. */
function groups(xyz: Float32Array, kept: readonly number[], cell: number): number[] {
  const index = (value: number) => Math.max(1, Math.min(WIDTH - 2, Math.floor(value / cell) + REACH));
  const cells = new Map<number, number>();
  for (const i of kept) {
    const key = (index(xyz[3 * i]!) * WIDTH + index(xyz[3 * i + 1]!)) * WIDTH + index(xyz[3 * i + 2]!);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const sizes: number[] = [];
  const steps = neighbourSteps();
  for (const [start, points] of cells) {
    if (points === 0) continue;
    let size = 0;
    const open = [start];
    const take = (key: number) => {
      size += cells.get(key)!;
      cells.set(key, 0);
    };
    take(start);
    for (let key = open.pop(); key !== undefined; key = open.pop())
      for (const step of steps)
        if (cells.get(key + step)) {
          take(key + step);
          open.push(key + step);
        }
    sizes.push(size);
  }
  return sizes;
}

function neighbourSteps(): number[] {
  const around = [-1, 0, 1];
  return around
    .flatMap((x) => around.flatMap((y) => around.map((z) => (x * WIDTH + y) * WIDTH + z)))
    .filter((step) => step !== 0);
}
