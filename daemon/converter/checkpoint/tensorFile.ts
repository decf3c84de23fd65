import * as fs from 'node:fs';
import { errors } from '../../common/errors';
import type { FloatDtype } from './dtype';
import { openSafetensorsFile } from './safetensors';
import type { Checkpoint, StoredTensor, TensorFile, TensorInfo } from './tensorSource';
import { openTorchFile } from './torchFile';

const FLOATS: ReadonlySet<string> = new Set<FloatDtype>(['F16', 'BF16', 'F32']);
const PREFIX = 'llma.';
/** Opens one file, told apart by its first bytes. Throws BAD_CHECKPOINT, CHECKPOINT_PICKLE, FILE_MISSING. */
export function openTensorFile(path: string): Checkpoint {
  const file = OPENERS[kindOf(path)](path);
  try {
    return asCheckpoint(file, path);
  } catch (error) {
    file.close();
    throw error;
  }
}

const OPENERS = { zip: openTorchFile, safetensors: openSafetensorsFile } as const;

function kindOf(path: string): keyof typeof OPENERS {
  const head = firstBytes(path, 9);
  if (head.length === 0)
    throw errors.badCheckpoint(`The checkpoint ${JSON.stringify(path)} is empty.`, 'Fetch it again.');
  if (head[8] === 0x7b) return 'safetensors'; // "{" after the length of the header
  if (startsWith(head, [0x50, 0x4b])) return 'zip'; // "PK"
  if (startsWith(head, [0x80, 0x02, 0x8a])) {
    throw errors.badCheckpoint(
      `The checkpoint ${JSON.stringify(path)} has the format of PyTorch before 1.6.`,
      'Load and save it with a newer PyTorch, or save it as safetensors.',
    );
  }
  throw errors.badCheckpoint(
    `${JSON.stringify(path)} is neither a PyTorch zip (.pth) nor safetensors.`,
    'Name a checkpoint, or fetch it again.',
  );
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((b, i) => bytes[i] === b);

function firstBytes(path: string, count: number): Uint8Array {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (!stat) throw errors.fileMissing(path);
  if (!stat.isFile()) throw errors.fileUnreadable(path, 'it is not a regular file');
  try {
    const fd = fs.openSync(path, 'r');
    const head = new Uint8Array(count);
    const got = fs.readSync(fd, head, 0, count, 0);
    fs.closeSync(fd);
    return head.subarray(0, got);
  } catch (error) {
    throw errors.fileUnreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown reason');
  }
}

/** The file with OneLLM's prefix taken off its names. */
function asCheckpoint(file: TensorFile, path: string): Checkpoint {
  const stored = new Map<string, StoredTensor>();
  for (const [name, tensor] of file.tensors) {
    const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
    if (stored.has(bare)) {
      throw errors.badCheckpoint(
        `${JSON.stringify(path)} has the tensor ${JSON.stringify(bare)} with and without ${PREFIX}`,
      );
    }
    if (!FLOATS.has(tensor.dtype)) {
      throw errors.badCheckpoint(
        `The tensor ${JSON.stringify(bare)} is of type ${tensor.dtype}; OneLLM's are half, bfloat16 or float32.`,
      );
    }
    stored.set(bare, tensor);
  }
  const get = (name: string): StoredTensor => {
    const tensor = stored.get(name);
    if (!tensor) throw errors.missingKey(name);
    return tensor;
  };
  return {
    names: () => [...stored.keys()],
    info: (name): TensorInfo => ({ name, dtype: get(name).dtype as FloatDtype, shape: get(name).shape }),
    read: (name) => get(name).read(),
    close: () => file.close(),
  };
}
