import { errors } from '../../common/errors';
import type { GltfJson } from './gltfJson';
import { latin1 } from './numberScanner';

const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const HEADER = 12;
const CHUNK_HEADER = 8;
/** V8's strings end at half a billion characters. */
const MAX_JSON_BYTES = 256 * 1024 ** 2;

/** The JSON of a model and the bytes that came with it. */
export interface GltfContainer {
  json: GltfJson;
  /** Of a GLB: the buffer without a uri. */
  binary?: Uint8Array;
}

/** The binary container (glTF 2.0 specification, section 4.4): a header, a chunk of JSON, a chunk of bytes. */
export function parseGlb(bytes: Uint8Array): GltfContainer {
  if (bytes.length < HEADER + CHUNK_HEADER)
    throw errors.truncated('GLB', `${bytes.length} bytes are less than its header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (latin1(bytes, 0, 4) !== 'glTF') throw errors.damaged('GLB', 'it does not begin with glTF');
  const version = view.getUint32(4, true);
  if (version !== 2) throw errors.unsupported('GLB', `version ${version} of the container`);
  const length = view.getUint32(8, true);
  if (length > bytes.length) throw errors.truncated('GLB', `${length} bytes are declared, ${bytes.length} are there`);
  let json: GltfJson | undefined;
  let binary: Uint8Array | undefined;
  for (let at = HEADER; at + CHUNK_HEADER <= length; ) {
    const size = view.getUint32(at, true);
    const type = view.getUint32(at + 4, true);
    const start = at + CHUNK_HEADER;
    if (start + size > bytes.length)
      throw errors.truncated('GLB', `a part of ${size} bytes at byte ${at} is not all there`);
    if (type === JSON_CHUNK) json ??= parseJson('GLB', bytes.subarray(start, start + size));
    if (type === BINARY_CHUNK) binary ??= bytes.subarray(start, start + size);
    at = start + size + ((4 - (size % 4)) % 4);
  }
  if (!json) throw errors.damaged('GLB', 'it has no part of JSON');
  return { json, ...(binary && { binary }) };
}

export function parseGltf(bytes: Uint8Array): GltfContainer {
  return { json: parseJson('GLTF', bytes) };
}

function parseJson(format: string, bytes: Uint8Array): GltfJson {
  if (bytes.length > MAX_JSON_BYTES)
    throw errors.tooLarge(`JSON of the ${format} file`, `${bytes.length} bytes`, `${MAX_JSON_BYTES} bytes`);
  const text = new TextDecoder().decode(bytes).replace(/[\0\s]+$/, '');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 80) : 'no JSON';
    const isCut = !text.endsWith('}');
    throw isCut
      ? errors.truncated(format, `its JSON ends too soon (${reason})`)
      : errors.damaged(format, `its JSON cannot be read (${reason})`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw errors.damaged(format, 'its JSON is no object');
  return json as GltfJson;
}
