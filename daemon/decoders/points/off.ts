import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkCount, MAX_POINT_FILE_BYTES, MAX_TRIANGLES, MESH_LIMITS } from './limits';
import { latin1, NumberScanner } from './numberScanner';
import { scaleColors } from './scaleColors';
import { toPointMedia } from './toPointMedia';
import { TriangleList } from './triangleList';

/** Texture, colour, normal, fourth coordinate, dimension: prefixes of the keyword (geomview.org, "OFF"). */
const KEYWORD = /^(ST)?(C)?(N)?(4)?(n)?OFF(?![A-Za-z])/;
const RECORDS_A_CHUNK = 1 << 14;
const HASH = 35;

/** OFF with colours (COFF) and normals (NOFF), text only; also with the counts glued to the keyword (ModelNet). */
export const off: Format = {
  id: 'off',
  kind: 'point',
  extensions: ['.off', '.coff', '.noff'],
  mime: 'model/off',
  magic: 'text: OFF, COFF, NOFF',
  maxBytes: MAX_POINT_FILE_BYTES,
  limits: MESH_LIMITS,
  detect: (head) => (/^(ST)?C?N?4?n?OFF[\s\d#]/.test(latin1(head, 0, 16)) ? 'yes' : 'no'),
  decode: decodeOff,
};

interface OffLayout {
  vertices: number;
  faces: number;
  /** Numbers between a vertex's position and its colour: the normal. */
  gap: number;
  hasColors: boolean;
}

async function decodeOff(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const scanner = new NumberScanner('OFF', bytes);
  const layout = readHeader(bytes, scanner);
  if (layout.vertices === 0) throw errors.noContent('OFF', 'points');
  const positions = new Float32Array(3 * layout.vertices);
  const colors = layout.hasColors ? new Float32Array(3 * layout.vertices) : undefined;
  for (let i = 0; i < layout.vertices; i++) {
    skipComments(scanner);
    for (let axis = 0; axis < 3; axis++) positions[3 * i + axis] = next(scanner, layout);
    if (colors) readColor(scanner, layout, colors, i);
    scanner.skipLine();
    if (i % RECORDS_A_CHUNK === 0) await pacer.breathe();
  }
  const triangles = await readFaces(scanner, layout, pacer, bytes.length);
  return toPointMedia({
    format: 'off',
    encoding: 'ascii',
    positions,
    colors: colors && scaleColors(colors),
    declared: layout.vertices,
    triangles: triangles.toArray(),
    warnings: [],
  });
}

function readHeader(bytes: Uint8Array, scanner: NumberScanner): OffLayout {
  const keyword = KEYWORD.exec(latin1(bytes, 0, 16));
  if (!keyword) throw errors.damaged('OFF', 'it does not begin with OFF');
  const [all, texture, color, normal, fourth, dimension] = keyword;
  if (/^\s*BINARY/.test(latin1(bytes, all.length, all.length + 16))) throw errors.unsupported('OFF', 'binary data');
  if (fourth || dimension) throw errors.unsupported('OFF', 'points of other than three dimensions');
  scanner.at = all.length;
  const [vertices, faces] = [0, 1].map(() => {
    skipComments(scanner);
    return next(scanner, undefined);
  }) as [number, number];
  scanner.skipLine();
  const hasColors = color !== undefined && texture === undefined;
  checkCount('OFF', 'points', vertices, hasColors ? 12 : 6, bytes.length - scanner.at + 1);
  checkCount('OFF', 'faces', faces, 2, bytes.length - scanner.at + 1, MAX_TRIANGLES);
  return { vertices, faces, gap: normal ? 3 : 0, hasColors };
}

/** Geomview writes the normal before the colour. */
function readColor(scanner: NumberScanner, layout: OffLayout, colors: Float32Array, i: number): void {
  for (let skip = 0; skip < layout.gap; skip++) next(scanner, layout);
  for (let axis = 0; axis < 3; axis++) colors[3 * i + axis] = next(scanner, layout);
}

async function readFaces(
  scanner: NumberScanner,
  layout: OffLayout,
  pacer: WorkPacer,
  fileBytes: number,
): Promise<TriangleList> {
  const triangles = new TriangleList('OFF', layout.vertices);
  let polygon: number[] = [];
  for (let i = 0; i < layout.faces; i++) {
    skipComments(scanner);
    const corners = next(scanner, layout);
    checkCount('OFF', 'corners of a face', corners, 2, fileBytes - scanner.at + 1);
    if (polygon.length < corners) polygon = new Array<number>(corners);
    for (let k = 0; k < corners; k++) polygon[k] = next(scanner, layout);
    triangles.addPolygon(polygon, corners);
    scanner.skipLine(); // a colour may follow
    if (i % RECORDS_A_CHUNK === 0) await pacer.breathe();
  }
  return triangles;
}

function skipComments(scanner: NumberScanner): void {
  while (scanner.skipSpace() && scanner.peek() === HASH) scanner.skipLine();
}

function next(scanner: NumberScanner, layout: OffLayout | undefined): number {
  if (!scanner.skipSpace())
    throw errors.truncated(
      'OFF',
      layout ? `it ends before its ${layout.vertices} points and ${layout.faces} faces` : 'it ends inside its header',
    );
  return scanner.readNumber();
}
