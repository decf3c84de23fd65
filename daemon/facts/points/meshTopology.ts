import type { WorkPacer } from '../audio/workPacer';

export interface MeshTopology {
  /** Corners in use, those in the same place counted once. */
  corners: number;
  edges: number;
  /** Triangles with three different corners. */
  triangles: number;
  /** Edges of one triangle only. */
  openEdges: number;
  /** Edges of more than two triangles. */
  nonManifoldEdges: number;
  /** Connected rims of open edges. */
  holes: number;
  /** Parts that share no corner. */
  components: number;
  /** Whether each edge is gone along once in each direction. */
  consistent: boolean;
  /** In file units cubed, of a closed mesh whose triangles all face the same way. */
  volume?: number;
}

interface Mesh {
  positions: Float32Array;
  triangles: Uint32Array;
}

const TRIANGLES_A_CHUNK = 1 << 12;

/** Looks at the edges of a mesh, after corners in exactly the same place have been joined. */
export async function meshTopology(mesh: Mesh, pacer: WorkPacer): Promise<MeshTopology> {
  const joined = await joinCorners(mesh, pacer);
  await pacer.breathe();
  const faces = joined.length / 3;
  const edges = new EdgeTable(3 * faces);
  const parts = new UnionFind(mesh.positions.length / 3);
  let triangles = 0;
  for (let t = 0; t < faces; t++) {
    const [a, b, c] = [joined[3 * t]!, joined[3 * t + 1]!, joined[3 * t + 2]!];
    if (a === b || b === c || a === c) continue;
    triangles++;
    edges.add(a, b);
    edges.add(b, c);
    edges.add(c, a);
    parts.join(a, b);
    parts.join(b, c);
    if (t % TRIANGLES_A_CHUNK === 0) await pacer.breathe();
  }
  const counted = edges.count(mesh.positions.length / 3);
  const used = usedCorners(joined);
  const closed = triangles > 0 && counted.openEdges === 0 && counted.nonManifoldEdges === 0;
  return {
    ...counted,
    corners: used.length,
    triangles,
    components: parts.groups(used),
    ...(closed && counted.consistent && { volume: volumeOf(mesh) }),
  };
}

/** Triangles by the first corner in each place. */
async function joinCorners({ positions, triangles }: Mesh, pacer: WorkPacer): Promise<Uint32Array> {
  const count = positions.length / 3;
  const size = 2 ** Math.ceil(Math.log2(2 * count + 1));
  const slots = new Int32Array(size).fill(-1);
  const bits = new Int32Array(positions.buffer, positions.byteOffset, positions.length);
  const firstOf = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const hash = hashOf(normal(bits[3 * i]!), normal(bits[3 * i + 1]!), normal(bits[3 * i + 2]!));
    let slot = hash & (size - 1);
    for (; slots[slot]! >= 0; slot = (slot + 1) & (size - 1)) if (isSame(bits, slots[slot]!, i)) break;
    if (slots[slot]! < 0) slots[slot] = i;
    firstOf[i] = slots[slot]!;
    if (i % TRIANGLES_A_CHUNK === 0) await pacer.breathe();
  }
  return triangles.map((corner) => firstOf[corner]!);
}

/** Zero and minus zero are one place. */
const normal = (bits: number): number => (bits === -0x80000000 ? 0 : bits);

function hashOf(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Bits are compared, since no NaN is equal to itself. */
const isSame = (bits: Int32Array, i: number, j: number): boolean =>
  normal(bits[3 * i]!) === normal(bits[3 * j]!) &&
  normal(bits[3 * i + 1]!) === normal(bits[3 * j + 1]!) &&
  normal(bits[3 * i + 2]!) === normal(bits[3 * j + 2]!);

function usedCorners(joined: Uint32Array): Uint32Array {
  const sorted = Uint32Array.from(joined).sort();
  return sorted.filter((corner, i) => i === 0 || corner !== sorted[i - 1]);
}

/** Signed volumes of the tetrahedra between the triangles and one corner. */
function volumeOf({ positions: p, triangles }: Mesh): number {
  const [ox, oy, oz] = [p[3 * triangles[0]!]!, p[3 * triangles[0]! + 1]!, p[3 * triangles[0]! + 2]!];
  let six = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!];
    const [ax, ay, az] = [p[a]! - ox, p[a + 1]! - oy, p[a + 2]! - oz];
    const [bx, by, bz] = [p[b]! - ox, p[b + 1]! - oy, p[b + 2]! - oz];
    const [cx, cy, cz] = [p[c]! - ox, p[c + 1]! - oy, p[c + 2]! - oz];
    six += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return Math.abs(six) / 6;
}

/** Edges by their two corners, with how often each is gone along in each direction. */
class EdgeTable {
  private readonly size: number;
  private readonly low: Int32Array;
  private readonly high: Int32Array;
  private readonly forward: Uint16Array;
  private readonly backward: Uint16Array;

  constructor(most: number) {
    this.size = 2 ** Math.ceil(Math.log2(1.5 * most + 8));
    this.low = new Int32Array(this.size).fill(-1);
    this.high = new Int32Array(this.size);
    this.forward = new Uint16Array(this.size);
    this.backward = new Uint16Array(this.size);
  }

  add(from: number, to: number): void {
    const [low, high] = from < to ? [from, to] : [to, from];
    let slot = hashOf(low, high, 0) & (this.size - 1);
    while (this.low[slot]! >= 0 && (this.low[slot] !== low || this.high[slot] !== high))
      slot = (slot + 1) & (this.size - 1);
    this.low[slot] = low;
    this.high[slot] = high;
    const counts = from < to ? this.forward : this.backward;
    if (counts[slot]! < 65_535) counts[slot]!++;
  }

  count(corners: number): Pick<MeshTopology, 'edges' | 'openEdges' | 'nonManifoldEdges' | 'holes' | 'consistent'> {
    const rims = new UnionFind(corners);
    const onRim = new Set<number>();
    let [edges, openEdges, nonManifoldEdges] = [0, 0, 0];
    let consistent = true;
    for (let slot = 0; slot < this.size; slot++) {
      if (this.low[slot]! < 0) continue;
      edges++;
      const uses = this.forward[slot]! + this.backward[slot]!;
      if (uses === 1) {
        openEdges++;
        rims.join(this.low[slot]!, this.high[slot]!);
        onRim.add(this.low[slot]!).add(this.high[slot]!);
      } else if (uses > 2) nonManifoldEdges++;
      if (uses !== 2 || this.forward[slot] !== 1) consistent = false;
    }
    return { edges, openEdges, nonManifoldEdges, holes: rims.groups(onRim), consistent };
  }
}

/** Which numbers belong together (Tarjan 1975, with halved paths). */
class UnionFind {
  private readonly parent: Uint32Array;

  constructor(count: number) {
    this.parent = Uint32Array.from({ length: count }, (_, i) => i);
  }

  join(a: number, b: number): void {
    this.parent[this.root(a)] = this.root(b);
  }

  groups(among: Iterable<number>): number {
    const roots = new Set<number>();
    for (const i of among) roots.add(this.root(i));
    return roots.size;
  }

  private root(i: number): number {
    let at = i;
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!;
      at = this.parent[at]!;
    }
    return at;
  }
}
