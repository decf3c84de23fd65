import { describe, expect, it } from 'vitest';
import { photoNames } from '../../../../daemon/decoders/maps/photoNames';

describe('the photograph beside a depth or normal map', () => {
  it.each([
    ['kitchen_depth.png', 'kitchen.jpg'],
    ['kitchen-depth.exr', 'kitchen.png'],
    ['depth_0001.png', 'rgb_0001.png'],
    ['depth_0001.png', '0001.jpg'],
    ['frame-000012.depth.pgm', 'frame-000012.color.jpg'],
    ['room_normals.png', 'room.png'],
    ['scene_left_disp.pfm', 'scene_left.png'],
  ])('%s may belong to %s', (map, photo) => {
    expect(photoNames(map)).toContain(photo);
  });

  it.each(['kitchen.png', 'in-depth-report.txt.png', 'depths'])('%s: nothing, or never itself', (name) => {
    expect(photoNames(name)).not.toContain(name);
  });

  it('a word inside another is no word', () => {
    expect(photoNames('abnormal.png')).toEqual([]);
  });
});
