import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import { decompressLzf } from '../../../../daemon/decoders/points/lzf';
import { NumberScanner } from '../../../../daemon/decoders/points/numberScanner';
import type { PointMedia } from '../../../../daemon/media/media';
import { formatById } from '../../../support/mediaFixtures';

async function decode(id: string, content: string | Uint8Array): Promise<PointMedia> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const media = await formatById(formats, id).decode(bytes, `file.${id}`);
  if (media.kind !== 'point') throw new Error(media.kind);
  return media;
}

const rgb = (media: PointMedia) => media.colors && [...media.colors].map((value) => Math.round(value * 255));

const plyHeader = (lines: string[], format = 'ascii') =>
  ['ply', `format ${format} 1.0`, ...lines, 'end_header', ''].join('\n');

describe('PLY', () => {
  const xyz = ['property float x', 'property float y', 'property float z'];

  it('any order of properties, lists among them, and elements that are not used', async () => {
    const text = `${plyHeader([
      'comment a comment',
      'element camera 1',
      'property float fov',
      'property list uchar int tags',
      'element vertex 2',
      'property uchar diffuse_blue',
      'property list uchar float w',
      'property double z',
      'property uchar diffuse_red',
      'property int y',
      'property uchar diffuse_green',
      'property short x',
      'element edge 1',
      'property int a',
    ])}45.5 2 7 8\n30 2 0.5 0.5 3.5 10 2 20 1\n60 0 6.5 40 5 50 4\n9\n`;
    const media = await decode('ply', text);
    expect([...media.positions]).toEqual([1, 2, 3.5, 4, 5, 6.5]);
    expect(rgb(media)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('lines that end in CR LF or CR', async () => {
    const text = `${plyHeader(['element vertex 1', ...xyz])}1 2 3\n`;
    for (const end of ['\r\n', '\r']) expect((await decode('ply', text.replaceAll('\n', end))).count).toBe(1);
  });

  it('data that begins with a line feed after a header of CR alone', async () => {
    const header = plyHeader(
      ['element vertex 1', 'property uchar x', 'property uchar y', 'property uchar z'],
      'binary_little_endian',
    );
    const bytes = Buffer.concat([Buffer.from(header.replaceAll('\n', '\r')), Buffer.from([10, 1, 2])]);
    expect([...(await decode('ply', bytes)).positions]).toEqual([10, 1, 2]);
  });

  it.each([
    ['uchar', '255 128 0', [255, 128, 0]],
    ['ushort', '65535 0 32768', [255, 0, 128]],
    ['float', '1 0.5 0', [255, 128, 0]],
    ['float', '255 128 0', [255, 128, 0]],
  ])('colours as %s: %s', async (type, values, expected) => {
    const names = ['red', 'green', 'blue'].map((name) => `property ${type} ${name}`);
    expect(rgb(await decode('ply', `${plyHeader(['element vertex 1', ...xyz, ...names])}0 0 0 ${values}\n`))).toEqual(
      expected,
    );
  });

  it('polygons become fans, strips become triangles', async () => {
    const square = '0 0 0\n1 0 0\n1 1 0\n0 1 0\n';
    const face = await decode(
      'ply',
      `${plyHeader(['element vertex 4', ...xyz, 'element face 1', 'property list uchar int vertex_index'])}${square}4 0 1 2 3\n`,
    );
    expect([face.faces, face.area]).toEqual([2, 1]);
    const strip = await decode(
      'ply',
      `${plyHeader(['element vertex 4', ...xyz, 'element tristrips 1', 'property list int int vertex_indices'])}${square}8 0 1 3 2 -1 0 1 2\n`,
    );
    expect([strip.faces, strip.area]).toEqual([3, 1.5]);
  });

  it('a mesh without area becomes its vertices', async () => {
    const media = await decode(
      'ply',
      `${plyHeader(['element vertex 3', ...xyz, 'element face 1', 'property list uchar int vertex_indices'])}0 0 0\n1 1 1\n2 2 2\n3 0 1 2\n`,
    );
    expect([media.count, media.faces, media.area]).toEqual([3, 1, 0]);
    expect(media.warnings).toEqual(['The mesh has no area; its vertices are used as points.']);
  });

  it('points that are not finite are left out with their colours, and counted', async () => {
    const names = ['red', 'green', 'blue'].map((name) => `property uchar ${name}`);
    const text = `${plyHeader(['element vertex 4', ...xyz, ...names])}0 0 nan 1 1 1\n1 2 3 4 5 6\ninf 0 0 2 2 2\n4 5 6 7 8 9\n`;
    const media = await decode('ply', text);
    expect([[...media.positions], rgb(media), media.declared]).toEqual([[1, 2, 3, 4, 5, 6], [4, 5, 6, 7, 8, 9], 4]);
    expect(media.warnings).toEqual(['2 points are not finite numbers and were left out.']);
  });

  it('coordinates far from the origin keep their digits; a mesh is rounded, with a warning', async () => {
    const far = ['element vertex 3', 'property double x', 'property double y', 'property double z'];
    const rows = '500000.25 4600000.125 7\n500001.25 4600000.125 7\n500000.25 4600001.125 7\n';
    const cloud = await decode('ply', `${plyHeader(far)}${rows}`);
    expect([cloud.origin, cloud.warnings]).toEqual([[500_000, 4_600_000, 7], []]);
    expect([...cloud.positions.subarray(0, 6)]).toEqual([0.25, 0.125, 0, 1.25, 0.125, 0]);
    expect(cloud.bounds).toEqual({ min: [500_000.25, 4_600_000.125, 7], max: [500_001.25, 4_600_001.125, 7] });
    const face = ['element face 1', 'property list uchar int vertex_indices'];
    const mesh = await decode('ply', `${plyHeader([...far, ...face])}${rows}3 0 1 2\n`);
    expect(mesh.warnings).toEqual([expect.stringContaining('details are rounded')]);
  });
});

describe('PCD', () => {
  const header = (fields: string, sizes: string, types: string, data: string) =>
    `VERSION .7\nFIELDS ${fields}\nSIZE ${sizes}\nTYPE ${types}\nWIDTH 2\nHEIGHT 1\nPOINTS 2\nDATA ${data}\n`;

  it('colours packed in a float, in text and in binary', async () => {
    const bits = Buffer.alloc(4);
    bits.writeUInt32LE(0x00ff8001);
    const text = `${header('x y z rgb', '4 4 4 4', 'F F F F', 'ascii')}1 2 3 ${bits.readFloatLE(0)}\n4 5 6 ${bits.readFloatLE(0)}\n`;
    expect(rgb(await decode('pcd', text))).toEqual([255, 128, 1, 255, 128, 1]);
    const data = Buffer.alloc(32);
    data.writeUInt32LE(0x00ff8001, 12);
    data.writeFloatLE(7, 16);
    const media = await decode(
      'pcd',
      Buffer.concat([Buffer.from(header('x y z rgb', '4 4 4 4', 'F F F F', 'binary')), data]),
    );
    expect([rgb(media), [...media.positions]]).toEqual([
      [255, 128, 1, 0, 0, 0],
      [0, 0, 0, 7, 0, 0],
    ]);
  });

  it('fields in another order, padding, colours in three fields, NaN points', async () => {
    const text = `${header('_ z b g r y x', '1 8 1 1 1 4 4', 'U F U U U F F', 'ascii')}9 3 30 20 10 2 1\n9 nan 0 0 0 nan nan\n`;
    const media = await decode('pcd', text);
    expect([[...media.positions], rgb(media), media.count, media.declared]).toEqual([[1, 2, 3], [10, 20, 30], 1, 2]);
  });

  it('a width and height that do not make the points', async () => {
    const text = header('x y z', '4 4 4', 'F F F', 'ascii').replace('WIDTH 2', 'WIDTH 7');
    expect((await decode('pcd', `${text}1 2 3\n4 5 6\n`)).warnings).toHaveLength(1);
  });
});

describe('LZF', () => {
  it('literals, short and long copies, copies that overlap themselves', () => {
    const packed = Uint8Array.from([2, 97, 98, 99, 0x20, 2, 0xe0, 3, 0]); // "abc", 3 from 3 back, 12 from 1 back
    expect(Buffer.from(decompressLzf(packed, 18)).toString()).toBe(`abcabc${'c'.repeat(12)}`);
  });

  it.each([
    ['a literal past the input', [5, 1, 2], 6],
    ['a literal past the output', [2, 1, 2, 3], 2],
    ['a copy from before the start', [0, 65, 0x20, 9], 4],
    ['a copy past the output', [0, 65, 0x20, 0], 3],
    ['a copy cut short', [0, 65, 0x20], 4],
    ['too little', [0, 65], 2],
  ])('%s', (_what, packed, size) => {
    expect(() => decompressLzf(Uint8Array.from(packed), size)).toThrow(
      expect.objectContaining({ code: 'FILE_DAMAGED' }),
    );
  });
});

describe('text tables', () => {
  const cases: ReadonlyArray<[what: string, text: string, positions: number[], colors?: number[]]> = [
    ['blanks', '1 2 3\n4 5 6\n', [1, 2, 3, 4, 5, 6]],
    ['tabs and several blanks', ' 1\t2   3\r\n4 5 6', [1, 2, 3, 4, 5, 6]],
    ['commas', '1,2,3\n4, 5 ,6\n', [1, 2, 3, 4, 5, 6]],
    ['semicolons and decimal commas', '1,5;2;3\n4;5,25;6\n', [1.5, 2, 3, 4, 5.25, 6]],
    ['comments and empty lines', '# hello\n\n1 2 3\n// more\n4 5 6\n', [1, 2, 3, 4, 5, 6]],
    ['a count first (.pts)', '2\n1 2 3\n4 5 6\n', [1, 2, 3, 4, 5, 6]],
    ['names in another order', 'label,z,y,x\nhouse,3,2,1\ntree,6,5,4\n', [1, 2, 3, 4, 5, 6]],
    ['names behind a comment sign', '//X Y Z R G B\n1 2 3 10 20 30\n', [1, 2, 3], [10, 20, 30]],
    ['colours 0 to 255', '1 2 3 255 128 0\n', [1, 2, 3], [255, 128, 0]],
    ['colours 0 to 1', '1 2 3 1 0.5 0.2\n4 5 6 0 0 0.1\n', [1, 2, 3, 4, 5, 6], [255, 128, 51, 0, 0, 26]],
    ['normals are no colours', '1 2 3 0 0 1\n4 5 6 0 -1 0\n', [1, 2, 3, 4, 5, 6]],
    ['intensity and colours', '1 2 3 -900 9 8 7\n', [1, 2, 3], [9, 8, 7]],
    ['a fourth column', '1 2 3 0.5\n4 5 6 0.25\n', [1, 2, 3, 4, 5, 6]],
    ['exponents and a byte order mark', '\xef\xbb\xbf1e0 -2.5E+1 3e-1\n', [1, -25, Math.fround(0.3)]],
    ['an empty field', 'x,y,z\n1,,3\n4,5,6\n', [4, 5, 6]],
  ];

  it.each(cases)('%s', async (_what, text, positions, colors) => {
    expect(formatById(formats, 'xyz').detect(Buffer.from(text, 'latin1'))).toBe('maybe');
    const media = await decode('xyz', text);
    expect([[...media.positions], rgb(media)]).toEqual([positions, colors]);
  });

  it.each([
    ['prose', 'This is a text, and no cloud.\nNot at all.\n'],
    ['two columns', '1 2\n3 4\n'],
    ['columns that change', '1 2 3\n4 5\n'],
    ['names without x, y and z', 'time,ax,ay,az\n0,1,2,3\n'],
    ['a molecule', '3\nwater\nO 0 0 0\nH 0 0 1\nH 0 1 0\n'],
    ['binary', '1 2 3\n\0\0\0'],
    ['JSON', '{"a": [1, 2, 3]}\n'],
  ])('is not: %s', (_what, text) => {
    for (const id of ['xyz', 'csv']) expect(formatById(formats, id).detect(Buffer.from(text))).toBe('no');
  });
});

describe('OBJ', () => {
  it('negative numbers, slashes, polygons, and lines that are not used', async () => {
    const text =
      '# box\nmtllib a.mtl\no box\nv 0 0 0\nv 1 0 0\nvt 0 0\nvn 0 0 1\nv 1 1 0\nv 0 1 0\nusemtl m\ns off\nf -4/1/1 -3//1 3/1 4\n';
    expect(formatById(formats, 'obj').detect(Buffer.from(text))).toBe('yes');
    const media = await decode('obj', text);
    expect([media.declared, media.faces, media.area]).toEqual([4, 2, 1]);
  });

  it('without faces it is a cloud', async () => {
    const media = await decode('obj', 'v 1 2 3 1 0 0\nv 4 5 6 0 1 0\n');
    expect([media.faces, [...media.positions], rgb(media)]).toEqual([
      undefined,
      [1, 2, 3, 4, 5, 6],
      [255, 0, 0, 0, 255, 0],
    ]);
  });
});

describe('STL', () => {
  it('a binary file that begins with "solid" is binary', async () => {
    const bytes = Buffer.alloc(84 + 50);
    bytes.write('solid made by a tool\nfacet normal');
    bytes.writeUInt32LE(1, 80);
    bytes.writeFloatLE(2, 84 + 24); // the second corner at x = 2
    bytes.writeFloatLE(1, 84 + 40); // the third at y = 1
    const media = await decode('stl', bytes);
    expect([media.encoding, media.faces, media.area]).toEqual(['binary', 1, 1]);
  });

  it('two solids in one text file', async () => {
    const solid =
      'solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n';
    expect((await decode('stl', solid + solid)).faces).toBe(2);
  });
});

describe('OFF', () => {
  it('counts glued to the keyword, comments, faces with colours', async () => {
    const text = 'OFF4 1 0\n# corners\n0 0 0\n1 0 0\n1 1 0 # here\n0 1 0\n4 0 1 2 3 255 0 0\n';
    expect(formatById(formats, 'off').detect(Buffer.from(text))).toBe('yes');
    const media = await decode('off', text);
    expect([media.declared, media.faces, media.area]).toEqual([4, 2, 1]);
  });

  it('COFF and CNOFF have colours', async () => {
    expect(rgb(await decode('off', 'COFF\n1 0 0\n1 2 3 255 128 0 255\n'))).toEqual([255, 128, 0]);
    expect(rgb(await decode('off', 'CNOFF\n1 0 0\n1 2 3 0 0 1 255 128 0 255\n'))).toEqual([255, 128, 0]);
    expect(rgb(await decode('off', 'NOFF\n1 0 0\n1 2 3 0 0 1\n'))).toBe(undefined);
  });
});

describe('NumberScanner', () => {
  it.each([
    '0',
    '-0.5',
    '+7',
    '.25',
    '5.',
    '123456789012345678',
    '0.1',
    '1e22',
    '1e23',
    '9007199254740993',
    '1.7976931348623157e308',
    '5e-324',
    '-3.14159265358979e-05',
    '1e400',
  ])('%s is read as Number reads it', (text) => {
    const scanner = new NumberScanner('TEST', Buffer.from(text));
    expect(scanner.readNumber()).toBe(Number(text));
    expect(scanner.atEnd).toBe(true);
  });

  it.each(['', '-', '1e', '1x', '0x10', '1.2.3', '1,5', '--1', 'abc'])('%j is no number', (text) => {
    expect(() => new NumberScanner('TEST', Buffer.from(text)).readNumber()).toThrow(
      expect.objectContaining({ code: 'FILE_DAMAGED' }),
    );
  });
});
