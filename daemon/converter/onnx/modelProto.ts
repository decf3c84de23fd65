import type { Attribute, ElementType, Graph, Initializer, Node, ValueInfo } from './graph';
import { ProtoWriter } from './protoWriter';

/**
 * `Graph` -> the bytes of an ONNX ModelProto. Field numbers beside names from
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const ModelProto = { ir_version: 1, producer_name: 2, graph: 7, opset_import: 8 } as const;
const OperatorSetIdProto = { domain: 1, version: 2 } as const;
const GraphProto = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NodeProto = { input: 1, output: 2, name: 3, op_type: 4, attribute: 5, domain: 7 } as const;
const AttributeProto = { name: 1, f: 2, i: 3, s: 4, ints: 8, type: 20 } as const;
const AttributeType = { FLOAT: 1, INT: 2, STRING: 3, INTS: 7 } as const;
const TensorProto = { dims: 1, data_type: 2, name: 8, raw_data: 9, external_data: 13, data_location: 14 } as const;
const StringStringEntryProto = { key: 1, value: 2 } as const;
const ValueInfoProto = { name: 1, type: 2 } as const;
const TypeProto = { tensor_type: 1 } as const;
const TypeProtoTensor = { elem_type: 1, shape: 2 } as const;
const TensorShapeProto = { dim: 1 } as const;
const Dimension = { dim_value: 1, dim_param: 2 } as const;
const DataType = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const satisfies Record<ElementType, number>;
const EXTERNAL = 1;

const IR_VERSION = 10;
const OPSETS = { '': 21, 'com.microsoft': 1 } as const;

/** Where an initializer's bytes are: in a file beside the model, or in the model itself. */
export type Placement = { location: string; offset: number; bytes: number } | { inline: Uint8Array };

export function encodeModel(graph: Graph, placements: ReadonlyMap<string, Placement>): Uint8Array {
  const model = new ProtoWriter().int(ModelProto.ir_version, IR_VERSION).string(ModelProto.producer_name, 'onelens');
  for (const [domain, version] of Object.entries(OPSETS)) {
    model.message(ModelProto.opset_import, (w) =>
      w.string(OperatorSetIdProto.domain, domain).int(OperatorSetIdProto.version, version),
    );
  }
  return model.message(ModelProto.graph, (w) => writeGraph(w, graph, placements)).finish();
}

function writeGraph(w: ProtoWriter, graph: Graph, placements: ReadonlyMap<string, Placement>): void {
  for (const node of graph.nodes) w.message(GraphProto.node, (n) => writeNode(n, node));
  w.string(GraphProto.name, graph.name);
  for (const i of graph.initializers) {
    const placement = placements.get(i.name);
    if (!placement) throw new Error(`initializer ${i.name} of ${graph.name} was not placed`);
    w.message(GraphProto.initializer, (t) => writeTensor(t, i, placement));
  }
  for (const v of graph.inputs) w.message(GraphProto.input, (i) => writeValueInfo(i, v));
  for (const v of graph.outputs) w.message(GraphProto.output, (o) => writeValueInfo(o, v));
}

function writeNode(w: ProtoWriter, node: Node): void {
  for (const name of node.inputs) w.string(NodeProto.input, name);
  for (const name of node.outputs) w.string(NodeProto.output, name);
  w.string(NodeProto.name, node.name).string(NodeProto.op_type, node.opType);
  for (const [name, value] of Object.entries(node.attributes)) {
    w.message(NodeProto.attribute, (a) => writeAttribute(a, name, value));
  }
  w.string(NodeProto.domain, node.domain);
}

function writeAttribute(w: ProtoWriter, name: string, value: Attribute): void {
  w.string(AttributeProto.name, name);
  if ('int' in value) w.int(AttributeProto.i, value.int).int(AttributeProto.type, AttributeType.INT);
  else if ('float' in value) w.float(AttributeProto.f, value.float).int(AttributeProto.type, AttributeType.FLOAT);
  else if ('string' in value) w.string(AttributeProto.s, value.string).int(AttributeProto.type, AttributeType.STRING);
  else {
    for (const n of value.ints) w.int(AttributeProto.ints, n);
    w.int(AttributeProto.type, AttributeType.INTS);
  }
}

function writeTensor(w: ProtoWriter, tensor: Initializer, placement: Placement): void {
  for (const d of tensor.dims) w.int(TensorProto.dims, d);
  w.int(TensorProto.data_type, DataType[tensor.type]).string(TensorProto.name, tensor.name);
  if ('inline' in placement) {
    w.bytes(TensorProto.raw_data, placement.inline);
    return;
  }
  const entries = { location: placement.location, offset: String(placement.offset), length: String(placement.bytes) };
  for (const [key, value] of Object.entries(entries)) {
    w.message(TensorProto.external_data, (e) =>
      e.string(StringStringEntryProto.key, key).string(StringStringEntryProto.value, value),
    );
  }
  w.int(TensorProto.data_location, EXTERNAL);
}

function writeValueInfo(w: ProtoWriter, value: ValueInfo): void {
  w.string(ValueInfoProto.name, value.name);
  w.message(ValueInfoProto.type, (type) =>
    type.message(TypeProto.tensor_type, (tensor) => {
      tensor.int(TypeProtoTensor.elem_type, DataType[value.type]);
      tensor.message(TypeProtoTensor.shape, (shape) => {
        for (const d of value.dims) shape.message(TensorShapeProto.dim, (dim) => writeDimension(dim, d));
      });
    }),
  );
}

function writeDimension(w: ProtoWriter, dim: number | string): void {
  if (typeof dim === 'number') w.int(Dimension.dim_value, dim);
  else w.string(Dimension.dim_param, dim);
}
