import { errors } from '../../common/errors';

/** Numbers of a tensor in the zip: `data/KEY`. */
export interface StorageRef {
  key: string;
  /** "F16", "BF16", "F32", or PyTorch's name of a type that is not read. */
  dtype: string;
  itemBytes: number;
  elements: number;
}

/** A tensor as torch pickles it; offset and strides in elements. */
export interface TensorRef {
  storage: StorageRef;
  offset: number;
  shape: number[];
  stride: number[];
}

/** Only this file makes tensors, so a dict in a pickle cannot pass for one. */
class Tensor implements TensorRef {
  constructor(
    readonly storage: StorageRef,
    readonly offset: number,
    readonly shape: number[],
    readonly stride: number[],
  ) {}
}

export function isTensorRef(value: unknown): value is TensorRef {
  return value instanceof Tensor;
}

/** `torch.HalfStorage` and its like. */
export class StorageType {
  constructor(
    readonly dtype: string,
    readonly itemBytes: number,
  ) {}
}

/** `torch.float16` and its like, which torch names beside an untyped storage. */
class ElementType extends StorageType {}

/** What a name of the pickle stands for: arguments in, plain data out. */
export type Callable = (args: unknown[]) => unknown;

const MAX_RANK = 16;

/**
 * Every name that a pickle may use. The storages that OneLLM does not have are here so that the error can name the
 * tensor and its type.
 */
const GLOBALS: ReadonlyMap<string, Callable | StorageType> = new Map<string, Callable | StorageType>([
  ['collections.OrderedDict', orderedDict],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor_v3', rebuildUntypedTensor],
  ['torch._utils._rebuild_parameter', rebuildParameter],
  ['torch.HalfStorage', new StorageType('F16', 2)],
  ['torch.BFloat16Storage', new StorageType('BF16', 2)],
  ['torch.FloatStorage', new StorageType('F32', 4)],
  ['torch.storage.UntypedStorage', new StorageType('untyped', 1)],
  ['torch.UntypedStorage', new StorageType('untyped', 1)],
  ['torch.float16', new ElementType('F16', 2)],
  ['torch.bfloat16', new ElementType('BF16', 2)],
  ['torch.float32', new ElementType('F32', 4)],
  ['torch.DoubleStorage', new StorageType('float64', 8)],
  ['torch.LongStorage', new StorageType('int64', 8)],
  ['torch.IntStorage', new StorageType('int32', 4)],
  ['torch.ShortStorage', new StorageType('int16', 2)],
  ['torch.CharStorage', new StorageType('int8', 1)],
  ['torch.ByteStorage', new StorageType('uint8', 1)],
  ['torch.BoolStorage', new StorageType('bool', 1)],
]);

/** Throws CHECKPOINT_PICKLE, naming it, for anything that does not belong to a tensor. */
export function globalNamed(module: string, name: string): Callable | StorageType {
  const known = GLOBALS.get(`${module}.${name}`);
  if (!known) throw errors.forbiddenPickle(`${module}.${name}`);
  return known;
}

const damaged = (detail: string) =>
  errors.badCheckpoint(`The checkpoint's pickle is damaged: ${detail}.`, 'Fetch or save the checkpoint again.');

/** OrderedDict() or OrderedDict([(key, value), ...]). */
function orderedDict([pairs = []]: unknown[]): Map<unknown, unknown> {
  if (!Array.isArray(pairs) || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    throw damaged('an OrderedDict is made of what are not pairs');
  }
  return new Map(pairs as Array<[unknown, unknown]>);
}

/** (storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata=None) */
function rebuildTensor([storage, offset, shape, stride]: unknown[]): Tensor {
  if (!isStorage(storage)) throw damaged('a tensor has no storage');
  if (!isCount(offset) || !isCounts(shape) || !isCounts(stride)) throw damaged('a tensor has no valid shape');
  if (shape.length !== stride.length || shape.length > MAX_RANK) throw damaged('a tensor has no valid strides');
  return new Tensor(storage, offset, shape, stride);
}

/** (storage, storage_offset, size, stride, requires_grad, backward_hooks, dtype, metadata=None): bytes and their type. */
function rebuildUntypedTensor(args: unknown[]): Tensor {
  const [storage, , , , , , type] = args;
  if (!isStorage(storage) || !(type instanceof ElementType)) throw damaged('a tensor has no type');
  const typed = {
    ...storage,
    dtype: type.dtype,
    itemBytes: type.itemBytes,
    elements: Math.floor((storage.elements * storage.itemBytes) / type.itemBytes),
  };
  return rebuildTensor([typed, ...args.slice(1)]);
}

/** (data, requires_grad, backward_hooks): the tensor. */
function rebuildParameter([data]: unknown[]): Tensor {
  if (!(data instanceof Tensor)) throw damaged('a parameter is not a tensor');
  return data;
}

function isStorage(value: unknown): value is StorageRef {
  return typeof value === 'object' && value !== null && 'itemBytes' in value && 'key' in value;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);
