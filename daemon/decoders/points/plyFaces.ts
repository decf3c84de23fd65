import type { WorkPacer } from '../workPacer';
import type { PlyElement } from './plyHeader';
import type { PlySource } from './plySource';
import { readListLength, skipList } from './plyVertices';
import type { TriangleList } from './triangleList';

const INDEX_NAMES = ['vertex_indices', 'vertex_index'];
/** The elements that hold polygons, and triangle strips parted by -1 (Stanford's scans). */
export const FACE_ELEMENTS: readonly string[] = ['face', 'tristrips'];
const RECORDS_A_CHUNK = 1 << 14;

/** Reads any element but "vertex": polygons and strips become triangles, the rest is skipped. */
export async function readPlyFaces(
  source: PlySource,
  element: PlyElement,
  triangles: TriangleList,
  pacer: WorkPacer,
): Promise<void> {
  const { name, properties, count } = element;
  const takesFaces = FACE_ELEMENTS.includes(name);
  let polygon: number[] = [];
  for (let i = 0; i < count; i++) {
    for (const property of properties) {
      if (!property.countType) source.read(property.type);
      else if (!takesFaces || !INDEX_NAMES.includes(property.name)) skipList(source, property);
      else {
        const length = readListLength(source, property);
        if (polygon.length < length) polygon = new Array<number>(length);
        for (let k = 0; k < length; k++) polygon[k] = source.read(property.type);
        if (name === 'face') triangles.addPolygon(polygon, length);
        else addStrips(polygon, length, triangles);
      }
    }
    if (i % RECORDS_A_CHUNK === 0) await pacer.breathe();
  }
}

/** Each vertex after the second of a strip makes a triangle with the two before it. */
function addStrips(indices: readonly number[], length: number, triangles: TriangleList): void {
  let start = 0;
  for (let i = 0; i < length; i++) {
    if (indices[i] === -1) start = i + 1;
    else if (i >= start + 2) triangles.addPolygon([indices[i - 2]!, indices[i - 1]!, indices[i]!], 3);
  }
}
