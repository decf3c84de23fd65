import { errors } from '../../common/errors';
import { type FloatDtype, ITEM_BYTES, readAsFloat32 } from './dtype';
import { isTensorRef, type TensorRef, unpickleTensors } from './pickle';
import type { StoredTensor, TensorFile } from './tensorSource';
import { StoredZip, type ZipEntry } from './zip';

/** Some programs save {"model": state dict, "optimizer": ...}. */
const WRAPPERS = ['model', 'state_dict', 'module'];
const MAX_PICKLE_BYTES = 256 << 20;

/**
 * A file of `torch.save` (PyTorch 1.6 and later): a zip with `NAME/data.pkl`, the pickled state dict, and one entry
 * `NAME/data/KEY` a storage. Throws BAD_CHECKPOINT, CHECKPOINT_PICKLE.
 */
export function openTorchFile(path: string): TensorFile {
  const zip = StoredZip.open(path);
  try {
    const root = rootOf(zip, path);
    const state = stateDict(unpickleTensors(zip.readAll(root + 'data.pkl', MAX_PICKLE_BYTES)), path);
    const tensors = new Map([...state].map(([name, ref]) => [name, storedTensor(zip, root, name, ref)]));
    return { tensors, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** "NAME/" in front of data.pkl; also refuses a big-endian file. */
function rootOf(zip: StoredZip, path: string): string {
  const roots = zip.names().filter((name) => name === 'data.pkl' || /^[^/]+\/data\.pkl$/.test(name));
  if (roots.length !== 1) {
    throw errors.badCheckpoint(`${JSON.stringify(path)} is a zip, but not one of PyTorch (no single data.pkl).`);
  }
  const root = (roots[0] as string).slice(0, -'data.pkl'.length);
  if (zip.has(root + 'byteorder')) {
    const order = new TextDecoder().decode(zip.readAll(root + 'byteorder', 16));
    if (order !== 'little') {
      throw errors.badCheckpoint(
        `${JSON.stringify(path)} has the byte order ${JSON.stringify(order)}; only "little" is read.`,
        'Save it again on a little-endian machine.',
      );
    }
  }
  return root;
}

function stateDict(value: unknown, path: string): Map<string, TensorRef> {
  let dict = value;
  for (const wrapper of WRAPPERS) {
    if (dict instanceof Map && dict.get(wrapper) instanceof Map) dict = dict.get(wrapper);
  }
  if (!(dict instanceof Map)) throw errors.badCheckpoint(`${JSON.stringify(path)} does not hold a dict of tensors.`);
  for (const [name, tensor] of dict) {
    if (typeof name !== 'string' || !isTensorRef(tensor)) {
      throw errors.badCheckpoint(`${JSON.stringify(path)}: the entry ${JSON.stringify(String(name))} is not a tensor.`);
    }
  }
  return dict as Map<string, TensorRef>;
}

function storedTensor(zip: StoredZip, root: string, name: string, ref: TensorRef): StoredTensor {
  const { storage, shape } = ref;
  const entry = zip.entry(`${root}data/${storage.key}`);
  checkBounds(name, ref, entry);
  return {
    dtype: storage.dtype,
    shape,
    read: () => {
      const dtype = storage.dtype as FloatDtype;
      const item = ITEM_BYTES[dtype];
      const readSpan = (first: number, count: number) =>
        readAsFloat32(dtype, count, (into, from) => zip.read(entry, into, first * item + from));
      return isContiguous(ref) ? readSpan(ref.offset, elements(shape)) : gather(ref, readSpan);
    },
  };
}

const elements = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Elements between the first and the last one of a tensor, both included. */
const spanOf = ({ shape, stride }: TensorRef): number =>
  elements(shape) === 0 ? 0 : shape.reduce((sum, n, i) => sum + (n - 1) * (stride[i] as number), 1);

function checkBounds(name: string, ref: TensorRef, entry: ZipEntry): void {
  const { storage, offset, shape } = ref;
  const label = JSON.stringify(name);
  if (entry.bytes < storage.elements * storage.itemBytes) {
    throw damaged(label, `its storage has ${entry.bytes} bytes, ${storage.elements * storage.itemBytes} are declared`);
  }
  if (!(offset + spanOf(ref) <= storage.elements)) {
    throw damaged(label, `it reaches element ${offset + spanOf(ref)} of a storage of ${storage.elements}`);
  }
  if (!(elements(shape) <= storage.elements)) {
    throw damaged(label, `its shape [${shape.join(', ')}] is larger than its storage of ${storage.elements} elements`);
  }
}

const damaged = (label: string, detail: string) =>
  errors.badCheckpoint(`The tensor ${label} is damaged: ${detail}.`, 'Fetch or save the checkpoint again.');

function isContiguous({ shape, stride }: TensorRef): boolean {
  let expected = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && stride[i] !== expected) return false;
    expected *= shape[i] as number;
  }
  return true;
}

/** A transposed or sliced view, written out row-major. */
function gather(ref: TensorRef, readSpan: (first: number, count: number) => Float32Array): Float32Array {
  const { shape, stride } = ref;
  const source = readSpan(ref.offset, spanOf(ref));
  const values = new Float32Array(elements(shape));
  const index = shape.map(() => 0);
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = source[at] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += stride[axis] as number;
      if (++(index[axis] as number) < (shape[axis] as number)) break;
      at -= (shape[axis] as number) * (stride[axis] as number);
      index[axis] = 0;
    }
  }
  return values;
}
