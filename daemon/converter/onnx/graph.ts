/** An ONNX graph as plain values, before it is encoded. Weights are described, not held. */
export interface Graph {
  name: string;
  nodes: Node[];
  inputs: ValueInfo[];
  outputs: ValueInfo[];
  initializers: Initializer[];
}

export interface Node {
  name: string;
  opType: string;
  /** '' is ai.onnx. */
  domain: '' | 'com.microsoft';
  inputs: string[];
  outputs: string[];
  attributes: Attributes;
}

/** `{ int: 3 }` and the like: ONNX tells whole numbers and floats apart, JavaScript does not. */
export type Attribute = { int: number } | { float: number } | { string: string } | { ints: number[] };
export type Attributes = Record<string, Attribute>;

export type ElementType = 'float32' | 'float16' | 'uint8' | 'int64';

/** A graph's input or output; a text dimension is free. */
export interface ValueInfo {
  name: string;
  type: ElementType;
  dims: Array<number | string>;
}

/** A weight or constant whose bytes are made when they are written, piece by piece. */
export interface Initializer {
  name: string;
  type: ElementType;
  dims: number[];
  /** Little-endian, row-major, `byteLength(initializer)` bytes in all; iterated once. */
  chunks(): Iterable<Uint8Array>;
}

const ELEMENT_BYTES = { float32: 4, float16: 2, uint8: 1, int64: 8 } as const satisfies Record<ElementType, number>;

export function byteLength(initializer: Pick<Initializer, 'type' | 'dims'>): number {
  return initializer.dims.reduce((n, d) => n * d, ELEMENT_BYTES[initializer.type]);
}
