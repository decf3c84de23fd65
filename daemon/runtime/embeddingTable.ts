import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { errors } from '../common/errors';
import { EMBEDDINGS_F16, EMBEDDINGS_F32 } from '../common/packLayout';

/** Rows of tok_embeddings [V, D] in a pack, read one by one: a large vocabulary stays on disk. */
export class EmbeddingTable {
  private readonly fd: number;
  private readonly half: boolean;

  constructor(
    pack: string,
    private readonly vocabSize: number,
    private readonly dim: number,
  ) {
    this.half = !existsSync(join(pack, EMBEDDINGS_F32));
    this.fd = openSync(join(pack, this.half ? EMBEDDINGS_F16 : EMBEDDINGS_F32), 'r');
  }

  /** ids -> [ids.length * D]. Throws MODEL_FAILED for an id outside the vocabulary. */
  rows(ids: ArrayLike<number>): Float32Array {
    const out = new Float32Array(ids.length * this.dim);
    for (let i = 0; i < ids.length; i++) this.readRow(ids[i]!, out.subarray(i * this.dim, (i + 1) * this.dim));
    return out;
  }

  close(): void {
    closeSync(this.fd);
  }

  private readRow(id: number, into: Float32Array): void {
    if (!Number.isInteger(id) || id < 0 || id >= this.vocabSize) {
      throw errors.modelFailed(`token ${id} is outside its vocabulary of ${this.vocabSize}`);
    }
    if (this.half) this.readHalves(into, id);
    else this.readBytes(new Uint8Array(into.buffer, into.byteOffset, into.byteLength), id);
  }

  private readHalves(into: Float32Array, row: number): void {
    const bits = new Uint16Array(this.dim);
    this.readBytes(new Uint8Array(bits.buffer), row);
    for (let i = 0; i < this.dim; i++) into[i] = halfToNumber(bits[i]!);
  }

  private readBytes(into: Uint8Array, row: number): void {
    const got = readSync(this.fd, into, 0, into.length, row * into.length);
    if (got !== into.length) throw errors.modelFailed(`its embeddings end before row ${row}`);
  }
}

/** IEEE 754 binary16 bits to the number. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
