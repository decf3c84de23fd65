import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import { fixture, formatById, outcome } from '../../../support/mediaFixtures';

const file = (name: string): Buffer => fixture(`points/${name}`);
const half = (name: string): Buffer => file(name).subarray(0, file(name).length / 2);
const text = (content: string): Buffer => Buffer.from(content, 'latin1');

/** The file with the first `from` of its text header replaced. */
function withHeader(name: string, from: string, to: string): Buffer {
  return text(file(name).toString('latin1').replace(from, to));
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

const plyText = (elements: string, data = '', format = 'ascii') =>
  text(`ply\nformat ${format} 1.0\n${elements}\nend_header\n${data}`);
const xyz = 'property float x\nproperty float y\nproperty float z';
const faces = 'property list uchar int vertex_indices';
const npyWith = (header: string, data = '') => {
  const bytes = text(`\x93NUMPY\x01\0\0\0${header}${data}`);
  bytes.writeUInt16LE(header.length, 8);
  return bytes;
};
const pcdData = (bytes: Buffer): number => bytes.indexOf('DATA binary_compressed\n') + 23;
const HUGE = String(2 ** 40);

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['ply', 'half, text', half('cloud.ascii.ply'), 'FILE_TRUNCATED'],
  ['ply', 'half, binary', half('cloud.binary.ply'), 'FILE_TRUNCATED'],
  ['ply', 'half, big endian', half('cloud.big.ply'), 'FILE_TRUNCATED'],
  ['ply', 'half, mesh', half('box.binary.ply'), 'FILE_TRUNCATED'],
  ['ply', 'its last face cut off', file('box.binary.ply').subarray(0, -5), 'FILE_TRUNCATED'],
  ['ply', 'cut inside its header', file('cloud.ascii.ply').subarray(0, 40), 'FILE_TRUNCATED'],
  ['ply', '2 ** 40 points, text', withHeader('cloud.ascii.ply', 'vertex 24', `vertex ${HUGE}`), 'FILE_TOO_LARGE'],
  ['ply', '2 ** 40 points, binary', withHeader('cloud.binary.ply', 'vertex 24', `vertex ${HUGE}`), 'FILE_TOO_LARGE'],
  ['ply', '2 ** 40 faces', withHeader('box.ascii.ply', 'face 12', `face ${HUGE}`), 'FILE_TOO_LARGE'],
  [
    'ply',
    '2 ** 40 of an element without properties',
    plyText(`element a ${HUGE}\nelement vertex 1\n${xyz}`, '1 2 3'),
    'FILE_TOO_LARGE',
  ],
  [
    'ply',
    '40 million points in a small file',
    withHeader('cloud.ascii.ply', 'vertex 24', 'vertex 40000000'),
    'FILE_TRUNCATED',
  ],
  ['ply', 'one point more than there are', withHeader('cloud.ascii.ply', 'vertex 24', 'vertex 25'), 'FILE_TRUNCATED'],
  ['ply', 'zero points', plyText(`element vertex 0\n${xyz}`), 'MEDIA_EMPTY'],
  ['ply', '-1 points', plyText(`element vertex -1\n${xyz}`), 'FILE_DAMAGED'],
  ['ply', '1.5 points', plyText(`element vertex 1.5\n${xyz}`, '1 2 3 4'), 'FILE_DAMAGED'],
  ['ply', 'no count', plyText(`element vertex\n${xyz}`, '1 2 3 4'), 'FILE_DAMAGED'],
  ['ply', 'only NaN', plyText(`element vertex 2\n${xyz}`, 'nan nan nan\nnan 0 0\n'), 'MEDIA_EMPTY'],
  ['ply', 'words as numbers', plyText(`element vertex 1\n${xyz}`, 'one two three\n'), 'FILE_DAMAGED'],
  ['ply', 'no z', plyText('element vertex 1\nproperty float x\nproperty float y', '1 2\n'), 'FILE_UNSUPPORTED'],
  ['ply', 'no vertex', plyText(`element face 1\n${faces}`, '0\n'), 'FILE_UNSUPPORTED'],
  ['ply', 'nothing declared', plyText('comment'), 'FILE_DAMAGED'],
  ['ply', 'an unknown type', plyText('element vertex 1\nproperty quad x', '1'), 'FILE_DAMAGED'],
  ['ply', 'an unknown encoding', plyText(`element vertex 1\n${xyz}`, '1 2 3', 'morse'), 'FILE_UNSUPPORTED'],
  ['ply', 'no format', text(`ply\nelement vertex 1\n${xyz}\nend_header\n1 2 3\n`), 'FILE_DAMAGED'],
  ['ply', 'a property before any element', plyText('property float x'), 'FILE_DAMAGED'],
  [
    'ply',
    'a face of a vertex that is not there',
    plyText(`element vertex 1\n${xyz}\nelement face 1\n${faces}`, '0 0 0 3 0 1 2'),
    'FILE_DAMAGED',
  ],
  [
    'ply',
    'a face with a negative corner',
    plyText(`element vertex 1\n${xyz}\nelement face 1\n${faces}`, '0 0 0 3 0 0 -1'),
    'FILE_DAMAGED',
  ],
  [
    'ply',
    'a face of 200 corners',
    plyText(`element vertex 1\n${xyz}\nelement face 1\n${faces}`, '0 0 0 200 0 0 0'),
    'FILE_TRUNCATED',
  ],
  [
    'ply',
    'a face of -3 corners',
    plyText(`element vertex 1\n${xyz}\nelement face 1\n${faces}`, '0 0 0 -3 0 0 0'),
    'FILE_DAMAGED',
  ],
  ['pcd', 'half, text', half('cloud.ascii.pcd'), 'FILE_TRUNCATED'],
  ['pcd', 'cut, binary', file('cloud.binary.pcd').subarray(0, 400), 'FILE_TRUNCATED'],
  ['pcd', 'cut, compressed', file('cloud.compressed.pcd').subarray(0, 300), 'FILE_TRUNCATED'],
  [
    'pcd',
    'cut before its lengths',
    file('cloud.compressed.pcd').subarray(0, pcdData(file('cloud.compressed.pcd')) + 5),
    'FILE_TRUNCATED',
  ],
  ['pcd', 'cut inside its header', file('cloud.ascii.pcd').subarray(0, 60), 'FILE_TRUNCATED'],
  ['pcd', '2 ** 40 points', withHeader('cloud.binary.pcd', 'POINTS 24', `POINTS ${HUGE}`), 'FILE_TOO_LARGE'],
  [
    'pcd',
    '2 ** 40 points, compressed',
    withHeader('cloud.compressed.pcd', 'POINTS 24', `POINTS ${HUGE}`),
    'FILE_TOO_LARGE',
  ],
  ['pcd', 'zero points', withHeader('cloud.ascii.pcd', 'POINTS 24', 'POINTS 0'), 'MEDIA_EMPTY'],
  ['pcd', 'points that are no number', withHeader('cloud.ascii.pcd', 'POINTS 24', 'POINTS many'), 'FILE_DAMAGED'],
  ['pcd', 'no FIELDS', withHeader('cloud.ascii.pcd', 'FIELDS', 'FIELD'), 'FILE_DAMAGED'],
  ['pcd', 'no z', withHeader('cloud.ascii.pcd', 'x y z rgb', 'x y w rgb'), 'FILE_UNSUPPORTED'],
  ['pcd', 'a size of 3', withHeader('cloud.ascii.pcd', 'SIZE 4', 'SIZE 3'), 'FILE_DAMAGED'],
  ['pcd', 'a count of -1', withHeader('cloud.ascii.pcd', 'COUNT 1', 'COUNT -1'), 'FILE_DAMAGED'],
  ['pcd', 'a count of 10 ** 9', withHeader('cloud.ascii.pcd', 'COUNT 1', 'COUNT 1000000000'), 'FILE_DAMAGED'],
  ['pcd', 'an unknown encoding', withHeader('cloud.ascii.pcd', 'DATA ascii', 'DATA morse'), 'FILE_UNSUPPORTED'],
  ['pcd', 'words as numbers', withHeader('cloud.ascii.pcd', '0.25 -0.5', 'a b'), 'FILE_DAMAGED'],
  [
    'pcd',
    'packed points that reach before their start',
    changed(file('cloud.compressed.pcd'), (b) => b.fill(0xff, pcdData(b) + 8, pcdData(b) + 20)),
    'FILE_DAMAGED',
  ],
  [
    'pcd',
    'an unpacked length of 4 GiB',
    changed(file('cloud.compressed.pcd'), (b) => b.writeUInt32LE(0xffff_ffff, pcdData(b) + 4)),
    'FILE_DAMAGED',
  ],
  ['npy', 'half', half('xyz.f8.npy'), 'FILE_TRUNCATED'],
  ['npy', 'cut inside its header', file('xyz.f8.npy').subarray(0, 40), 'FILE_TRUNCATED'],
  ['npy', '8 bytes', file('xyz.f8.npy').subarray(0, 8), 'FILE_TRUNCATED'],
  [
    'npy',
    '2 ** 40 points',
    npyWith(`{'descr': '<f4', 'fortran_order': False, 'shape': (${HUGE}, 3), }`),
    'FILE_TOO_LARGE',
  ],
  [
    'npy',
    '1000 points, no data',
    npyWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 3), }"),
    'FILE_TRUNCATED',
  ],
  ['npy', 'zero points', npyWith("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }"), 'MEDIA_EMPTY'],
  ['npy', 'a vector', npyWith("{'descr': '<f4', 'fortran_order': False, 'shape': (8,), }"), 'FILE_UNSUPPORTED'],
  [
    'npy',
    'four dimensions',
    npyWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 2, 3), }"),
    'FILE_UNSUPPORTED',
  ],
  ['npy', 'a picture', npyWith("{'descr': '|u1', 'fortran_order': False, 'shape': (480, 640), }"), 'FILE_UNSUPPORTED'],
  [
    'npy',
    'complex numbers',
    npyWith("{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3), }"),
    'FILE_UNSUPPORTED',
  ],
  ['npy', 'pickled objects', file('object.npy'), 'FILE_UNSUPPORTED'],
  ['npy', 'records', file('record.npy'), 'FILE_UNSUPPORTED'],
  ['npy', 'a header that is code', npyWith("__import__('os').system('true')"), 'FILE_DAMAGED'],
  ['npy', 'no shape', npyWith("{'descr': '<f4', 'fortran_order': False, }"), 'FILE_DAMAGED'],
  ['npy', 'version 9', changed(file('xyz.f8.npy'), (b) => b.writeUInt8(9, 6)), 'FILE_UNSUPPORTED'],
  ['xyz', 'a count larger than the file', text('1000000\n1 2 3\n'), 'FILE_TRUNCATED'],
  ['xyz', 'a count one too large', text('3\n1.00 2.00 3.00\n1.00 2.00 3.00\n'), 'FILE_TRUNCATED'],
  ['xyz', 'a count of 2 ** 40', text(`${HUGE}\n1 2 3\n`), 'FILE_TOO_LARGE'],
  ['xyz', 'only NaN', text('nan nan nan\nnan nan nan\n'), 'MEDIA_EMPTY'],
  ['xyz', 'only comments', text('# nothing\n# at all\n'), 'MEDIA_EMPTY'],
  ['xyz', 'prose', text('No numbers here.\n'), 'FILE_DAMAGED'],
  ['xyz', 'prose after many rows', text(`${'1.5 2.5 3.5\n'.repeat(3000)}no more numbers\n`), 'FILE_DAMAGED'],
  ['xyz', 'a row too short', text(`${'1.5 2.5 3.5\n'.repeat(3000)}1 2\n1 2 3\n`), 'FILE_DAMAGED'],
  ['xyz', 'cut inside its last row', text(`${'1.5 2.5 3.5\n'.repeat(3000)}1.5 2.`), 'FILE_TRUNCATED'],
  ['csv', 'names and nothing else', text('x,y,z\n'), 'MEDIA_EMPTY'],
  ['obj', 'no vertices', text('o nothing\n'), 'MEDIA_EMPTY'],
  ['obj', 'cut inside a vertex', text('v 1 2 3\nv 4 5'), 'FILE_TRUNCATED'],
  ['obj', 'a vertex of two numbers', text('v 1 2\nv 1 2 3\n'), 'FILE_DAMAGED'],
  ['obj', 'a vertex of words', text('v one two three\n'), 'FILE_DAMAGED'],
  ['obj', 'a face of a vertex that is not there', text('v 0 0 0\nf 1 2 3\n'), 'FILE_DAMAGED'],
  ['obj', 'a face before its vertices', text('f -1 -2 -3\nv 0 0 0\n'), 'FILE_DAMAGED'],
  ['obj', 'the vertex 0', text('v 0 0 0\nf 0 0 0\n'), 'FILE_DAMAGED'],
  ['obj', 'a face of words', text('v 0 0 0\nf a b c\n'), 'FILE_DAMAGED'],
  ['stl', 'half, binary', half('box.binary.stl'), 'FILE_TRUNCATED'],
  ['stl', 'half, text', half('box.ascii.stl'), 'FILE_TRUNCATED'],
  ['stl', '50 bytes', file('box.binary.stl').subarray(0, 50), 'FILE_TRUNCATED'],
  [
    'stl',
    '2 ** 32 - 1 triangles',
    changed(file('box.binary.stl'), (b) => b.writeUInt32LE(0xffff_ffff, 80)),
    'FILE_TOO_LARGE',
  ],
  ['stl', 'zero triangles', Buffer.alloc(84), 'MEDIA_EMPTY'],
  ['stl', 'a solid of nothing', text('solid a\nendsolid a\n'), 'MEDIA_EMPTY'],
  ['stl', 'a vertex of words', text('solid a\nfacet normal 0 0 1\nouter loop\nvertex a b c\n'), 'FILE_DAMAGED'],
  ['stl', 'only NaN', changed(file('box.binary.stl'), (b) => b.fill(0xff, 84)), 'MEDIA_EMPTY'],
  ['off', 'half', half('box.off'), 'FILE_TRUNCATED'],
  ['off', 'only its keyword', text('OFF\n'), 'FILE_TRUNCATED'],
  ['off', '2 ** 40 points', text(`OFF\n${HUGE} 0 0\n`), 'FILE_TOO_LARGE'],
  ['off', 'a million points, no data', text('OFF\n1000000 0 0\n'), 'FILE_TRUNCATED'],
  ['off', 'zero points', text('OFF\n0 0 0\n'), 'MEDIA_EMPTY'],
  ['off', 'binary', text('OFF BINARY\n\0\0\0\x08'), 'FILE_UNSUPPORTED'],
  ['off', 'four dimensions', text('4OFF\n1 0 0\n1 2 3 4\n'), 'FILE_UNSUPPORTED'],
  ['off', 'a face of 10 ** 9 corners', text('OFF\n1 1 0\n0 0 0\n1000000000 0\n'), 'FILE_TOO_LARGE'],
  ['off', 'a face of a vertex that is not there', text('OFF\n1 1 0\n0 0 0\n3 0 0 7\n'), 'FILE_DAMAGED'],
  ['off', 'words as numbers', text('OFF\n1 0 0\na b c\n'), 'FILE_DAMAGED'],
  ['npz', 'half', half('cloud.npz'), 'FILE_TRUNCATED'],
  ['npz', 'pickled objects', file('object.npz'), 'FILE_UNSUPPORTED'],
  [
    'npz',
    'an array of 4 GiB',
    changed(file('packed.npz'), (b) => b.writeUInt32LE(0xf000_0000, b.indexOf('PK\x01\x02') + 24)),
    'FILE_TOO_LARGE',
  ],
  [
    'npz',
    'an array of 1 GB in 500 bytes',
    changed(file('packed.npz'), (b) => b.writeUInt32LE(1e9, b.indexOf('PK\x01\x02') + 24)),
    'FILE_DAMAGED',
  ],
  ['npz', 'no arrays', text('PK\x05\x06' + '\0'.repeat(18)), 'MEDIA_EMPTY'],
  ['kitti', 'a part of a point', file('cloud.kitti.bin').subarray(0, 100), 'FILE_TRUNCATED'],
  ['kitti', 'only NaN', Buffer.alloc(64, 0xff), 'MEDIA_EMPTY'],
];

describe('broken point files', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });

  it('a PLY that declares 2 ** 40 points names the count and the limit, at once', async () => {
    const start = performance.now();
    const decoding = formatById(formats, 'ply').decode(plyText(`element vertex ${HUGE}\n${xyz}`, '1 2 3'), 'huge.ply');
    await expect(decoding).rejects.toThrow(
      'The number of points in the PLY file is 1,099,511,627,776; the limit is 50,000,000. Make a smaller copy and ask about that.',
    );
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('says how much is missing', async () => {
    const decoding = formatById(formats, 'ply').decode(half('cloud.binary.ply'), 'half.ply');
    await expect(decoding).rejects.toThrow(
      /^The PLY file is cut short: 24 points need at least \d+ bytes, \d+ are there\./,
    );
  });
});
