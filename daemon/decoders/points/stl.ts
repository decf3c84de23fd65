import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { GrowingFloats } from './growingFloats';
import { checkCount, MAX_POINT_FILE_BYTES, MAX_TRIANGLES } from './limits';
import { latin1, NumberScanner } from './numberScanner';
import { toPointMedia } from './toPointMedia';

/** 80 bytes of anything, then the number of triangles. */
const HEADER = 84;
/** Normal, three corners, two bytes of attributes. */
const RECORD = 50;
const TRIANGLES_A_CHUNK = 1 << 14;

/**
 * STL, ASCII or binary. Binary files may begin with "solid" as well: the length that the count asks for decides,
 * and only then the words. Each triangle has corners of its own, so a mesh of n triangles declares 3 n vertices.
 */
export const stl: Format = {
  id: 'stl',
  kind: 'point',
  extensions: ['.stl'],
  mime: 'model/stl',
  magic: 'text: solid, facet; else its length by the count at 80',
  maxBytes: MAX_POINT_FILE_BYTES,
  limits: `${MAX_TRIANGLES / 1e6} million triangles`,
  detect: detectStl,
  decode: async (bytes, _name, signal) => decodeStl(bytes, new WorkPacer(signal)),
};

function detectStl(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  if (isText(head)) return 'yes';
  if (latin1(head, 0, 5) === 'solid') return 'maybe';
  return head.length >= HEADER && head.includes(0) && countOf(head) <= MAX_TRIANGLES ? 'maybe' : 'no';
}

function isText(bytes: Uint8Array): boolean {
  const text = latin1(bytes, 0, 4096);
  return (
    /^\s*solid\b/i.test(text) && /\n\s*(facet|endsolid)\b/i.test(text.replaceAll('\r', '\n')) && !text.includes('\0')
  );
}

const decodeStl = (bytes: Uint8Array, pacer: WorkPacer): Promise<PointMedia> =>
  isText(bytes) && !fitsBinary(bytes) ? decodeAscii(bytes, pacer) : decodeBinary(bytes, pacer);

const countOf = (bytes: Uint8Array): number =>
  bytes.length < HEADER ? 0 : new DataView(bytes.buffer, bytes.byteOffset, HEADER).getUint32(80, true);

const fitsBinary = (bytes: Uint8Array): boolean => bytes.length === HEADER + RECORD * countOf(bytes);

async function decodeBinary(bytes: Uint8Array, pacer: WorkPacer): Promise<PointMedia> {
  if (bytes.length < HEADER) throw errors.truncated('STL', `${bytes.length} bytes are less than its header`);
  const count = countOf(bytes);
  checkCount('STL', 'triangles', count, RECORD, bytes.length - HEADER, MAX_TRIANGLES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const positions = new Float32Array(9 * count);
  for (let t = 0; t < count; t++) {
    const corners = HEADER + RECORD * t + 12;
    for (let k = 0; k < 9; k++) positions[9 * t + k] = view.getFloat32(corners + 4 * k, true);
    if (t % TRIANGLES_A_CHUNK === 0) await pacer.breathe();
  }
  const rest = bytes.length - HEADER - RECORD * count;
  return soup(positions, 'binary', rest > 0 ? [`${rest} bytes after the last triangle were not read.`] : []);
}

async function decodeAscii(bytes: Uint8Array, pacer: WorkPacer): Promise<PointMedia> {
  const scanner = new NumberScanner('STL', bytes);
  const corners = new GrowingFloats('STL');
  let closed = false;
  for (let words = 0; scanner.skipSpace(); words++) {
    const word = scanner.readWord().toLowerCase();
    if (word === 'solid' || word === 'endsolid') scanner.skipLine();
    if (word === 'vertex') corners.push(coordinate(scanner), coordinate(scanner), coordinate(scanner));
    closed = word === 'endsolid';
    if (words % TRIANGLES_A_CHUNK === 0) await pacer.breathe();
  }
  if (corners.count % 3 !== 0 || !closed)
    throw errors.truncated('STL', `it ends inside triangle ${Math.floor(corners.count / 3) + 1}`);
  return soup(corners.toArray(), 'ascii', []);
}

function coordinate(scanner: NumberScanner): number {
  if (!scanner.skipSpace()) throw errors.truncated('STL', 'it ends inside a vertex');
  return scanner.readNumber();
}

/** Triangles that share no corners. */
function soup(positions: Float32Array, encoding: string, warnings: string[]): PointMedia {
  const declared = positions.length / 3;
  const triangles = Uint32Array.from({ length: declared }, (_, i) => i);
  return toPointMedia({ format: 'stl', encoding, positions, declared, triangles, warnings });
}
