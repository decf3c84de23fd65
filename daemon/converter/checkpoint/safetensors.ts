import { errors } from '../../common/errors';
import { openSafetensors, type SafetensorsEntry, type SafetensorsFile } from '../../common/safetensors';
import { type FloatDtype, ITEM_BYTES, readAsFloat32 } from './dtype';
import type { TensorFile } from './tensorSource';

/** A safetensors file as a source of tensors. Throws BAD_CHECKPOINT for a damaged one. */
export function openSafetensorsFile(path: string): TensorFile {
  const file = openSafetensors(path, (detail) =>
    errors.badCheckpoint(`The checkpoint ${JSON.stringify(path)} is damaged: ${detail}.`, 'Fetch or save it again.'),
  );
  const tensors = new Map(
    [...file.entries].map(([name, entry]) => [
      name,
      { dtype: entry.dtype, shape: entry.shape, read: () => readEntry(file, name, entry) },
    ]),
  );
  return { tensors, close: () => file.close() };
}

function readEntry(file: SafetensorsFile, name: string, entry: SafetensorsEntry): Float32Array {
  const dtype = entry.dtype as FloatDtype;
  return readAsFloat32(dtype, entry.bytes / ITEM_BYTES[dtype], (into, from) => file.readBytes(name, into, from));
}
