import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { GltfAccessors } from './gltfAccessors';
import { type GltfContainer, parseGlb, parseGltf } from './gltfContainer';
import { objectOf, textOf, textsOf } from './gltfJson';
import { placeMeshes } from './gltfScene';
import { GltfShape } from './gltfShape';
import { MAX_POINT_FILE_BYTES, MESH_LIMITS } from './limits';
import { latin1 } from './numberScanner';
import { toPointMedia } from './toPointMedia';

/** Extensions that a model may require: they change how it looks or how numbers are stored, not where it is. */
const HARMLESS =
  /^(KHR_mesh_quantization|KHR_(materials|texture|lights|animation|node_visibility|xmp)\w*|EXT_(texture|lights)\w*|MSFT_texture\w*)$/;
const MAX_TEXT_BYTES = 256 * 1024 ** 2;

/** GLB: glTF 2.0 in one file. */
export const glb: Format = {
  id: 'glb',
  kind: 'point',
  extensions: ['.glb', '.vrm'],
  mime: 'model/gltf-binary',
  magic: 'glTF',
  maxBytes: MAX_POINT_FILE_BYTES,
  limits: MESH_LIMITS,
  detect: (head) => (latin1(head, 0, 4) === 'glTF' ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) => decodeModel('glb', bytes, parseGlb, signal),
};

/** GLTF: the JSON alone, with its buffers inside as data URIs. */
export const gltf: Format = {
  id: 'gltf',
  kind: 'point',
  extensions: ['.gltf'],
  mime: 'model/gltf+json',
  magic: 'text: JSON with "asset"',
  maxBytes: MAX_TEXT_BYTES,
  limits: MESH_LIMITS,
  detect: detectGltf,
  decode: async (bytes, _name, signal) => decodeModel('gltf', bytes, parseGltf, signal),
};

function detectGltf(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  const text = latin1(head, 0, 4096).replace(/^\xef\xbb\xbf/, '');
  if (!/^\s*\{\s*"/.test(text)) return 'no';
  if (/"asset"\s*:\s*\{[^}]*"version"\s*:/.test(text)) return 'yes';
  return /"(accessors|buffers|bufferViews|meshes|nodes|scenes|extensionsUsed)"\s*:\s*[[{]/.test(text) ? 'maybe' : 'no';
}

async function decodeModel(
  format: 'glb' | 'gltf',
  bytes: Uint8Array,
  parse: (bytes: Uint8Array) => GltfContainer,
  signal: AbortSignal | undefined,
): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const name = format.toUpperCase();
  const { json, binary } = parse(bytes);
  const version = textOf(objectOf(json, 'asset') ?? {}, 'version') ?? '2.0';
  if (!version.startsWith('2.')) throw errors.unsupported(name, `version ${version.slice(0, 20)} of glTF`);
  checkExtensions(name, textsOf(json, 'extensionsRequired'));
  const accessors = new GltfAccessors(name, json, binary);
  const shape = new GltfShape(name, accessors, bytes.length);
  for (const { mesh, matrix } of placeMeshes(name, json)) await shape.add(mesh, matrix, pacer);
  const { warnings, hasNormals, ...parsed } = shape.finish();
  if (textsOf(json, 'extensionsUsed').includes('EXT_mesh_gpu_instancing'))
    warnings.push('Copies made by EXT_mesh_gpu_instancing are left out.');
  return {
    ...toPointMedia({ format, encoding: format === 'glb' ? 'binary' : 'text', ...parsed, warnings }),
    hasNormals,
    up: 'y',
    statedUnits: { unit: 'metre', why: 'glTF is in metres by its specification' },
  };
}

function checkExtensions(name: string, required: readonly string[]): void {
  for (const extension of required) {
    if (/draco/i.test(extension)) throw errors.unsupported(name, 'geometry packed by Draco');
    if (/meshopt/i.test(extension)) throw errors.unsupported(name, 'geometry packed by meshopt');
    if (!HARMLESS.test(extension)) throw errors.unsupported(name, `the extension ${extension.slice(0, 60)}`);
  }
}
