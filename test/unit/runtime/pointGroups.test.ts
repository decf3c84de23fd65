import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../daemon/common/modelConfig';
import { groupPoints } from '../../../daemon/runtime/pointGroups';

type PointConfig = ModelConfig['point'];
const point = (change: Partial<PointConfig>): PointConfig => ({
  points: 8192,
  groups: 4,
  neighbours: 3,
  group_by: 'position',
  relative: false,
  ...change,
});

const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const cloudOf = (n: number, seed = 1) => {
  const next = random(seed);
  return Float32Array.from({ length: n * 6 }, () => next());
};

/** Slow and plain: squared distance of two rows over three channels. */
const squared = (cloud: Float32Array, i: number, j: number, first: number) =>
  [0, 1, 2].reduce((sum, c) => sum + (cloud[i * 6 + first + c]! - cloud[j * 6 + first + c]!) ** 2, 0);

/** The CUDA kernel itself: bs threads, each scans every bs-th point, then a tree over shared memory (left on ties). */
function cudaFarthest(cloud: Float32Array, n: number, count: number, first: number): number[] {
  const bs = Math.min(1024, 2 ** Math.floor(Math.log2(n)));
  const nearest = new Float32Array(n).fill(1e10);
  const picked = [0];
  for (let last = 0; picked.length < count; picked.push(last)) {
    const distances = new Array<number>(bs).fill(-1);
    const indices = new Array<number>(bs).fill(0);
    for (let thread = 0; thread < bs; thread++) {
      for (let k = thread; k < n; k += bs) {
        nearest[k] = Math.min(nearest[k]!, squared(cloud, k, last, first));
        if (nearest[k]! > distances[thread]!) [distances[thread], indices[thread]] = [nearest[k]!, k];
      }
    }
    for (let half = bs / 2; half >= 1; half /= 2) {
      for (let thread = 0; thread < half; thread++) {
        const other = thread + half;
        if (distances[other]! > distances[thread]!) {
          distances[thread] = distances[other]!;
          indices[thread] = indices[other]!;
        }
      }
    }
    last = indices[0]!;
  }
  return picked;
}

const column = (groups: Float32Array, config: PointConfig, j: number, k: number, channels: number) =>
  Array.from({ length: channels }, (_, c) => groups[(c * config.groups + j) * config.neighbours + k]!);

describe('groupPoints', () => {
  it('gathers all six channels of the neighbours, [6, groups, neighbours]', () => {
    // five points on the x axis; the first is the first centre, the far end the second
    const cloud = new Float32Array(30);
    for (let i = 0; i < 5; i++) cloud.set([i, 0, 0, i / 10, 0, 1], i * 6);
    const config = point({ groups: 2, neighbours: 2 });
    const { groups, channels } = groupPoints(cloud, 5, config);
    expect(channels).toBe(6);
    expect(groups.length).toBe(6 * 2 * 2);
    const members = (j: number) => [0, 1].map((k) => groups[(0 * 2 + j) * 2 + k]!).sort();
    expect(members(0)).toEqual([0, 1]);
    expect(members(1)).toEqual([3, 4]);
    expect(column(groups, config, 1, 0, 6)[5]).toBe(1);
  });

  it('picks centres as the CUDA kernel does, ties included', () => {
    // coordinates on a coarse grid, so that many distances tie
    for (const n of [3, 17, 64, 1000, 1500]) {
      const cloud = cloudOf(n, n).map((v) => Math.floor(v * 3));
      const config = point({ groups: Math.min(n, 40), neighbours: 1, relative: true });
      const { groups } = groupPoints(cloud, n, config);
      const expected = cudaFarthest(cloud, n, config.groups, 0).map((i) => [...cloud.subarray(i * 6, i * 6 + 3)]);
      const actual = expected.map((_, j) => column(groups, config, j, 0, 9).slice(0, 3));
      expect(actual).toEqual(expected);
    }
  });

  it('takes the nearest points of each centre, equal to sorting every distance', () => {
    const n = 300;
    const cloud = cloudOf(n);
    for (const [group_by, first] of [
      ['color', 3],
      ['position', 0],
    ] as const) {
      const config = point({ groups: 20, neighbours: 16, group_by });
      const { groups } = groupPoints(cloud, n, config);
      cudaFarthest(cloud, n, 20, first).forEach((centre, j) => {
        const order = Array.from({ length: n }, (_, i) => i).sort(
          (a, b) => squared(cloud, a, centre, first) - squared(cloud, b, centre, first),
        );
        const expected = order.slice(0, 16).map((i) => cloud[i * 6]!);
        const actual = Array.from({ length: 16 }, (_, k) => column(groups, config, j, k, 1)[0]!);
        expect(actual.sort()).toEqual(expected.sort());
      });
    }
  });

  it('relative: centre, offset from it, colours', () => {
    const cloud = cloudOf(50);
    const config = point({ groups: 5, neighbours: 4, relative: true });
    const { groups, channels } = groupPoints(cloud, 50, config);
    const absolute = groupPoints(cloud, 50, { ...config, relative: false }).groups;
    expect(channels).toBe(9);
    for (let j = 0; j < 5; j++) {
      for (let k = 0; k < 4; k++) {
        const [cx, cy, cz, dx, dy, dz, ...rgb] = column(groups, config, j, k, 9) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        const [x, y, z, ...colors] = column(absolute, config, j, k, 6) as [number, number, number];
        expect([cx + dx, cy + dy, cz + dz].map(Math.fround)).toEqual([x, y, z].map((v) => expect.closeTo(v, 6)));
        expect(rgb).toEqual(colors);
      }
    }
  });

  it('fewer points than groups and neighbours: points repeat, one point is enough', () => {
    const one = Float32Array.from([1, 2, 3, 0.1, 0.2, 0.3]);
    const { groups } = groupPoints(one, 1, point({ groups: 3, neighbours: 2 }));
    expect([...groups]).toEqual([...one].flatMap((v) => new Array(6).fill(v)));
    const three = cloudOf(3);
    const spread = groupPoints(three, 3, point({ groups: 4, neighbours: 5 })).groups;
    expect(new Set(spread.subarray(0, 20))).toEqual(new Set([three[0], three[6], three[12]]));
  });

  it('equal colours collapse: every centre is point 0', () => {
    const cloud = cloudOf(100).map((v, i) => (i % 6 > 2 ? 0 : v));
    const config = point({ groups: 10, neighbours: 1, group_by: 'color', relative: true });
    const { groups } = groupPoints(cloud, 100, config);
    for (let j = 0; j < 10; j++) expect(column(groups, config, j, 0, 9).slice(0, 3)).toEqual([...cloud.subarray(0, 3)]);
  });

  it('8192 points in 1024 groups of 32 within a second or so', () => {
    const cloud = cloudOf(8192);
    const start = performance.now();
    groupPoints(cloud, 8192, point({ groups: 1024, neighbours: 32 }));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
