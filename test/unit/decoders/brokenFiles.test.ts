/** Broken files beside the error that each must give: of the formats whose own tests are about other things. */
import { describe, expect, it } from 'vitest';
import { isOneLensError } from '../../../daemon/common/errors';
import { formats } from '../../../daemon/decoders';
import { toolsFor } from '../../fuzz/corpus';
import { fixture, formatById } from '../../support/mediaFixtures';

const cut = (path: string, bytes: number): Buffer => fixture(path).subarray(0, bytes);
const half = (path: string): Buffer => cut(path, fixture(path).length / 2);
const text = (content: string): Buffer => Buffer.from(content, 'latin1');

/** A copy with these bytes at a place, or after a name. */
function withBytes(path: string, at: number | string, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(fixture(path));
  copy.set(bytes, typeof at === 'string' ? copy.indexOf(at, 0, 'latin1') + at.length : at);
  return copy;
}

const withWords = (path: string, from: string, to: string): Buffer =>
  text(fixture(path).toString('latin1').replace(from, to));

const withAll = (path: string, from: RegExp, to: string): Buffer =>
  text(fixture(path).toString('latin1').replace(from, to));

const HUGE = [0xff, 0xff, 0xff, 0xff];
const NAN = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['las', 'half of its points', half('points/lion.las'), 'FILE_TRUNCATED'],
  ['las', 'cut inside its header', cut('points/lion.las', 100), 'FILE_TRUNCATED'],
  ['las', '2 ** 32 - 1 points', withBytes('points/lion.las', 107, HUGE), 'FILE_TOO_LARGE'],
  ['las', 'no points', withBytes('points/lion.las', 107, [0, 0, 0, 0]), 'MEDIA_EMPTY'],
  ['las', 'an unknown point format', withBytes('points/lion.las', 104, [60]), 'FILE_UNSUPPORTED'],
  ['las', 'points of one byte', withBytes('points/lion.las', 105, [1, 0]), 'FILE_DAMAGED'],
  ['las', 'a scale that is no number', withBytes('points/lion.las', 131, NAN), 'FILE_DAMAGED'],
  ['las', 'points that begin beyond its end', withBytes('points/lion.las', 96, HUGE), 'FILE_TRUNCATED'],
  ['laz', 'half of its points', half('points/lion.laz'), 'FILE_TRUNCATED'],
  [
    'laz',
    'a table of chunks beyond its end',
    withBytes('points/lion.laz', fixture('points/lion.laz').readUInt32LE(96), [...HUGE, 0, 0, 0, 0]),
    'FILE_TRUNCATED',
  ],
  ['laz', 'no record of LASzip', withWords('points/lion.laz', 'laszip encoded', 'another record'), 'FILE_DAMAGED'],
  ['laz', 'no points', withBytes('points/lion.laz', 107, [0, 0, 0, 0]), 'MEDIA_EMPTY'],
  ['glb', 'half of its bytes', half('points/box.glb'), 'FILE_TRUNCATED'],
  ['glb', 'the first version of glTF', withBytes('points/box.glb', 4, [1, 0, 0, 0]), 'FILE_UNSUPPORTED'],
  ['glb', 'JSON that is none', withBytes('points/box.glb', 20, [0x5b, 0x5b]), 'FILE_DAMAGED'],
  ['glb', 'a chunk of 4 GB', withBytes('points/box.glb', 12, HUGE), 'FILE_TRUNCATED'],
  ['glb', 'geometry packed by Draco', fixture('points/box.draco.glb'), 'FILE_UNSUPPORTED'],
  ['glb', 'buffers packed by meshopt', fixture('points/box.meshopt.glb'), 'FILE_UNSUPPORTED'],
  ['gltf', 'half of its bytes', half('points/boxes.gltf'), 'FILE_TRUNCATED'],
  ['gltf', 'buffers in other files', fixture('points/box.external.gltf'), 'FILE_UNSUPPORTED'],
  ['gltf', 'nothing but its version', text('{"asset":{"version":"2.0"}}'), 'MEDIA_EMPTY'],
  [
    'gltf',
    'an accessor beyond its buffer',
    withWords('points/boxes.gltf', '"count":8', '"count":80000'),
    'FILE_TRUNCATED',
  ],
  ['gltf', 'a type of numbers that there is not', withWords('points/boxes.gltf', '5126', '9999'), 'FILE_DAMAGED'],
  ['csv', 'words', text('a,b\nno,numbers\n'), 'FILE_DAMAGED'],
  ['csv', 'a row that is too short', text('x,y,z\n1,2,3\n4,5\n6,7,8\n'), 'FILE_DAMAGED'],
  ['csv', 'nothing but a header', text('x,y,z\n'), 'MEDIA_EMPTY'],
  ['kitti', 'a part of a point', cut('points/cloud.kitti.bin', 100), 'FILE_TRUNCATED'],
  ['kitti', 'only NaN', Buffer.alloc(64, 0xff), 'MEDIA_EMPTY'],
  ['kitti', 'three bytes', Buffer.alloc(3), 'FILE_TRUNCATED'],
  ['mov', 'ends inside its samples', half('video/h264-pcm.mov'), 'FILE_TRUNCATED'],
  ['mov', 'has no movie header', cut('video/h264-pcm.mov', 40), 'FILE_TRUNCATED'],
  [
    'mov',
    'a table of 2 ** 32 - 1 sizes',
    withBytes('video/mjpeg.mov', 'stsz', [0, 0, 0, 0, 0, 0, 0, 0, ...HUGE]),
    'FILE_DAMAGED',
  ],
  ['mkv', 'ends inside its header', cut('video/h264.mkv', 20), 'FILE_TRUNCATED'],
  ['mkv', 'nothing behind its header', cut('video/h264.mkv', 60), 'FILE_TRUNCATED'],
  ['mkv', 'noise behind its header', withBytes('video/h264.mkv', 60, Array(2000).fill(0xa5)), 'FILE_DAMAGED'],
  ['webm', 'noise behind its header', withBytes('video/vp9-opus.webm', 60, Array(2000).fill(0xa5)), 'FILE_DAMAGED'],
  ['avi', 'no frame rate', withBytes('video/mjpeg-pcm.avi', 'strhvidsMJPG', Array(20).fill(0)), 'FILE_DAMAGED'],
  ['avi', 'no streams', withWords('video/mjpeg-pcm.avi', 'strl', 'xxxx'), 'MEDIA_EMPTY'],
  [
    'animated-gif',
    'an unknown block',
    withBytes('video/loop.gif', 13 + 3 * 2 ** ((fixture('video/loop.gif')[10]! & 7) + 1), [0x99]),
    'FILE_DAMAGED',
  ],
  ['animated-gif', 'a screen of 65535 x 65535', withBytes('video/loop.gif', 6, HUGE), 'FILE_TOO_LARGE'],
  ['animated-gif', 'ends inside its first frame', cut('video/loop.gif', 60), 'FILE_TRUNCATED'],
  [
    'animated-webp',
    'a canvas of 16 million pixels a side',
    withBytes('video/loop.webp', 24, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    'FILE_TOO_LARGE',
  ],
  ['animated-webp', 'ends inside a frame', cut('video/loop.webp', 300), 'FILE_TRUNCATED'],
  ['animated-webp', 'ends inside its header', cut('video/loop.webp', 25), 'FILE_TRUNCATED'],
  ['png-depth', 'half-rgb.png', fixture('bad/image/half-rgb.png'), 'FILE_TRUNCATED'],
  ['png-depth', 'zero-width.png', fixture('bad/image/zero-width.png'), 'FILE_DAMAGED'],
  ['png-depth', '60000x60000.png', fixture('bad/image/60000x60000.png'), 'FILE_TOO_LARGE'],
  ['png-depth', 'not-deflate.png', fixture('bad/image/not-deflate.png'), 'FILE_DAMAGED'],
  ['png-normals', 'half-rgb.png', fixture('bad/image/half-rgb.png'), 'FILE_TRUNCATED'],
  ['png-normals', 'zero-width.png', fixture('bad/image/zero-width.png'), 'FILE_DAMAGED'],
  ['png-normals', '60000x60000.png', fixture('bad/image/60000x60000.png'), 'FILE_TOO_LARGE'],
  ['png-normals', 'not-deflate.png', fixture('bad/image/not-deflate.png'), 'FILE_DAMAGED'],
  ['tiff-depth', 'half-rgb.tif', fixture('bad/image/half-rgb.tif'), 'FILE_TRUNCATED'],
  ['tiff-depth', 'zero-width.tif', fixture('bad/image/zero-width.tif'), 'FILE_DAMAGED'],
  ['tiff-depth', 'compression-12345.tif', fixture('bad/image/compression-12345.tif'), 'FILE_UNSUPPORTED'],
  ['tiff-normals', 'half-rgb.tif', fixture('bad/image/half-rgb.tif'), 'FILE_TRUNCATED'],
  ['tiff-normals', 'zero-width.tif', fixture('bad/image/zero-width.tif'), 'FILE_DAMAGED'],
  ['tiff-normals', 'compression-12345.tif', fixture('bad/image/compression-12345.tif'), 'FILE_UNSUPPORTED'],
  ['jpeg-depth', 'half-rgb.jpg', fixture('bad/image/half-rgb.jpg'), 'FILE_TRUNCATED'],
  ['jpeg-depth', 'only-start.jpg', fixture('bad/image/only-start.jpg'), 'FILE_TRUNCATED'],
  ['jpeg-depth', 'no-quantization-tables.jpg', fixture('bad/image/no-quantization-tables.jpg'), 'FILE_DAMAGED'],
  ['jpeg-normals', 'half-rgb.jpg', fixture('bad/image/half-rgb.jpg'), 'FILE_TRUNCATED'],
  ['jpeg-normals', 'only-start.jpg', fixture('bad/image/only-start.jpg'), 'FILE_TRUNCATED'],
  ['jpeg-normals', 'no-quantization-tables.jpg', fixture('bad/image/no-quantization-tables.jpg'), 'FILE_DAMAGED'],
  ['webp-depth', 'half-lossy.webp', fixture('bad/image/half-lossy.webp'), 'FILE_TRUNCATED'],
  ['webp-depth', 'noise.webp', fixture('bad/image/noise.webp'), 'FILE_DAMAGED'],
  ['webp-depth', '16-million-wide.webp', fixture('bad/image/16-million-wide.webp'), 'FILE_TOO_LARGE'],
  ['webp-normals', 'half-lossy.webp', fixture('bad/image/half-lossy.webp'), 'FILE_TRUNCATED'],
  ['webp-normals', 'noise.webp', fixture('bad/image/noise.webp'), 'FILE_DAMAGED'],
  ['webp-normals', '16-million-wide.webp', fixture('bad/image/16-million-wide.webp'), 'FILE_TOO_LARGE'],
  ['exr-depth', 'half of its rows', half('maps/depth.zip.exr'), 'FILE_TRUNCATED'],
  ['exr-depth', 'cut inside its header', cut('maps/depth.zip.exr', 60), 'FILE_TRUNCATED'],
  ['exr-depth', 'version 9', withBytes('maps/depth.zip.exr', 4, [9, 0, 0, 0]), 'FILE_UNSUPPORTED'],
  [
    'exr-depth',
    'a window of 2 ** 31 columns',
    withBytes(
      'maps/depth.zip.exr',
      'dataWindow\0box2i\0',
      [16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f],
    ),
    'FILE_TOO_LARGE',
  ],
  [
    'exr-depth',
    'noise in its rows',
    withBytes('maps/depth.zip.exr', fixture('maps/depth.zip.exr').length - 300, Array(250).fill(0xa5)),
    'FILE_DAMAGED',
  ],
  ['exr-normals', 'half of its rows', half('maps/normals.xyz.exr'), 'FILE_TRUNCATED'],
  ['exr-normals', 'cut inside its header', cut('maps/normals.xyz.exr', 60), 'FILE_TRUNCATED'],
  ['exr-normals', 'version 9', withBytes('maps/normals.xyz.exr', 4, [9, 0, 0, 0]), 'FILE_UNSUPPORTED'],
  [
    'exr-normals',
    'a window of 2 ** 31 columns',
    withBytes(
      'maps/normals.xyz.exr',
      'dataWindow\0box2i\0',
      [16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f],
    ),
    'FILE_TOO_LARGE',
  ],
  [
    'exr-normals',
    'noise in its rows',
    withBytes('maps/normals.xyz.exr', fixture('maps/normals.xyz.exr').length - 300, Array(250).fill(0xa5)),
    'FILE_DAMAGED',
  ],
  ['pfm-depth', 'half of its rows', half('maps/depth.pfm'), 'FILE_TRUNCATED'],
  ['pfm-depth', 'ends inside its header', cut('maps/depth.pfm', 5), 'FILE_TRUNCATED'],
  ['pfm-depth', 'a scale of 0', withWords('maps/depth.pfm', '-1', '0'), 'FILE_DAMAGED'],
  ['pfm-depth', '999999999 columns', withWords('maps/depth.pfm', '24 18', '999999999 18'), 'FILE_TOO_LARGE'],
  ['pfm-normals', 'half of its rows', half('maps/normals.pfm'), 'FILE_TRUNCATED'],
  ['pfm-normals', 'ends inside its header', cut('maps/normals.pfm', 5), 'FILE_TRUNCATED'],
  ['pfm-normals', 'a scale of 0', withWords('maps/normals.pfm', '-1', '0'), 'FILE_DAMAGED'],
  ['pfm-normals', '999999999 columns', withWords('maps/normals.pfm', '24 18', '999999999 18'), 'FILE_TOO_LARGE'],
  ['pgm-depth', 'half of its rows', half('maps/frame-000001.depth.pgm'), 'FILE_TRUNCATED'],
  ['pgm-depth', 'a largest value of 70000', withWords('maps/frame-000001.depth.pgm', '65535', '70000'), 'FILE_DAMAGED'],
  ['pgm-depth', 'no columns', withWords('maps/frame-000001.depth.pgm', '24', '0'), 'FILE_DAMAGED'],
  ['npy-depth', 'half of its rows', half('maps/depth.f4.npy'), 'FILE_TRUNCATED'],
  ['npy-depth', 'four axes', withWords('maps/depth.f4.npy', '(18, 24', '(2, 9, 24'), 'FILE_UNSUPPORTED'],
  ['npy-depth', 'no header', withBytes('maps/depth.f4.npy', 10, Array(40).fill(0x78)), 'FILE_DAMAGED'],
  ['npy-depth', '2 ** 40 rows', withWords('maps/depth.f4.npy', '(18, ', '(1099511627776, '), 'FILE_TOO_LARGE'],
  ['npy-normals', 'half of its rows', half('maps/normals.f4.npy'), 'FILE_TRUNCATED'],
  ['npy-normals', 'four axes', withWords('maps/normals.f4.npy', '(18, 24', '(2, 9, 24'), 'FILE_UNSUPPORTED'],
  ['npy-normals', 'no header', withBytes('maps/normals.f4.npy', 10, Array(40).fill(0x78)), 'FILE_DAMAGED'],
  ['npy-normals', '2 ** 40 rows', withWords('maps/normals.f4.npy', '(18, ', '(1099511627776, '), 'FILE_TOO_LARGE'],
  ['ros-yaml', 'a scalar where vectors are', text('header:\n  seq: 1\nlinear_acceleration: 5\n---\n'), 'MEDIA_EMPTY'],
  ['ros-yaml', 'only NaN', withAll('imu/ros2.yaml', /[xyz]: \S+/g, 'x: .nan'), 'MEDIA_EMPTY'],
  ['ros-yaml', 'no sensor', withAll('imu/ros2.yaml', /angular_velocity|linear_acceleration/g, 'other'), 'MEDIA_EMPTY'],
  ['ros-yaml', 'a clock that jumps', withAll('imu/ros2.yaml', /(?<= sec: )1700000000/, '1'), 'FILE_UNSUPPORTED'],
  ['imu-npy', 'no header', withBytes('imu/imu7.f4.npy', 10, Array(40).fill(0x78)), 'FILE_DAMAGED'],
  ['fmri-npy', 'no header', withBytes('fmri/response.npy', 10, Array(40).fill(0x78)), 'FILE_DAMAGED'],
  ['fmri-npy', 'ends inside its header', cut('fmri/response.npy', 40), 'FILE_TRUNCATED'],
];

/** As the decoder gives it; `as` is the user's word for maps that look like pictures. */
async function codeOf(id: string, bytes: Uint8Array): Promise<string> {
  const format = formatById(formats, id);
  try {
    await format.decode(bytes, `file${format.extensions[0]}`, undefined, toolsFor(format));
    return 'decoded';
  } catch (error) {
    if (isOneLensError(error)) return error.code;
    throw error;
  }
}

describe('broken files', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await codeOf(id, bytes)).toBe(code);
  });
});
