import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import { pointFacts } from '../../../../daemon/facts/points';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById, seeded } from '../../../support/mediaFixtures';

/** Places of shapes with known truth; `at` draws evenly from [0, 1). */
class Places {
  readonly values: number[] = [];
  private readonly whole = seeded(7);
  readonly at = (): number => this.whole(1e6) / 1e6;
  /** Roughly normal, of this deviation. */
  readonly noise = (deviation: number): number => (this.at() + this.at() + this.at() - 1.5) * 2 * deviation;

  add(count: number, place: () => [number, number, number]): this {
    for (let i = 0; i < count; i++) this.values.push(...place());
    return this;
  }

  sphere(count: number, [x, y, z]: [number, number, number], radius: number): this {
    return this.add(count, () => {
      const up = 2 * this.at() - 1;
      const turn = 2 * Math.PI * this.at();
      const across = radius * Math.sqrt(1 - up * up);
      return [x + across * Math.cos(turn), y + across * Math.sin(turn), z + radius * up];
    });
  }

  cloud(more: Partial<PointMedia> = {}): PointMedia {
    const positions = Float32Array.from(this.values);
    const count = positions.length / 3;
    return { kind: 'point', positions, count, declared: count, format: 'xyz', warnings: [], ...more };
  }
}

type Found = Record<string, unknown>;
const facts = async (media: PointMedia): Promise<Found> =>
  Object.fromEntries((await pointFacts(media)).map(({ name, value }) => [name.replace('points.', ''), value]));

async function factsOf(id: string, file: string | Uint8Array): Promise<Found> {
  const bytes = typeof file === 'string' ? fixture(`points/${file}`) : file;
  return facts((await formatById(formats, id).decode(bytes, `file.${id}`)) as PointMedia);
}

/** 6 x 4 x 2.5 with noise of 3 mm, a table and a ball; times `scale`. */
function room(scale = 1): Places {
  const p = new Places();
  const n = () => scale * p.noise(0.003);
  const s = (max: number) => scale * max * p.at();
  p.add(12_000, () => [s(6), s(4), n()]).add(8000, () => [s(6), s(4), 2.5 * scale + n()]);
  p.add(5000, () => [n(), s(4), s(2.5)]).add(5000, () => [6 * scale + n(), s(4), s(2.5)]);
  p.add(5000, () => [s(6), n(), s(2.5)]);
  p.add(3000, () => [2 * scale + s(1), scale + s(1), 0.75 * scale + n()]);
  return p.sphere(1500, [4.5 * scale, 2.5 * scale, 1.2 * scale], 0.3 * scale);
}

describe('planes', () => {
  it('of a room: floor, ceiling, walls and the table, where they are', async () => {
    const { planes, unitsGuess } = await facts(room().cloud());
    const found = planes as Array<[number[], number, number, string]>;
    expect(found.map(([, , , kind]) => kind).sort()).toEqual(['ceiling', 'floor', 'level', 'wall', 'wall', 'wall']);
    for (const [kind, distance] of [
      ['floor', 0],
      ['ceiling', 2.5],
      ['level', 0.75],
    ] as const) {
      const [normal, offset] = found.find((plane) => plane[3] === kind)!;
      expect(Math.abs(normal[2]!)).toBeGreaterThan(0.999);
      expect(Math.abs(offset - distance)).toBeLessThan(0.01);
    }
    expect(found.find((plane) => plane[3] === 'floor')![2]).toBeCloseTo(12_000 / 39_500, 1);
    expect(unitsGuess).toBe('metre');
  });

  it('the same room in millimetres, and far from the origin', async () => {
    expect((await facts(room(1000).cloud())).unitsGuess).toBe('millimetre');
    const far = await facts(room().cloud({ origin: [500_000, 4_600_000, 100] }));
    const ceiling = (far.planes as Array<[number[], number, number, string]>).find((plane) => plane[3] === 'ceiling')!;
    const [normal, distance] = ceiling; // normal * (middle, 2.5 above the floor) is the distance
    const expected = normal[0]! * 500_003 + normal[1]! * 4_600_002 + normal[2]! * 102.5;
    expect(Math.abs(distance - expected) / 4_600_000).toBeLessThan(1e-3);
    const place = (value: number) => expect.closeTo(value, 1);
    expect(far.center).toEqual([place(500_003), place(4_600_002), place(101.25)]);
    expect((far.bounds as number[][])[1]![0]).toBeCloseTo(500_006, 1);
  });

  it('a ramp is a slope', async () => {
    const p = new Places();
    const { planes } = await facts(p.add(5000, () => [p.at(), p.at(), 0]).cloud({}));
    expect((planes as unknown[][])[0]![3]).toBe('floor');
    const q = new Places();
    const ramp = q.add(5000, () => {
      const x = q.at();
      return [x, q.at(), x];
    });
    const [normal, , share, kind] = ((await facts(ramp.cloud())).planes as unknown[][])[0]!;
    expect([share, kind]).toEqual([1, 'slope']);
    expect((normal as number[]).map((part) => Math.round(100 * Math.abs(part)))).toEqual([71, 0, 71]);
  });

  it('none in a ball or a full cube, and no unit', async () => {
    const p = new Places();
    const cube = await facts(p.add(20_000, () => [p.at(), p.at(), p.at()]).cloud());
    const ball = await facts(new Places().sphere(20_000, [0, 0, 0], 1).cloud());
    for (const found of [cube, ball]) {
      expect(found).not.toHaveProperty('planes');
      expect(found).not.toHaveProperty('unitsGuess');
    }
  });
});

describe('clusters, outliers, normals, axes', () => {
  it('two balls of 2 : 1 and sixty strays', async () => {
    const p = new Places().sphere(10_000, [0, 0, 0], 1).sphere(5000, [5, 0, 0], 1);
    p.add(60, () => [20 * p.at() - 8, 20 * p.at() - 8, 20 * p.at() - 8]);
    const found = await facts(p.cloud());
    expect(found.clusters).toBe(2);
    const [large, small] = found.clusterSizes as [number, number];
    expect([large, small].map((share) => Math.round(100 * share))).toEqual([66, 33]);
    expect(found.outliers as number).toBeGreaterThan(30 / 15_060);
    expect(found.outliers as number).toBeLessThan(90 / 15_060);
    expect((found.normals as [string, number][])[0]![1]).toBeGreaterThan(0.9);
  });

  it('what stands on a floor is told apart without it', async () => {
    const p = new Places();
    p.add(9000, () => [10 * p.at(), 10 * p.at(), 0]);
    p.add(2000, () => [2 + p.at(), 2 + p.at(), 2 * p.at()]).add(2000, () => [7 + p.at(), 7 + p.at(), 2 * p.at()]);
    expect((await facts(p.cloud())).clusters).toBe(2);
  });

  it('a full cube is scattered; a stick has one long axis', async () => {
    const p = new Places();
    const normals = (await facts(p.add(9000, () => [p.at(), p.at(), p.at()]).cloud())).normals as [string, number][];
    expect(normals.find(([kind]) => kind === 'scattered')![1]).toBeGreaterThan(0.8);
    const q = new Places();
    q.add(2000, () => [0, 3 * q.at(), 4]);
    const [[axis, length]] = (await facts(q.cloud())).principalAxes as [[number[], number]];
    expect([axis, Math.round(length)]).toEqual([[0, 1, 0], 3]);
  });
});

describe('symmetry', () => {
  it('a box has its three mirror planes; a corner of three unlike plates has none', async () => {
    const box = (await factsOf('off', 'box.off')).symmetry as [number[], number][];
    expect(box.map(([normal]) => normal.join()).sort()).toEqual(['0,0,1', '0,1,0', '1,0,0']);
    const p = new Places();
    p.add(3000, () => [p.at(), 3 * p.at(), 0]).add(2000, () => [0, 2 * p.at(), p.at()]);
    p.add(900, () => [0.7 * p.at(), 0, 1.5 * p.at() * p.at()]);
    expect(await facts(p.cloud())).not.toHaveProperty('symmetry');
  });
});

describe('meshes', () => {
  it('corners that were written apart are joined (STL)', async () => {
    expect(await factsOf('stl', 'box.binary.stl')).toMatchObject({
      watertight: true,
      holes: 0,
      nonManifoldEdges: 0,
      components: 1,
      euler: 2,
      genus: 0,
      volume: 6,
    });
  });

  it('two boxes (glTF)', async () => {
    expect(await factsOf('gltf', 'boxes.gltf')).toMatchObject({
      components: 2,
      euler: 4,
      genus: 0,
      volume: 54,
      unitsGuess: 'metre',
      hasNormals: false,
    });
  });

  const off = (faces: string[]) => {
    const corners = '0 0 0\n1 0 0\n1 1 0\n0 1 0\n0 0 1\n1 0 1\n1 1 1\n0 1 1\n';
    return Buffer.from(`OFF\n8 ${faces.length} 0\n${corners}${faces.map((f) => `4 ${f}\n`).join('')}`);
  };
  const CUBE = ['0 3 2 1', '4 5 6 7', '0 1 5 4', '1 2 6 5', '2 3 7 6', '3 0 4 7'];

  it('a cube without two opposite sides: two holes, no volume', async () => {
    const found = await factsOf('off', off(CUBE.slice(2)));
    expect(found).toMatchObject({ watertight: false, holes: 2, nonManifoldEdges: 0, euler: 0 });
    expect(found).not.toHaveProperty('volume');
    expect(found).not.toHaveProperty('genus');
  });

  it('a side turned round: closed, but no volume; a wall inside: edges of three triangles', async () => {
    const turned = await factsOf('off', off(['1 2 3 0', ...CUBE.slice(1)]));
    expect([turned.watertight, turned.volume]).toEqual([true, undefined]);
    const inside = await factsOf('off', off([...CUBE, '0 2 6 4']));
    expect(inside.watertight).toBe(false);
    expect(inside.nonManifoldEdges as number).toBeGreaterThan(0);
  });

  it('a torus has one handle', async () => {
    const n = 12;
    const lines: string[] = [];
    const at = (i: number) => (2 * Math.PI * i) / n;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const r = 3 + Math.cos(at(j));
        lines.push(`v ${r * Math.cos(at(i))} ${r * Math.sin(at(i))} ${Math.sin(at(j))}`);
      }
    const v = (i: number, j: number) => (i % n) * n + (j % n) + 1;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) lines.push(`f ${v(i, j)} ${v(i + 1, j)} ${v(i + 1, j + 1)} ${v(i, j + 1)}`);
    const found = await factsOf('obj', Buffer.from(lines.join('\n')));
    expect(found).toMatchObject({ watertight: true, euler: 0, genus: 1, components: 1 });
  });

  it('corners that are no numbers are soon dealt with', async () => {
    const triangles = Array.from({ length: 30_000 }, (_, i) => `f ${i + 1} ${i + 2} ${i + 3}`).join('\n');
    const corners = 'v nan nan nan\n'.repeat(30_000) + 'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 1\n';
    const start = performance.now();
    await factsOf('obj', Buffer.from(`${corners}${triangles}\nf 30001 30002 30003\n`));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('surveys', () => {
  it('classes, returns and intensity of LAS; coordinate system where stated', async () => {
    expect(await factsOf('laz', 'lion.laz')).toMatchObject({
      classes: [[0, 'never classified', 339]],
      returns: [[1, 339]],
      intensity: [8224, 28_270],
      hasNormals: false,
    });
    expect(await factsOf('las', 'lion.las')).not.toHaveProperty('crs');
  });

  it('KITTI is in metres', async () => {
    expect(await factsOf('kitti', 'cloud.kitti.bin')).toMatchObject({ unitsGuess: 'metre', intensity: [0, 1] });
  });
});

describe('cost', () => {
  it('counts and bounds of a sampled cloud are those of the file, and no spacing is given', async () => {
    const p = new Places();
    const media = p
      .add(1000, () => [p.at(), p.at(), p.at()])
      .cloud({ total: 5_000_000, bounds: { min: [0, 0, 0], max: [2, 1, 1] } });
    const found = await facts(media);
    expect([found.count, found.density, found.spacing]).toEqual([5_000_000, 2_500_000, undefined]);
  });

  it('stops for an aborted signal', async () => {
    const media = new Places().sphere(1000, [0, 0, 0], 1).cloud();
    await expect(pointFacts(media, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
