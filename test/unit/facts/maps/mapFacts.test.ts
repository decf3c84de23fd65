import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import { mapFacts } from '../../../../daemon/facts/maps';
import type { Fact } from '../../../../daemon/media/fact';
import type { DepthValues, ImageMedia, RgbxMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

const factValue = (facts: Fact[], name: string) => facts.find((f) => f.name === name)?.value;

async function factsOf(file: string, name = file): Promise<Fact[]> {
  return mapFacts((await decode(fixture(`maps/${file}`), name)).media as RgbxMedia);
}

function picture(width: number, height: number): ImageMedia {
  const data = new Uint8ClampedArray(4 * width * height);
  return {
    kind: 'image',
    width,
    height,
    data,
    format: 'exr',
    channels: 1,
    bitDepth: 32,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}

function depthFacts(
  width: number,
  height: number,
  at: (x: number, y: number) => number,
  quantity?: DepthValues['quantity'],
) {
  const values = Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  const depth = { width, height, values, ...(quantity && { quantity }) };
  return mapFacts({ kind: 'rgbd', map: picture(width, height), depth, format: 'exr', warnings: [] });
}

describe('facts of a depth map', () => {
  it('of a real file', async () => {
    const facts = await factsOf('depth16.png');
    expect(factValue(facts, 'map.kind')).toBe('depth');
    expect(factValue(facts, 'map.width')).toBe(24);
    expect(factValue(facts, 'map.height')).toBe(18);
    expect(factValue(facts, 'map.bitDepth')).toBe(16);
    expect(factValue(facts, 'map.range')).toEqual([1000, 2930]);
    expect(factValue(facts, 'map.invalidShare')).toBe(0.028); // 12 of 432
    expect(facts.find((f) => f.name === 'map.range')?.unit).toBeUndefined();
  });

  it('the unit of a 7-Scenes file', async () => {
    expect((await factsOf('frame-000001.depth.pgm')).find((f) => f.name === 'map.range')).toMatchObject({ unit: 'mm' });
  });

  it('a room: wall of 4 m above, floor of a camera 1.5 m high below', () => {
    // focal length 100 pixels, horizon at row 60: floor at depth 1.5 * 100 / (row - 60)
    const facts = depthFacts(160, 120, (_, y) => Math.min(4, y > 60 ? 150 / (y - 60) : 4));
    const planes = factValue(facts, 'map.planes') as Array<[string, number]>;
    expect(planes.map(([kind]) => kind).sort()).toEqual(['floor', 'wall']);
    const share = Object.fromEntries(planes);
    expect(share.wall).toBeCloseTo(98 / 120, 1);
    expect(share.floor).toBeCloseTo(22 / 120, 1);
    expect(factValue(facts, 'map.discontinuities')).toBe(0);
  });

  it('a box before a wall: where it is, and its edges', () => {
    const inBox = (x: number, y: number) => x >= 60 && x < 70 && y >= 20 && y < 30;
    const facts = depthFacts(100, 50, (x, y) => (inBox(x, y) ? 1 : 3));
    expect(factValue(facts, 'map.nearestRegion')).toEqual([0.65, 0.5, 0.02]);
    expect(factValue(facts, 'map.nearestValue')).toBe(1);
    expect(factValue(facts, 'map.discontinuities')).toBeCloseTo(40 / (99 * 50 + 100 * 49), 3);
  });

  it('of disparity the largest is nearest', () => {
    const facts = depthFacts(100, 50, (x) => (x < 2 ? 9 : 3), 'disparity');
    expect(factValue(facts, 'map.kind')).toBe('disparity');
    expect(factValue(facts, 'map.nearestValue')).toBe(9);
  });

  it('percentiles of 0 to 100', () => {
    const facts = depthFacts(101, 1, (x) => x + 1);
    expect(factValue(facts, 'map.median')).toBe(51);
    expect(factValue(facts, 'map.percentiles')).toEqual([
      [5, 6],
      [25, 26],
      [50, 51],
      [75, 76],
      [95, 96],
    ]);
  });
});

describe('facts of a normal map', () => {
  it('a bulge that faces the camera', async () => {
    const facts = await factsOf('normals.xyz.exr');
    expect(factValue(facts, 'map.kind')).toBe('normal');
    expect(factValue(facts, 'map.meanNormal')).toEqual([0, 0, 1]);
    expect(factValue(facts, 'map.directions')).toEqual([['facing the camera', 1]]);
    expect(factValue(facts, 'map.flatness')).toBe(1);
    expect(factValue(facts, 'map.unitLength')).toBe(1);
  });

  it('half floor, half wall, a quarter missing', () => {
    const normals = new Float32Array(3 * 16);
    for (let i = 0; i < 16; i++) normals.set(i < 6 ? [0, 0, 1] : i < 12 ? [0, 1, 0] : [NaN, NaN, NaN], 3 * i);
    const facts = mapFacts({ kind: 'rgbn', map: picture(4, 4), normals, format: 'exr', warnings: [] });
    expect(factValue(facts, 'map.directions')).toEqual([
      ['up', 0.5],
      ['facing the camera', 0.5],
    ]);
    expect(factValue(facts, 'map.invalidShare')).toBe(0.25);
    expect(factValue(facts, 'map.meanNormal')).toEqual([0, 0.707, 0.707]);
  });
});
