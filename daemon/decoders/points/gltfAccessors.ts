import { errors } from '../../common/errors';
import { countOf, type GltfJson, objectOf, objectsOf, textOf } from './gltfJson';
import { checkCount } from './limits';

/** Values of an accessor, `components` an element. */
export interface GltfValues {
  values: Float32Array | Uint32Array;
  components: number;
  count: number;
}

type Component = { bytes: number; max: number; read: (view: DataView, at: number) => number };

/** By componentType (specification, section 3.6.2.2); `max` turns normalised integers into floats. */
const COMPONENTS: Readonly<Record<number, Component>> = {
  5120: { bytes: 1, max: 127, read: (view, at) => view.getInt8(at) },
  5121: { bytes: 1, max: 255, read: (view, at) => view.getUint8(at) },
  5122: { bytes: 2, max: 32_767, read: (view, at) => view.getInt16(at, true) },
  5123: { bytes: 2, max: 65_535, read: (view, at) => view.getUint16(at, true) },
  5125: { bytes: 4, max: 4_294_967_295, read: (view, at) => view.getUint32(at, true) },
  5126: { bytes: 4, max: 1, read: (view, at) => view.getFloat32(at, true) },
};
const WIDTHS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };
/** An accessor without bytes is all zeros: of these no more than this are made for a file. */
const MAX_ZEROS = 1_000_000;

/** Reads accessors out of the buffers of a model; every range is checked before it is read. */
export class GltfAccessors {
  private readonly accessors: GltfJson[];
  private readonly views: GltfJson[];
  private readonly buffers: GltfJson[];
  private readonly loaded = new Map<number, Uint8Array>();

  constructor(
    private readonly format: string,
    json: GltfJson,
    private readonly binary: Uint8Array | undefined,
  ) {
    this.accessors = objectsOf(json, 'accessors');
    this.views = objectsOf(json, 'bufferViews');
    this.buffers = objectsOf(json, 'buffers');
  }

  /** Elements of an accessor, before anything of it is read. */
  countOf(index: number): number {
    return countOf(this.format, this.accessor(index), 'count');
  }

  hasBytes(index: number): boolean {
    const { bufferView, sparse } = this.accessor(index);
    return bufferView !== undefined || sparse !== undefined;
  }

  /** Floats, normalised integers turned into them. */
  floats(index: number): GltfValues {
    return this.read(index, (length) => new Float32Array(length));
  }

  indices(index: number): Uint32Array {
    return this.read(index, (length) => new Uint32Array(length)).values as Uint32Array;
  }

  private accessor(index: number): GltfJson {
    const accessor = this.accessors[index];
    if (!accessor)
      throw errors.damaged(this.format, `it names the accessor ${index}; there are ${this.accessors.length}`);
    return accessor;
  }

  private read(index: number, make: (length: number) => Float32Array | Uint32Array): GltfValues {
    const accessor = this.accessor(index);
    const components = WIDTHS[textOf(accessor, 'type') ?? ''];
    const component = COMPONENTS[countOf(this.format, accessor, 'componentType', 0)];
    if (!components || !component)
      throw errors.damaged(this.format, `the accessor ${index} holds values of no known type`);
    const count = this.countOf(index);
    const scale = accessor.normalized === true ? component.max : 1;
    const values = this.dense(accessor, components, component, count, scale, make);
    const sparse = objectOf(accessor, 'sparse');
    if (sparse) this.applySparse(sparse, { values, components, count }, component, scale);
    return { values, components, count };
  }

  private dense(
    accessor: GltfJson,
    components: number,
    component: Component,
    count: number,
    scale: number,
    make: (length: number) => Float32Array | Uint32Array,
  ): Float32Array | Uint32Array {
    if (accessor.bufferView === undefined) {
      checkCount(this.format, 'values without bytes', count, 0, 0, MAX_ZEROS);
      return make(count * components);
    }
    const size = component.bytes * components;
    const start = countOf(this.format, accessor, 'byteOffset', 0);
    const { view, stride } = this.view(countOf(this.format, accessor, 'bufferView'), size);
    const needed = count === 0 ? 0 : start + (count - 1) * stride + size;
    if (needed > view.byteLength)
      throw errors.truncated(this.format, `${count} values need ${needed} bytes, ${view.byteLength} are there`);
    const values = make(count * components);
    for (let i = 0; i < count; i++)
      for (let k = 0; k < components; k++)
        values[i * components + k] = scaled(component.read(view, start + i * stride + k * component.bytes), scale);
    return values;
  }

  /** Values that replace those of the elements named (section 3.6.2.3). */
  private applySparse(
    sparse: GltfJson,
    { values, components, count }: GltfValues,
    component: Component,
    scale: number,
  ): void {
    const changed = countOf(this.format, sparse, 'count');
    const [places, news] = [objectOf(sparse, 'indices'), objectOf(sparse, 'values')];
    const indexType = places && COMPONENTS[countOf(this.format, places, 'componentType', 0)];
    if (!places || !news || !indexType) throw errors.damaged(this.format, 'a sparse accessor has no indices or values');
    const part = (json: GltfJson, size: number) => {
      const { view } = this.view(countOf(this.format, json, 'bufferView'), size);
      const start = countOf(this.format, json, 'byteOffset', 0);
      if (start + changed * size > view.byteLength)
        throw errors.truncated(this.format, `${changed} sparse values are not all there`);
      return { view, start };
    };
    const size = component.bytes * components;
    const [at, value] = [part(places, indexType.bytes), part(news, size)];
    for (let i = 0; i < changed; i++) {
      const element = indexType.read(at.view, at.start + i * indexType.bytes);
      if (element >= count)
        throw errors.damaged(this.format, `a sparse accessor changes the value ${element} of ${count}`);
      for (let k = 0; k < components; k++)
        values[element * components + k] = scaled(
          component.read(value.view, value.start + i * size + k * component.bytes),
          scale,
        );
    }
  }

  private view(index: number, size: number): { view: DataView; stride: number } {
    const json = this.views[index];
    if (!json) throw errors.damaged(this.format, `it names the bufferView ${index}; there are ${this.views.length}`);
    const compression = objectOf(json, 'extensions');
    if (compression?.EXT_meshopt_compression || compression?.KHR_meshopt_compression)
      throw errors.unsupported(this.format, 'geometry packed by meshopt');
    const buffer = this.buffer(countOf(this.format, json, 'buffer'));
    const start = countOf(this.format, json, 'byteOffset', 0);
    const length = countOf(this.format, json, 'byteLength');
    if (start + length > buffer.length)
      throw errors.truncated(this.format, `its bufferView ${index} ends at byte ${start + length} of ${buffer.length}`);
    const stride = countOf(this.format, json, 'byteStride', 0) || size;
    return { view: new DataView(buffer.buffer, buffer.byteOffset + start, length), stride };
  }

  private buffer(index: number): Uint8Array {
    const known = this.loaded.get(index);
    if (known) return known;
    const json = this.buffers[index];
    if (!json) throw errors.damaged(this.format, `it names the buffer ${index}; there are ${this.buffers.length}`);
    const bytes = this.load(textOf(json, 'uri'));
    this.loaded.set(index, bytes);
    return bytes;
  }

  private load(uri: string | undefined): Uint8Array {
    if (uri === undefined) {
      if (this.binary) return this.binary;
      throw errors.truncated(this.format, 'a buffer has neither an address nor bytes in the file');
    }
    if (!uri.startsWith('data:'))
      throw errors.unsupported(
        this.format,
        `the separate file ${JSON.stringify(uri.slice(0, 80))} for its geometry (a .glb holds all in one)`,
      );
    const comma = uri.indexOf(',');
    const isBase64 = /;base64$/i.test(uri.slice(0, Math.max(0, comma)).trimEnd());
    if (comma < 0) throw errors.damaged(this.format, 'the address of a buffer holds no data');
    const data = uri.slice(comma + 1);
    return isBase64 ? Buffer.from(data, 'base64') : Buffer.from(unescaped(this.format, data), 'latin1');
  }
}

function unescaped(format: string, data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    throw errors.damaged(format, 'the data of a buffer are not escaped as an address is');
  }
}

/** Normalised signed integers reach from -max to max; one more below is -1 as well. */
const scaled = (value: number, scale: number): number => (scale === 1 ? value : Math.max(-1, value / scale));
