import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { memorySource, readWhole } from '../byteSource';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkCount, MAX_POINTS, MAX_STREAM_FILE_BYTES, MAX_TRIANGLES, MESH_LIMITS, STREAM_LIMITS } from './limits';
import { latin1 } from './numberScanner';
import { FACE_ELEMENTS, readPlyFaces } from './plyFaces';
import { type PlyElement, type PlyHeader, parsePlyHeader } from './plyHeader';
import { minRecordBytes, openPlySource, type PlySource } from './plySource';
import { streamPly } from './plyStream';
import { readPlyVertices, type Vertices } from './plyVertices';
import { toPointMedia } from './toPointMedia';
import { TriangleList } from './triangleList';

/** PLY: ASCII and both binary orders, any properties in any order; with faces it is a mesh. */
export const ply: Format = {
  id: 'ply',
  kind: 'point',
  extensions: ['.ply'],
  mime: 'model/ply',
  magic: 'ply, then a line end',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: `${STREAM_LIMITS}; a mesh ${MESH_LIMITS}`,
  detect: (head) => (/^ply\s*[\r\n]/.test(latin1(head, 0, 16)) ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) =>
    (await streamPly(memorySource(bytes), signal, { points: MAX_POINTS, kept: MAX_POINTS })) ??
    decodePly(bytes, signal),
  decodeStream: async (source, _name, signal) =>
    (await streamPly(source, signal)) ?? decodePly(await readWhole(source, 'PLY', signal), signal),
};

async function decodePly(bytes: Uint8Array, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const header = parsePlyHeader(bytes);
  const source = openPlySource(bytes, header);
  checkDeclared(source, header);
  let vertices: Vertices | undefined;
  let triangles: TriangleList | undefined;
  for (const element of neededElements(header)) {
    checkElement(source, element);
    if (element.name === 'vertex') {
      vertices = await readPlyVertices(source, element, pacer);
      triangles = new TriangleList('PLY', element.count);
    } else {
      if (!triangles && FACE_ELEMENTS.includes(element.name)) throw errors.unsupported('PLY', 'faces before vertices');
      await readPlyFaces(source, element, triangles ?? new TriangleList('PLY', 0), pacer);
    }
  }
  if (!vertices) throw errors.damaged('PLY', 'its header declares no element "vertex"');
  const { hasNormals, ...shape } = vertices;
  const media = toPointMedia({
    format: 'ply',
    encoding: header.encoding,
    ...shape,
    declared: shape.positions.length / 3,
    triangles: triangles?.toArray(),
    warnings: [],
  });
  return { ...media, hasNormals };
}

/** Before anything is read: no element may be larger than the rest of the file, and there must be a vertex. */
function checkDeclared(source: PlySource, { elements }: PlyHeader): void {
  for (const element of elements) checkElement(source, element);
  const vertex = elements.find((element) => element.name === 'vertex');
  if (vertex?.count === 0) throw errors.noContent('PLY', 'points');
}

const plural: Readonly<Record<string, string>> = { vertex: 'points', face: 'faces' };

function checkElement(source: PlySource, element: PlyElement): void {
  const what = plural[element.name] ?? `elements ${JSON.stringify(element.name.slice(0, 40))}`;
  const limit = element.name === 'face' ? MAX_TRIANGLES : undefined;
  checkCount('PLY', what, element.count, minRecordBytes(source, element), source.remaining(), limit);
}

/** Elements up to the last one that is used; those without properties take no bytes. */
function neededElements({ elements }: PlyHeader): PlyElement[] {
  const last = elements.map(({ name }) => name === 'vertex' || FACE_ELEMENTS.includes(name)).lastIndexOf(true);
  return elements.slice(0, last + 1).filter(({ name, properties }) => name === 'vertex' || properties.length > 0);
}
