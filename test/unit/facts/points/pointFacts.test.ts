import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import { pointFacts } from '../../../../daemon/facts/points';
import { meanSpacing } from '../../../../daemon/facts/points/spacing';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById } from '../../../support/mediaFixtures';

async function facts(id: string, file: string): Promise<Record<string, unknown>> {
  const media = await formatById(formats, id).decode(fixture(`points/${file}`), file);
  if (media.kind !== 'point') throw new Error(media.kind);
  return values(media);
}

const values = async (media: PointMedia) =>
  Object.fromEntries((await pointFacts(media)).map(({ name, value }) => [name, value]));

const cloud = (positions: number[], colors?: number[]): PointMedia => ({
  kind: 'point',
  positions: Float32Array.from(positions),
  count: positions.length / 3,
  declared: positions.length / 3,
  format: 'xyz',
  warnings: [],
  ...(colors && { colors: Float32Array.from(colors) }),
});

describe('pointFacts', () => {
  it('of a cloud', async () => {
    const {
      'points.principalAxes': axes,
      'points.colorStats': stats,
      ...rest
    } = await facts('ply', 'cloud.binary.ply');
    expect((axes as [number[], number][])[0]).toEqual([[-0.447, 0.894, -0.005], 12.85906]);
    expect((stats as [string, number][])[0]).toEqual(['#0ff002', 0.167]);
    expect(rest).toEqual({
      'points.hasNormals': false,
      'points.count': 24,
      'points.declared': 24,
      'points.encoding': 'binary_little_endian',
      'points.bounds': [
        [0, -11.5, 0],
        [5.75, 0, 0.5],
      ],
      'points.extent': [5.75, 11.5, 0.5],
      'points.center': [2.875, -5.75, 0.25],
      'points.density': 0.7258979, // 24 / (5.75 * 11.5 * 0.5)
      'points.spacing': 0.572822, // sqrt(0.25² + 0.5² + 0.125²): to the point before or after
      'points.hasColors': true,
      'points.colors': '#738c0c', // means 115, 140, 11.5
    });
  });

  it('of a mesh: exact bounds of its corners, area, no density', async () => {
    const found = await facts('off', 'box.off');
    expect(found).toMatchObject({
      'points.area': 22,
      'points.count': 16_384,
      'points.declared': 8,
      'points.faces': 12,
      'points.encoding': 'ascii',
      'points.bounds': [
        [-0.5, -1, -1.5],
        [0.5, 1, 1.5],
      ],
      'points.extent': [1, 2, 3],
      'points.center': [0, 0, 0],
      'points.hasColors': false,
      'points.watertight': true,
      'points.volume': 6,
    });
    for (const name of ['density', 'spacing', 'unitsGuess', 'clusters', 'outliers', 'normals'])
      expect(found).not.toHaveProperty(`points.${name}`);
  });

  it('of one point, and of a flat cloud: no density', async () => {
    expect(await values(cloud([1, 2, 3]))).toMatchObject({ 'points.extent': [0, 0, 0], 'points.center': [1, 2, 3] });
    for (const media of [cloud([1, 2, 3]), cloud([0, 0, 0, 1, 0, 0, 0, 1, 0])])
      expect(await values(media)).not.toHaveProperty('points.density');
    expect(await values(cloud([1, 2, 3]))).not.toHaveProperty('points.spacing');
  });

  it('mean colours are rounded, not cut', async () => {
    expect((await values(cloud([0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 1])))['points.colors']).toBe('#ff0080');
  });
});

describe('meanSpacing', () => {
  it('of a grid is its step', () => {
    const grid = Array.from({ length: 1000 }, (_, i) => [i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100)]).flat();
    expect(meanSpacing(Float32Array.from(grid, (value) => value * 0.25))).toEqual({ mean: 0.25, queries: 1000 });
  });

  it('of points in one place is 0', () => {
    expect(meanSpacing(new Float32Array(9))?.mean).toBe(0);
  });
});

it('a closed mesh with a corner that is no number has no volume', async () => {
  const text = 'OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 inf\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 2 0 3\n';
  const media = await formatById(formats, 'off').decode(new TextEncoder().encode(text), 'tetrahedron.off');
  const facts = await pointFacts(media as PointMedia);
  expect(facts.find(({ name }) => name === 'points.watertight')?.value).toBe(true);
  expect(facts.find(({ name }) => name === 'points.volume')).toBeUndefined();
});
