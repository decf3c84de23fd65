import type { Attributes, ElementType, Graph, Initializer, Node, ValueInfo } from './graph';

/** Name of a value in a graph: an input, a node's output or an initializer. */
export type Value = string;

/** Collects nodes in the order in which they are computed; every call returns the new value's name. */
export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly inputs: ValueInfo[] = [];
  private readonly outputs: ValueInfo[] = [];
  private readonly initializers = new Map<string, Initializer>();

  constructor(private readonly name: string) {}

  input(name: string, type: ElementType, dims: Array<number | string>): Value {
    this.inputs.push({ name, type, dims });
    return name;
  }

  /** Gives `value` the name under which the runtime fetches it. */
  output(name: string, value: Value, type: ElementType, dims: Array<number | string>): void {
    this.add('Identity', '', [value], [name], {});
    this.outputs.push({ name, type, dims });
  }

  /** Adds a weight; the same name again is the same weight. */
  weight(initializer: Initializer): Value {
    if (!this.initializers.has(initializer.name)) this.initializers.set(initializer.name, initializer);
    return initializer.name;
  }

  /** A small list of whole numbers, such as a shape; dims [] makes a scalar. */
  ints(values: number[], dims: number[] = [values.length]): Value {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    const name = `ints_${values.join('_')}${dims.length ? '' : '_scalar'}`;
    return this.weight({ name, type: 'int64', dims, chunks: () => [bytes] });
  }

  /** A node of ai.onnx with one output. */
  op(opType: string, inputs: Value[], attributes: Attributes = {}): Value {
    return this.add(opType, '', inputs, [this.fresh(opType)], attributes)[0]!;
  }

  /** A node of com.microsoft with one output. */
  msOp(opType: string, inputs: Value[], attributes: Attributes = {}): Value {
    return this.add(opType, 'com.microsoft', inputs, [this.fresh(opType)], attributes)[0]!;
  }

  reshape(value: Value, shape: number[]): Value {
    return this.op('Reshape', [value, this.ints(shape)]);
  }

  transpose(value: Value, perm: number[]): Value {
    return this.op('Transpose', [value], { perm: { ints: perm } });
  }

  concat(values: Value[], axis: number): Value {
    return values.length === 1 ? values[0]! : this.op('Concat', values, { axis: { int: axis } });
  }

  /** Equal or unequal parts along an axis; `sizes` may be a graph value. */
  split(value: Value, sizes: number[] | Value, axis: number): Value[] {
    const count = typeof sizes === 'string' ? 2 : sizes.length;
    const names = Array.from({ length: count }, () => this.fresh('Split'));
    const split = typeof sizes === 'string' ? sizes : this.ints(sizes);
    return this.add('Split', '', [value, split], names, { axis: { int: axis } });
  }

  /** value[..., start:end, ...] along one axis. */
  slice(value: Value, start: number, end: number, axis: number): Value {
    return this.op('Slice', [value, this.ints([start]), this.ints([end]), this.ints([axis])]);
  }

  build(): Graph {
    const { name, nodes, inputs, outputs } = this;
    return { name, nodes, inputs, outputs, initializers: [...this.initializers.values()] };
  }

  private add(opType: string, domain: Node['domain'], inputs: Value[], outputs: Value[], attributes: Attributes) {
    this.nodes.push({ name: `${opType}_${this.nodes.length}`, opType, domain, inputs, outputs, attributes });
    return outputs;
  }

  private count = 0;
  private fresh(hint: string): Value {
    return `${hint}:${this.count++}`;
  }
}
