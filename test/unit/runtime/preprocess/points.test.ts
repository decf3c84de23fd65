import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { PointMedia } from '../../../../daemon/media/media';
import { preparePoints } from '../../../../daemon/runtime/preprocess/points';

const params = { dim: 64, n_layers: 1, n_heads: 4 };
const official = parseModelConfig({ ...params, point: { points: 100 } });
const ours = parseModelConfig({ ...params, point: { points: 100, group_by: 'position' } });

const cloud = (xyz: number[], colors?: number[]): PointMedia => ({
  kind: 'point',
  positions: Float32Array.from(xyz),
  ...(colors && { colors: Float32Array.from(colors) }),
  count: xyz.length / 3,
  declared: xyz.length / 3,
  format: 'ply',
  warnings: [],
});
const line = (n: number) => Array.from({ length: n }, (_, i) => [i, 0, 0]).flat();
const rainbow = (n: number) => Array.from({ length: n }, (_, i) => [i / n, 0.5, 1]).flat();

describe('preparePoints', () => {
  it('centres on the mean and scales to unit radius; colours stay', () => {
    const { tensor, shape, warnings } = preparePoints(
      cloud([0, 0, 0, 4, 0, 0, 2, 3, 0], [0, 0, 0, 1, 1, 1, 0.5, 0.25, 0]),
      official,
    );
    expect(shape).toEqual([1, 3, 6]);
    expect(warnings).toEqual([]);
    const r = Math.sqrt(5);
    const expected = [-2 / r, -1 / r, 0, 0, 0, 0, 2 / r, -1 / r, 0, 1, 1, 1, 0, 2 / r, 0, 0.5, 0.25, 0];
    expect([...tensor]).toEqual(expected.map((v) => expect.closeTo(v, 6)));
  });

  it('one place only: radius zero stays at the origin', () => {
    const { tensor } = preparePoints(cloud([5, 5, 5, 5, 5, 5], [1, 0, 0, 0, 1, 0]), official);
    expect([...tensor]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('more points than the model takes: the same random subset every time, in file order', () => {
    const big = cloud(line(1000), rainbow(1000));
    const a = preparePoints(big, official);
    expect(a.shape).toEqual([1, 100, 6]);
    expect(a.warnings).toEqual(["The model sees 100 of the cloud's 1000 points, chosen at random."]);
    expect(preparePoints(big, official).tensor).toEqual(a.tensor);
    const x = Array.from({ length: 100 }, (_, i) => a.tensor[i * 6]!);
    expect(x).toEqual([...new Set(x)].sort((p, q) => p - q));
    expect(x.filter((v) => v < 0).length).toBeGreaterThan(35);
    expect(x.filter((v) => v < 0).length).toBeLessThan(65);
  });

  it('grouping by colour warns when colours are missing or equal: the cloud collapses', () => {
    const none = preparePoints(cloud(line(10)), official);
    expect(none.tensor.every((v, i) => i % 6 < 3 || v === 0)).toBe(true);
    expect(none.warnings.join()).toMatch(/^The cloud has no colours, and this model groups points by colour/);
    expect(preparePoints(cloud(line(3), [1, 0, 0, 1, 0, 0, 1, 0, 0]), official).warnings.join()).toMatch(/one colour/);
    expect(preparePoints(cloud(line(10)), ours).warnings).toEqual([]);
  });

  it('grouping by position: a smaller cloud is repeated to the size the model was taught', () => {
    const { tensor, shape, warnings } = preparePoints(cloud(line(3), rainbow(3)), ours);
    expect(shape).toEqual([1, 100, 6]);
    expect([...tensor.subarray(18, 36)]).toEqual([...tensor.subarray(0, 18)]);
    expect(warnings).toEqual([]);
  });

  it('points and colours that are no numbers', () => {
    const { shape, tensor, warnings } = preparePoints(
      cloud(
        [0, 0, 0, Number.NaN, 0, 0, 1, 0, Number.POSITIVE_INFINITY, 2, 0, 0],
        [0.1, Number.NaN, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0],
      ),
      official,
    );
    expect(shape).toEqual([1, 2, 6]);
    expect([...tensor]).toEqual([-1, 0, 0, Math.fround(0.1), 0, 0, 1, 0, 0, 0, 1, 0]);
    expect(warnings).toEqual(['2 points without coordinates were left out.']);
    expect(() => preparePoints(cloud([Number.NaN, 0, 0]), official)).toThrow(
      expect.objectContaining({ code: 'MEDIA_EMPTY' }),
    );
  });
});
