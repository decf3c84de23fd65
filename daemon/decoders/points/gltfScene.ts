import { errors } from '../../common/errors';
import { countOf, type GltfJson, numbersOf, objectsOf } from './gltfJson';

/** A mesh at its place: column-major 4 x 4. */
export interface PlacedMesh {
  mesh: GltfJson;
  matrix: Float64Array;
}

const MAX_DEPTH = 1000;
const MAX_PLACED = 100_000;
const IDENTITY = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

/**
 * The meshes of the default scene (else the first; without scenes every node that is nobody's child), with the
 * transforms of all nodes above them. Throws FILE_DAMAGED where a node is its own ancestor.
 */
export function placeMeshes(format: string, json: GltfJson): PlacedMesh[] {
  const nodes = objectsOf(json, 'nodes');
  const meshes = objectsOf(json, 'meshes');
  const placed: PlacedMesh[] = [];
  const above = new Set<number>();
  const visit = (index: number, parent: Float64Array): void => {
    const node = nodes[index];
    if (!node) throw errors.damaged(format, `it names the node ${index}; there are ${nodes.length}`);
    if (above.has(index) || above.size > MAX_DEPTH) throw errors.damaged(format, `the node ${index} is below itself`);
    above.add(index);
    const matrix = multiply(parent, localMatrix(node));
    if (node.mesh !== undefined) {
      const mesh = meshes[countOf(format, node, 'mesh')];
      if (!mesh) throw errors.damaged(format, `the node ${index} names a mesh that is not there`);
      // a skinned mesh is placed by its joints; at rest they leave it where its corners are
      placed.push({ mesh, matrix: node.skin === undefined ? matrix : IDENTITY });
      if (placed.length > MAX_PLACED)
        throw errors.tooLarge(`number of meshes in the ${format} file`, `more than ${MAX_PLACED}`, String(MAX_PLACED));
    }
    for (const child of indicesOf(node.children)) visit(child, matrix);
    above.delete(index);
  };
  for (const root of roots(format, json, nodes)) visit(root, IDENTITY);
  return placed;
}

function roots(format: string, json: GltfJson, nodes: readonly GltfJson[]): number[] {
  const scenes = objectsOf(json, 'scenes');
  const scene = scenes[countOf(format, json, 'scene', 0)] ?? scenes[0];
  if (scene) return indicesOf(scene.nodes);
  const children = new Set(nodes.flatMap((node) => indicesOf(node.children)));
  return nodes.map((_, index) => index).filter((index) => !children.has(index));
}

function indicesOf(list: unknown): number[] {
  return Array.isArray(list) ? list.filter((item): item is number => Number.isInteger(item)) : [];
}

/** `matrix`, or translation * rotation * scale (specification, section 3.5.3). */
function localMatrix(node: GltfJson): Float64Array {
  const matrix = numbersOf(node, 'matrix', 16);
  if (matrix) return Float64Array.from(matrix);
  const [tx, ty, tz] = (numbersOf(node, 'translation', 3) ?? [0, 0, 0]) as [number, number, number];
  const [x, y, z, w] = (numbersOf(node, 'rotation', 4) ?? [0, 0, 0, 1]) as [number, number, number, number];
  const [sx, sy, sz] = (numbersOf(node, 'scale', 3) ?? [1, 1, 1]) as [number, number, number];
  return Float64Array.of(
    (1 - 2 * (y * y + z * z)) * sx,
    2 * (x * y + z * w) * sx,
    2 * (x * z - y * w) * sx,
    0,
    2 * (x * y - z * w) * sy,
    (1 - 2 * (x * x + z * z)) * sy,
    2 * (y * z + x * w) * sy,
    0,
    2 * (x * z + y * w) * sz,
    2 * (y * z - x * w) * sz,
    (1 - 2 * (x * x + y * y)) * sz,
    0,
    tx,
    ty,
    tz,
    1,
  );
}

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++)
      for (let k = 0; k < 4; k++) out[4 * column + row]! += a[4 * k + row]! * b[4 * column + k]!;
  return out;
}
