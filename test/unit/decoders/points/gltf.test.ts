import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById, outcome } from '../../../support/mediaFixtures';

const file = (name: string) => fixture(`points/${name}`);

async function decode(id: string, bytes: Uint8Array): Promise<PointMedia> {
  const media = await formatById(formats, id).decode(bytes, `file.${id}`);
  if (media.kind !== 'point') throw new Error(media.kind);
  return media;
}

const model = (json: object) => Buffer.from(JSON.stringify({ asset: { version: '2.0' }, ...json }));
const dataUri = (bytes: Uint8Array) => `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`;
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

/** One triangle whose accessor, view, buffer and node can be changed. */
function triangle(
  change: { accessor?: object; view?: object; buffer?: object; node?: object; primitive?: object } = {},
) {
  const bytes = floats(0, 0, 0, 1, 0, 0, 0, 1, 0);
  return model({
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, ...change.node }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, ...change.primitive }] }],
    accessors: [{ bufferView: 0, componentType: 5126, type: 'VEC3', count: 3, ...change.accessor }],
    bufferViews: [{ buffer: 0, byteLength: 36, ...change.view }],
    buffers: [{ byteLength: 36, uri: dataUri(bytes), ...change.buffer }],
  });
}

describe('glTF of real tools', () => {
  it('embedded buffers and a matrix (trimesh)', async () => {
    const media = await decode('gltf', file('boxes.gltf'));
    expect([media.declared, media.faces, media.encoding, media.up]).toEqual([16, 24, 'text', 'y']);
    expect(media.area).toBeCloseTo(22 + 4 * 22, 5);
    expect(media.bounds).toEqual({ min: [-0.5, -2, -3], max: [11, 2, 3] });
    expect([...media.colors!.subarray(0, 3)].map((value) => Math.round(value * 255))).toEqual([200, 100, 50]);
  });

  it('quantised positions (glTF-Transform, KHR_mesh_quantization)', async () => {
    const media = await decode('glb', file('box.quantized.glb'));
    expect(media.area).toBeCloseTo(22, 2);
    expect(media.bounds!.max.map((value) => Math.round(value * 1000) / 1000)).toEqual([0.5, 1, 1.5]);
  });

  it('strips and fans under nested nodes; lines are left out and said', async () => {
    const media = await decode('glb', file('strips.glb'));
    expect([media.declared, media.faces]).toEqual([8, 4]);
    expect(media.area).toBeCloseTo(4, 6);
    const round = (corner: number[]) => corner.map((value) => Math.round(value * 1e6) / 1e6 + 0);
    expect([round(media.bounds!.min), round(media.bounds!.max)]).toEqual([
      [-1, 0, 5],
      [0, 2, 6],
    ]);
    expect(media.warnings).toEqual(['2 vertices of lines were left out.']);
  });

  it('sparse accessors', async () => {
    const { positions, count, faces } = await decode('glb', file('sparse.glb'));
    expect([count, faces, positions[150], positions[298]]).toEqual([100, undefined, 3, 4]);
    expect(positions.reduce((sum, value) => sum + value)).toBe(7);
  });

  it('is claimed by its bytes', () => {
    const claim = (id: string, name: string) => formatById(formats, id).detect(file(name).subarray(0, 4096));
    expect([claim('gltf', 'boxes.gltf'), claim('glb', 'box.glb'), claim('gltf', 'box.glb')]).toEqual([
      'yes',
      'yes',
      'no',
    ]);
    const json = (text: string) => formatById(formats, 'gltf').detect(Buffer.from(text));
    expect([json('{"buffers": [{"uri": "data:'), json('{"a": 1}'), json('[1, 2]')]).toEqual(['maybe', 'no', 'no']);
  });
});

describe('glTF that cannot be read', () => {
  const half = file('box.glb').subarray(0, 700);
  it.each<[string, string, Uint8Array, string]>([
    ['glb', 'Draco', file('box.draco.glb'), 'FILE_UNSUPPORTED'],
    ['glb', 'meshopt', file('box.meshopt.glb'), 'FILE_UNSUPPORTED'],
    ['gltf', 'a separate .bin', file('box.external.gltf'), 'FILE_UNSUPPORTED'],
    ['glb', 'half', half, 'FILE_TRUNCATED'],
    ['glb', '8 bytes', half.subarray(0, 8), 'FILE_TRUNCATED'],
    ['glb', 'version 1', Buffer.from('glTF\x01\0\0\0\x14\0\0\0\0\0\0\0JSON'), 'FILE_UNSUPPORTED'],
    ['gltf', 'half', file('boxes.gltf').subarray(0, 900), 'FILE_TRUNCATED'],
    ['gltf', 'no JSON', Buffer.from('{"asset": nothing}'), 'FILE_DAMAGED'],
    ['gltf', 'nothing in it', model({}), 'MEDIA_EMPTY'],
    ['gltf', 'version 1', model({ asset: { version: '1.0' } }), 'FILE_UNSUPPORTED'],
    ['gltf', 'an unknown extension', model({ extensionsRequired: ['ACME_shape'] }), 'FILE_UNSUPPORTED'],
    ['gltf', 'a node below itself', triangle({ node: { children: [0] } }), 'FILE_DAMAGED'],
    ['gltf', 'a mesh that is not there', triangle({ node: { mesh: 7 } }), 'FILE_DAMAGED'],
    ['gltf', 'more values than bytes', triangle({ accessor: { count: 4 } }), 'FILE_TRUNCATED'],
    ['gltf', '2 ** 40 values', triangle({ accessor: { count: 2 ** 40 } }), 'FILE_TOO_LARGE'],
    ['gltf', '2 ** 40 zeros', triangle({ accessor: { count: 2 ** 40, bufferView: undefined } }), 'FILE_TOO_LARGE'],
    ['gltf', '-1 values', triangle({ accessor: { count: -1 } }), 'FILE_DAMAGED'],
    ['gltf', 'an unknown type', triangle({ accessor: { componentType: 5130 } }), 'FILE_DAMAGED'],
    ['gltf', 'two numbers a place', triangle({ accessor: { type: 'VEC2' } }), 'FILE_DAMAGED'],
    ['gltf', 'a view past its buffer', triangle({ view: { byteOffset: 8 } }), 'FILE_TRUNCATED'],
    ['gltf', 'a buffer without bytes', triangle({ buffer: { uri: undefined } }), 'FILE_TRUNCATED'],
    ['gltf', 'a mode of 9', triangle({ primitive: { mode: 9 } }), 'FILE_DAMAGED'],
    ['gltf', 'no such accessor', triangle({ primitive: { indices: 3 } }), 'FILE_DAMAGED'],
  ])('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });

  it('names the separate file', async () => {
    await expect(decode('gltf', file('box.external.gltf'))).rejects.toThrow('"ext.bin"');
  });

  it('a mesh placed 400,000 times is refused soon', async () => {
    const nodes = Array.from({ length: 400_000 }, () => ({ mesh: 0 }));
    const { scenes: _, ...json } = JSON.parse(triangle().toString());
    const start = performance.now();
    const bytes = Buffer.from(JSON.stringify({ ...json, nodes }));
    expect(await outcome(formatById(formats, 'gltf'), bytes)).toBe('FILE_TOO_LARGE');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
