import { errors } from '../../common/errors';
import type { WorkPacer } from '../workPacer';
import type { GltfAccessors, GltfValues } from './gltfAccessors';
import { countOf, type GltfJson, objectOf, objectsOf } from './gltfJson';
import { GrowingFloats } from './growingFloats';
import { MAX_POINTS } from './limits';
import type { ParsedShape } from './toPointMedia';
import { TriangleList } from './triangleList';

const VERTICES_A_CHUNK = 1 << 14;
/** Instances multiply what is in a file: that many vertices a byte of it are believed, beyond a first million. */
const FREE_VERTICES = 1_000_000;
const MODES = ['points', 'lines', 'line loops', 'line strips', 'triangles', 'triangle strips', 'triangle fans'];

/** Collects the primitives of all meshes, each at its place, as one shape. */
export class GltfShape {
  private readonly positions: GrowingFloats;
  private readonly colors: GrowingFloats;
  private readonly triangles: TriangleList;
  private readonly leftOut = new Map<string, number>();
  private readonly limit: number;
  private coloured = 0;
  private withNormals = true;
  private points = 0;

  constructor(
    private readonly format: string,
    private readonly accessors: GltfAccessors,
    fileBytes: number,
  ) {
    this.positions = new GrowingFloats(format);
    this.colors = new GrowingFloats(format);
    this.triangles = new TriangleList(format, MAX_POINTS);
    this.limit = Math.min(MAX_POINTS, FREE_VERTICES + fileBytes);
  }

  async add(mesh: GltfJson, matrix: Float64Array, pacer: WorkPacer): Promise<void> {
    for (const primitive of objectsOf(mesh, 'primitives')) {
      await this.addPrimitive(primitive, matrix, pacer);
      await pacer.breathe();
    }
  }

  /** Points beside triangles are left out, since a mesh is looked at by its surface. */
  finish(): Omit<ParsedShape, 'format' | 'encoding'> & { hasNormals: boolean } {
    const declared = this.positions.count;
    if (this.triangles.count > 0 && this.points > 0) this.skip('points', this.points);
    return {
      positions: this.positions.toArray(),
      colors: this.coloured > 0 ? this.colors.toArray() : undefined,
      declared,
      triangles: this.triangles.toArray(),
      hasNormals: declared > 0 && this.withNormals,
      warnings: [...this.leftOut].map(([what, count]) => `${count} vertices of ${what} were left out.`),
    };
  }

  private async addPrimitive(primitive: GltfJson, matrix: Float64Array, pacer: WorkPacer): Promise<void> {
    const attributes = objectOf(primitive, 'attributes') ?? {};
    if (attributes.POSITION === undefined) return;
    const mode = countOf(this.format, primitive, 'mode', 4);
    const position = countOf(this.format, attributes, 'POSITION');
    const vertices = this.accessors.countOf(position);
    if (mode > 6) throw errors.damaged(this.format, `a primitive has the mode ${mode}`);
    if (mode >= 1 && mode <= 3) return this.skip(MODES[mode]!, vertices);
    this.checkPacked(primitive, position);
    if (this.positions.count + vertices > this.limit) throw this.tooMany();
    const first = this.positions.count;
    await this.addVertices(attributes, this.accessors.floats(position), matrix, pacer);
    if (mode === 0) this.points += vertices;
    else this.addFaces(primitive, mode, first, vertices);
  }

  /** Draco replaces the bytes of an accessor, which then has none. */
  private checkPacked(primitive: GltfJson, position: number): void {
    const extensions = objectOf(primitive, 'extensions');
    if (extensions?.KHR_draco_mesh_compression && !this.accessors.hasBytes(position))
      throw errors.unsupported(this.format, 'geometry packed by Draco');
  }

  private async addVertices(
    attributes: GltfJson,
    { values, components, count }: GltfValues,
    m: Float64Array,
    pacer: WorkPacer,
  ): Promise<void> {
    if (components !== 3) throw errors.damaged(this.format, `its positions have ${components} numbers, not 3`);
    const colors = this.colorsOf(attributes, count);
    if (colors) this.coloured += count;
    this.withNormals &&= attributes.NORMAL !== undefined;
    for (let i = 0; i < count; i++) {
      const [x, y, z] = [values[3 * i]!, values[3 * i + 1]!, values[3 * i + 2]!];
      this.positions.push(
        m[0]! * x + m[4]! * y + m[8]! * z + m[12]!,
        m[1]! * x + m[5]! * y + m[9]! * z + m[13]!,
        m[2]! * x + m[6]! * y + m[10]! * z + m[14]!,
      );
      const c = colors ? colors.components * i : 0;
      const channel = (k: number) => (colors ? shareOf(colors.values[c + k]!) : 1);
      this.colors.push(channel(0), channel(1), channel(2));
      if (i % VERTICES_A_CHUNK === 0) await pacer.breathe();
    }
  }

  private colorsOf(attributes: GltfJson, count: number): GltfValues | undefined {
    if (attributes.COLOR_0 === undefined) return undefined;
    const colors = this.accessors.floats(countOf(this.format, attributes, 'COLOR_0'));
    if (colors.count < count || colors.components < 3)
      throw errors.damaged(this.format, `${colors.count} colours belong to ${count} vertices`);
    return colors;
  }

  private addFaces(primitive: GltfJson, mode: number, first: number, vertices: number): void {
    const indexed = primitive.indices !== undefined;
    const indices = indexed ? this.accessors.indices(countOf(this.format, primitive, 'indices')) : undefined;
    const length = indices?.length ?? vertices;
    const corner = (i: number): number => {
      const vertex = indices ? indices[i]! : i;
      if (vertex >= vertices)
        throw errors.damaged(this.format, `a face names the vertex ${vertex}; there are ${vertices}`);
      return first + vertex;
    };
    const add = (a: number, b: number, c: number) => this.triangles.addPolygon([corner(a), corner(b), corner(c)], 3);
    if (mode === 4) for (let i = 0; i + 2 < length; i += 3) add(i, i + 1, i + 2);
    // each second triangle of a strip is turned round, so that all face the same way
    if (mode === 5) for (let i = 0; i + 2 < length; i++) i % 2 === 0 ? add(i, i + 1, i + 2) : add(i + 1, i, i + 2);
    if (mode === 6) for (let i = 1; i + 1 < length; i++) add(i, i + 1, 0);
  }

  private skip(what: string, vertices: number): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + vertices);
  }

  private tooMany(): Error {
    const limit = `${this.limit.toLocaleString('en-US')} (its bytes and a million)`;
    return errors.tooLarge(`number of vertices in the ${this.format} file`, 'higher than it may be', limit);
  }
}

/** Held within 0 to 1; what is no number is 0. */
const shareOf = (value: number): number => (value > 0 ? Math.min(1, value) : 0);
