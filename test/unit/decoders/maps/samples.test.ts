import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import type { DecodeTools } from '../../../../daemon/decoders/format';
import type { RgbxMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

const [W, H] = [24, 18];

async function read(file: string, name = file, tools?: DecodeTools): Promise<RgbxMedia> {
  const { media } = await decode(fixture(`maps/${file}`), name, undefined, tools);
  if (media.kind !== 'rgbd' && media.kind !== 'rgbn') throw new Error(`it is ${media.kind}`);
  return media;
}

/** Largest difference from 1000 + 10 x + 100 y, in the file's unit; Infinity where a hole is measured or the other way. */
function depthError({ depth }: RgbxMedia, scale: number): number {
  let worst = 0;
  depth!.values.forEach((value, i) => {
    const [x, y] = [i % W, Math.floor(i / W)];
    const hole = x >= 3 && x <= 6 && y >= 2 && y <= 4;
    const error = hole ? (Number.isNaN(value) ? 0 : Infinity) : Math.abs(value - (1000 + 10 * x + 100 * y) * scale);
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
  });
  return worst;
}

function normalError({ normals }: RgbxMedia): number {
  let worst = 0;
  for (let i = 0; i < W * H; i++) {
    const [x, y] = [((i % W) - 11.5) / 24, (8.5 - Math.floor(i / W)) / 24];
    const truth = [x, y, Math.sqrt(1 - x * x - y * y)];
    for (let c = 0; c < 3; c++) worst = Math.max(worst, Math.abs(normals![3 * i + c]! - truth[c]!));
  }
  return worst;
}

describe('depth maps of real tools', () => {
  it.each([
    ['depth16.png', 1, 0],
    ['depth16.tif', 1, 0],
    ['frame-000001.depth.pgm', 1, 0],
    ['depth32f.tif', 0.001, 1e-6],
    ['depth32f.pillow.tif', 0.001, 1e-6],
    ['depth.pfm', 0.001, 1e-6],
    ['depth.f4.npy', 0.001, 1e-6],
    ['depth.none.exr', 0.001, 1e-6],
    ['depth.rle.exr', 0.001, 1e-6],
    ['depth.zips.exr', 0.001, 1e-6],
    ['depth.zip.exr', 0.001, 1e-6],
    ['depth.piz.exr', 0.001, 1e-6],
    ['depth.pxr24.exr', 0.001, 1e-4],
    ['depth.half.piz.exr', 0.001, 0.0011],
    ['depth.tiled.exr', 0.001, 0.0011],
    ['rgbz.exr', 0.001, 1e-6],
  ])('%s', async (file, scale, tolerance) => {
    const media = await read(file);
    expect([media.kind, media.depth!.width, media.depth!.height]).toEqual(['rgbd', W, H]);
    expect(depthError(media, scale)).toBeLessThanOrEqual(tolerance);
    expect(media.warnings.join()).not.toContain('in colour');
    expect([media.map.width, media.map.height, media.map.data.length]).toEqual([W, H, 4 * W * H]);
  });

  it('a Fortran-ordered array by its name', async () => {
    expect(depthError(await read('fortran.f8.npy', 'kitchen_depth.npy'), 0.001)).toBeLessThan(1e-6);
  });

  it('a large array of no telling name is a depth map', async () => {
    const { depth } = await read('plain.u2.npy');
    expect([depth!.width, depth!.height, depth!.values[0], depth!.values[49]]).toEqual([48, 40, 500, 511]);
  });

  it('eight bits: zero is a value', async () => {
    const media = await read('depth8.png', 'room_depth.png');
    expect(Array.from(media.depth!.values.subarray(0, 3))).toEqual([10, 12, 14]);
    expect(media.map.bitDepth).toBe(8);
  });

  it('the picture runs from the 1st to the 99th percentile, holes are black', async () => {
    const { map } = await read('depth16.png');
    expect([map.data[0], map.data[4 * (W * H - 1)], map.data[4 * (2 * W + 3)]]).toEqual([0, 255, 0]);
  });

  it('7-Scenes names tell the unit; nothing else does', async () => {
    expect((await read('frame-000001.depth.pgm')).depth!.unit).toBe('mm');
    expect((await read('depth16.png')).depth!.unit).toBeUndefined();
    expect((await read('depth.pfm')).depth!.unit).toBeUndefined();
  });

  it('a disparity map is told by its name', async () => {
    expect((await read('depth.pfm', 'scene_disp.pfm')).depth!.quantity).toBe('disparity');
  });

  it('the photograph goes with it', async () => {
    const { media } = await decode(fixture('maps/photo.png'), 'kitchen.png');
    if (media.kind !== 'image') throw new Error('no picture');
    const map = await read('depth16.png', 'kitchen_depth.png', {
      photo: { file: '/some/where/kitchen.png', image: media },
    });
    expect([map.photoFile, map.photo?.width]).toEqual(['kitchen.png', W]);
  });
});

describe('normal maps of real tools', () => {
  it.each([
    ['normals.png', 0.005],
    ['normals16.png', 2e-5],
    ['normals.pfm', 1e-6],
    ['normals.f4.npy', 1e-6],
    ['normals.xyz.exr', 0.0005],
    ['normals.rgb.exr', 1e-6],
  ])('%s', async (file, tolerance) => {
    const media = await read(file);
    expect([media.kind, media.map.width, media.map.height, media.warnings]).toEqual(['rgbn', W, H, []]);
    expect(normalError(media)).toBeLessThan(tolerance);
    expect(media.unitShare).toBe(1);
  });
});

describe('what is a map, and what is none', () => {
  const kindOf = async (file: string, name: string, as?: 'depth' | 'normal') =>
    (await decode(fixture(`maps/${file}`), name, undefined, as && { as })).media.kind;

  it.each([
    ['depth16.png', 'kitchen.png', undefined, 'image'],
    ['depth16.png', 'kitchen.png', 'depth', 'rgbd'],
    ['normals.png', 'kitchen.png', undefined, 'image'],
    ['normals.png', 'kitchen.png', 'normal', 'rgbn'],
    ['photo.png', 'depth_vs_time.png', undefined, 'image'],
    ['photo.png', 'depth.png', undefined, 'image'],
    ['photo.png', 'normal.png', undefined, 'image'],
    ['normals.png', 'normal_distribution.png', undefined, 'image'],
    ['photo.tif', 'depth_study.tif', undefined, 'image'],
    ['photo.tif', 'depth_study.tif', 'depth', 'rgbd'],
    ['depth16.tif', 'kitchen.tif', undefined, 'image'],
    ['depth16.tif', 'kitchen.tif', 'depth', 'rgbd'],
    ['depth.pfm', 'anything.pfm', undefined, 'rgbd'],
    ['depth8.png', 'kitchen-depth.png', undefined, 'rgbd'],
  ] as const)('%s named %s, as %s: %s', async (file, name, as, kind) => {
    expect(await kindOf(file, name, as)).toBe(kind);
  });

  it('a picture that is named like a normal map says so', async () => {
    const { media } = await decode(fixture('maps/photo.png'), 'normal.png');
    expect(media.warnings.join()).toContain('no directions');
  });

  it('an EXR in colour is no map', async () => {
    await expect(decode(fixture('maps/normals.rgb.exr'), 'sunset.exr')).rejects.toThrow(/high dynamic range/);
  });

  it.each(['xyz.f8.npy', 'axes.f4.npy', 'xyzrgb.f4.npy'])('the points of %s stay points', async (file) => {
    expect((await decode(fixture(`points/${file}`), file)).media.kind).toBe('point');
  });
});
