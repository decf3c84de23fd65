/**
 * Media embeddings on disk, so that a second question about a file encodes nothing, even after a restart.
 *
 * One file an entry, named by the SHA-256 of its key. Layout: 32 bytes SHA-256 of the rest, u32 length of the JSON head,
 * the head padded with spaces to a multiple of 4, then the embeddings as little-endian float32. Reading touches the
 * file's time, and the entries not read for longest go first when the folder grows beyond its limit.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { isModality, type Modality } from '../common/modality';
import type { ModelInput } from '../common/modelInput';
import { TEMPORARY, writeAtomically } from './atomicFile';

/** Embeddings after the projection, [tokens * D]. */
export interface CachedEmbeddings {
  modality: Modality;
  embeddings: Float32Array;
  tokens: number;
  warnings: string[];
  input?: ModelInput;
}

/** What an entry belongs to: the file's content and everything that decides what it encodes to. */
export function embeddingKey(content: Uint8Array, encoderFingerprint: string): string {
  return `${createHash('sha256').update(content).digest('hex')} ${encoderFingerprint}`;
}

const HASH_BYTES = 32;
const SUFFIX = '.embedding';
const DEFAULT_LIMIT_BYTES = 256 << 20;
/** A temporary file older than this was left by a process that died. */
const ABANDONED_MS = 3_600_000;

/** Never throws: a cache that cannot be read or written is a miss. */
export class EmbeddingCache {
  /** `folder`: the store's cache; it is made when needed. */
  constructor(
    private readonly folder: string,
    private readonly limitBytes = DEFAULT_LIMIT_BYTES,
  ) {}

  /** Undefined where there is none, or a damaged one, which is removed. */
  async get(key: string): Promise<CachedEmbeddings | undefined> {
    const file = this.fileOf(key);
    const bytes = await fs.readFile(file).catch(() => undefined);
    if (!bytes) return undefined;
    const found = decode(bytes, key);
    if (!found) {
      await fs.rm(file, { force: true }).catch(() => {});
      return undefined;
    }
    const now = new Date();
    await fs.utimes(file, now, now).catch(() => {});
    return found;
  }

  async put(key: string, value: CachedEmbeddings): Promise<void> {
    const bytes = encode(key, value);
    if (bytes.length > this.limitBytes) return;
    try {
      await writeAtomically(this.fileOf(key), bytes);
      await this.trim();
    } catch {
      // see the class comment
    }
  }

  async clear(): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true }).catch(() => {});
  }

  private fileOf(key: string): string {
    return path.join(this.folder, createHash('sha256').update(key).digest('hex') + SUFFIX);
  }

  private async trim(): Promise<void> {
    const files: Array<{ file: string; bytes: number; usedMs: number }> = [];
    for (const name of await fs.readdir(this.folder)) {
      const file = path.join(this.folder, name);
      const stat = await fs.stat(file).catch(() => undefined);
      if (!stat) continue;
      if (name.endsWith(SUFFIX)) files.push({ file, bytes: stat.size, usedMs: stat.mtimeMs });
      else if (name.endsWith(TEMPORARY) && Date.now() - stat.mtimeMs > ABANDONED_MS) await fs.rm(file, { force: true });
    }
    let total = files.reduce((sum, f) => sum + f.bytes, 0);
    for (const { file, bytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= this.limitBytes) return;
      await fs.rm(file, { force: true });
      total -= bytes;
    }
  }
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function encode(key: string, { embeddings, modality, tokens, warnings, input }: CachedEmbeddings): Uint8Array {
  const json = JSON.stringify({ key, modality, tokens, warnings, input: input ?? null });
  const head = Buffer.from(json + ' '.repeat((4 - (Buffer.byteLength(json) % 4)) % 4));
  const data = Buffer.from(embeddings.buffer, embeddings.byteOffset, embeddings.byteLength);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = Buffer.concat([length, head, data]);
  return Buffer.concat([sha256(body), body]);
}

/** Undefined for anything but what `encode` wrote for this key. */
function decode(bytes: Buffer, key: string): CachedEmbeddings | undefined {
  const body = bytes.subarray(HASH_BYTES);
  if (body.length < 4 || !sha256(body).equals(bytes.subarray(0, HASH_BYTES))) return undefined;
  const dataStart = 4 + body.readUInt32LE(0);
  const head = parseHead(body.subarray(4, dataStart));
  const data = body.subarray(dataStart);
  if (!head || head.key !== key || data.length % 4 !== 0) return undefined;
  const embeddings = new Float32Array(data.length / 4);
  new Uint8Array(embeddings.buffer).set(data);
  const { modality, tokens, warnings, input } = head;
  return { modality, tokens, warnings, embeddings, ...(input ? { input } : {}) };
}

type Head = Omit<CachedEmbeddings, 'embeddings'> & { key: string };

function parseHead(json: Buffer): Head | undefined {
  try {
    const { key, modality, tokens, warnings, input } = JSON.parse(json.toString()) as Record<string, unknown>;
    if (typeof key !== 'string' || !isModality(modality)) return undefined;
    if (typeof tokens !== 'number' || !Array.isArray(warnings)) return undefined;
    // an entry of before inputs were kept is made anew, so that what the model saw can be told
    if (input === undefined) return undefined;
    return { key, modality, tokens, warnings: warnings.map(String), ...(input ? { input: input as ModelInput } : {}) };
  } catch {
    return undefined;
  }
}
