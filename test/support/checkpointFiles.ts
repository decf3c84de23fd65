/** Writes checkpoint files for tests, right and wrong ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'onelens-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeTemporary(name: string, bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  return file;
}

export interface F32Tensor {
  shape: number[];
  values: ArrayLike<number>;
}

/** A right safetensors file of F32 tensors. */
export function safetensorsBytes(tensors: Readonly<Record<string, F32Tensor>>): Uint8Array {
  const header: Record<string, unknown> = {};
  const data: Buffer[] = [];
  let at = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const bytes = Buffer.from(Float32Array.from(values).buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    data.push(bytes);
  }
  return safetensorsOf(header, Buffer.concat(data));
}

/** Any header before any data. */
export function safetensorsOf(header: unknown, data: Uint8Array): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

export interface ZipPart {
  name: string;
  bytes: Uint8Array;
  /** Lies to tell in the directory. */
  directory?: { method?: number; flags?: number; bytes?: number; packed?: number; header?: number };
}

/** A stored zip. Checksums are 0: PyTorch's reader does not look at them, nor does ours. `zip64`: with zip64 records. */
export function zipBytes(parts: readonly ZipPart[], zip64 = false): Buffer {
  const chunks: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, directory: lie = {} } of parts) {
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const extra = Buffer.alloc(zip64 ? 28 : 0);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(lie.flags ?? 0, 8);
    entry.writeUInt16LE(lie.method ?? 0, 10);
    const sizes = [lie.packed ?? bytes.length, lie.bytes ?? bytes.length, lie.header ?? at] as const;
    entry.writeUInt32LE(zip64 ? 0xffffffff : sizes[0], 20);
    entry.writeUInt32LE(zip64 ? 0xffffffff : sizes[1], 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(zip64 ? 0xffffffff : sizes[2], 42);
    entry.write(name, 46);
    if (zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(sizes[1]), 4);
      extra.writeBigUInt64LE(BigInt(sizes[0]), 12);
      extra.writeBigUInt64LE(BigInt(sizes[2]), 20);
    }
    chunks.push(local, Buffer.from(bytes));
    central.push(entry, extra);
    at += local.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...chunks, directory, ...endRecords(parts.length, directory.length, at, zip64)]);
}

function endRecords(entries: number, bytes: number, offset: number, zip64: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 8);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : bytes, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  if (!zip64) return [end];
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(bytes), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  return [end64, locator, end];
}

/** Opcodes by hand: numbers are bytes, strings are ASCII. */
export function pickleOf(...parts: Array<number | string | Buffer>): Buffer {
  return Buffer.concat(parts.map((p) => (typeof p === 'number' ? Buffer.of(p) : Buffer.from(p as string))));
}

/** BINUNICODE */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const head = Buffer.alloc(5, 'X');
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** LONG1 of 8 bytes */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes[0] = 0x8a;
  bytes[1] = 8;
  bytes.writeBigInt64LE(BigInt(value), 2);
  return bytes;
}

export interface TorchTensor {
  shape: number[];
  stride?: number[];
  offset?: number;
  /** "FloatStorage" */
  storage?: string;
  key: string;
  /** Elements of the storage. */
  elements: number;
}

const tuple = (items: readonly Buffer[]) => pickleOf('(', ...items, 't');

/** The pickled dict that torch.save would write for these tensors. */
export function torchPickle(tensors: Readonly<Record<string, TorchTensor>>): Buffer {
  const items = Object.entries(tensors).flatMap(([name, t]) => [text(name), tensorPickle(t)]);
  return pickleOf(0x80, 2, '}(', ...items, 'u.');
}

function tensorPickle(t: TorchTensor): Buffer {
  const stride = t.stride ?? t.shape.map((_, i) => t.shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const id = tuple([
    text('storage'),
    pickleOf(`ctorch\n${t.storage ?? 'FloatStorage'}\n`),
    text(t.key),
    text('cpu'),
    int(t.elements),
  ]);
  const args = [
    pickleOf(id, 'Q'),
    int(t.offset ?? 0),
    tuple(t.shape.map(int)),
    tuple(stride.map(int)),
    pickleOf(0x89),
    pickleOf('ccollections\nOrderedDict\n)R'),
  ];
  return pickleOf('ctorch._utils\n_rebuild_tensor_v2\n', tuple(args), 'R');
}

/** A `.pth` with this pickle and these storages. */
export function torchZip(pickle: Uint8Array, storages: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  return zipBytes([
    { name: 'archive/data.pkl', bytes: pickle },
    ...Object.entries(storages).map(([key, bytes]) => ({ name: `archive/data/${key}`, bytes })),
  ]);
}

export const floats = (...values: number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);

/** The thrown error's code and text in one line. */
export function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code}: ${message}`;
  }
  return 'nothing thrown';
}

/** Bit for bit; `toEqual` takes seconds for a whole checkpoint. */
export const sameNumbers = (a: Float32Array, b: Float32Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
