import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { GrowingFloats } from './growingFloats';
import { MAX_POINT_FILE_BYTES, MESH_LIMITS } from './limits';
import { latin1, NumberScanner } from './numberScanner';
import { scaleColors } from './scaleColors';
import { toPointMedia } from './toPointMedia';
import { TriangleList } from './triangleList';

const LINES_A_CHUNK = 1 << 14;
const SLASH = 47;
/** Keywords of the format (Wavefront, "Object files", appendix B1) that are met in practice. */
const KEYWORD =
  /^(v|vt|vn|vp|f|fo|l|p|o|g|s|mtllib|usemtl|usemap|maplib|mg|deg|bmat|step|cstype|curv|curv2|surf|parm|trim|hole|scrv|sp|end|con|lod|bevel|c_interp|d_interp|shadow_obj|trace_obj|ctech|stech)(\s|$)/;

/** OBJ: vertices, with colours where the tool wrote them behind the position, and faces; without faces, points. */
export const obj: Format = {
  id: 'obj',
  kind: 'point',
  extensions: ['.obj'],
  mime: 'model/obj',
  magic: 'text: lines of v, f ...',
  maxBytes: MAX_POINT_FILE_BYTES,
  limits: MESH_LIMITS,
  detect: detectObj,
  decode: decodeObj,
};

function detectObj(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  const text = latin1(head, 0, 16_384);
  if (text.includes('\0')) return 'no';
  const whole = text.slice(0, head.length > text.length || text.length >= 4096 ? text.lastIndexOf('\n') : undefined);
  const lines = whole.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (!lines.every((line) => KEYWORD.test(line.trimStart()) || line.startsWith('\t') || line.startsWith(' ')))
    return 'no';
  if (lines.some((line) => /^\s*v\s+[-+.\dnN]\S*\s+\S+\s+\S+/.test(line))) return 'yes';
  return lines.length > 0 || text.startsWith('#') ? 'maybe' : 'no';
}

async function decodeObj(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const vertices = await readVertices(bytes, pacer);
  if (vertices.positions.length === 0) throw errors.noContent('OBJ', 'points');
  const triangles = await readFaces(bytes, vertices.positions.length / 3, pacer);
  return toPointMedia({
    format: 'obj',
    encoding: 'ascii',
    ...vertices,
    declared: vertices.positions.length / 3,
    triangles: triangles.toArray(),
    warnings: [],
  });
}

/** Calls `visit` with each line's keyword, the scanner standing behind it. */
async function eachLine(
  bytes: Uint8Array,
  pacer: WorkPacer,
  visit: (keyword: string, scanner: NumberScanner) => void,
): Promise<void> {
  const scanner = new NumberScanner('OBJ', bytes);
  for (let lines = 0; scanner.skipSpace(); lines++) {
    const letter = bytes[scanner.at]!;
    const blank = bytes[scanner.at + 1] ?? 32;
    if (blank <= 32) {
      scanner.at++;
      visit(String.fromCharCode(letter), scanner);
    }
    scanner.skipLine();
    if (lines % LINES_A_CHUNK === 0) await pacer.breathe();
  }
}

async function readVertices(
  bytes: Uint8Array,
  pacer: WorkPacer,
): Promise<{ positions: Float32Array; colors?: Float32Array }> {
  const positions = new GrowingFloats('OBJ');
  const colors = new GrowingFloats('OBJ');
  const values = new Float64Array(8);
  await eachLine(bytes, pacer, (keyword, scanner) => {
    if (keyword !== 'v') return;
    const count = readValues(scanner, values);
    if (count < 3) throw tooFew(bytes, scanner, count);
    positions.push(values[0]!, values[1]!, values[2]!);
    if (count === 6 || count === 7) colors.push(values[count - 3]!, values[count - 2]!, values[count - 1]!);
  });
  const complete = colors.count > 0 && colors.count === positions.count;
  return { positions: positions.toArray(), ...(complete && { colors: scaleColors(colors.toArray()) }) };
}

function readValues(scanner: NumberScanner, values: Float64Array): number {
  let count = 0;
  while (count < values.length && scanner.skipBlanks()) values[count++] = scanner.readNumber();
  return count;
}

function tooFew(bytes: Uint8Array, scanner: NumberScanner, count: number): Error {
  return scanner.at >= bytes.length
    ? errors.truncated('OBJ', 'it ends inside a vertex')
    : errors.damaged('OBJ', `the vertex that ends at byte ${scanner.at} has ${count} numbers, 3 are needed`);
}

async function readFaces(bytes: Uint8Array, vertexCount: number, pacer: WorkPacer): Promise<TriangleList> {
  const triangles = new TriangleList('OBJ', vertexCount);
  const polygon: number[] = [];
  let verticesBefore = 0;
  await eachLine(bytes, pacer, (keyword, scanner) => {
    if (keyword === 'v') verticesBefore++;
    if (keyword !== 'f') return;
    polygon.length = 0;
    while (scanner.skipBlanks()) polygon.push(vertexNumber(bytes, scanner, verticesBefore));
    triangles.addPolygon(polygon, polygon.length);
  });
  return triangles;
}

/** The "v" of v/vt/vn, counted from 0. A negative one counts back from the last vertex so far. */
function vertexNumber(bytes: Uint8Array, scanner: NumberScanner, verticesBefore: number): number {
  const start = scanner.at;
  let at = start;
  const negative = bytes[at] === 45;
  if (negative) at++;
  let value = 0;
  const digits = at;
  for (; bytes[at]! >= 48 && bytes[at]! <= 57; at++) value = value * 10 + bytes[at]! - 48;
  const ends = at >= bytes.length || bytes[at]! <= 32 || bytes[at] === SLASH;
  if (at === digits || !ends || value === 0)
    throw errors.damaged('OBJ', `${JSON.stringify(latin1(bytes, start, start + 20))} is no corner of a face`);
  scanner.readWord();
  return negative ? verticesBefore - value : value - 1;
}
