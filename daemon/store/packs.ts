import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errors } from '../common/errors';
import { MANIFEST_FILE, type PackFile, type PackManifest, parseManifest } from '../common/packManifest';
import { VerifiedStamps } from './verifiedStamps';

/** A model pack whose files are all there and whole. */
export interface Pack {
  folder: string;
  manifest: PackManifest;
  /** All its files. */
  bytes: number;
}

export interface OpenPackOptions {
  /** Where it is remembered that files were verified; without it every open reads every file. */
  verifiedFolder?: string;
  signal?: AbortSignal;
  /** Bytes hashed so far, of all that must be. */
  onProgress?: (done: number, total: number) => void;
}

/** A manifest of a model with many shards has some kilobytes. */
const MAX_MANIFEST_BYTES = 16 << 20;

/** Reads and checks manifest.json alone. Throws MODEL_MISSING, MODEL_DAMAGED. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const pack = path.basename(folder);
  const file = path.join(folder, MANIFEST_FILE);
  const stat = await fs.stat(file).catch(() => undefined);
  if (!stat?.isFile()) {
    if (await fs.stat(folder).catch(() => undefined)) throw errors.modelDamaged(pack, 'manifest.json is missing');
    throw errors.modelMissing(pack, path.dirname(folder));
  }
  if (stat.size > MAX_MANIFEST_BYTES) throw errors.modelDamaged(pack, 'manifest.json is too large');
  let value: unknown;
  try {
    value = JSON.parse(await fs.readFile(file, 'utf8'));
  } catch {
    throw errors.modelDamaged(pack, 'manifest.json is not JSON');
  }
  return parseManifest(value, pack);
}

/**
 * Opens the pack in `folder`: every file of its manifest is there, has the stated size and, unless that was verified
 * before and the file has not changed since, the stated SHA-256.
 *
 * Throws MODEL_MISSING, MODEL_DAMAGED (names the file), CANCELLED.
 */
export async function openPack(folder: string, options: OpenPackOptions = {}): Promise<Pack> {
  const manifest = await readManifest(folder);
  const stamps = await VerifiedStamps.load(options.verifiedFolder, folder);
  const unverified: PackFile[] = [];
  for (const file of manifest.files) {
    const stat = await statOf(folder, manifest.id, file);
    if (!stamps.has(file, stat)) unverified.push(file);
  }
  await verify(folder, manifest.id, unverified, options, stamps);
  return { folder, manifest, bytes: manifest.files.reduce((sum, f) => sum + f.bytes, 0) };
}

async function statOf(folder: string, pack: string, file: PackFile) {
  const stat = await fs.stat(path.join(folder, file.path)).catch(() => undefined);
  if (!stat?.isFile()) throw errors.modelDamaged(pack, `${file.path} is missing`);
  if (stat.size !== file.bytes) {
    throw errors.modelDamaged(pack, `${file.path} has ${stat.size} bytes, its manifest says ${file.bytes}`);
  }
  return stat;
}

async function verify(
  folder: string,
  pack: string,
  files: readonly PackFile[],
  { signal, onProgress }: OpenPackOptions,
  stamps: VerifiedStamps,
): Promise<void> {
  const total = files.reduce((sum, f) => sum + f.bytes, 0);
  let done = 0;
  for (const file of files) {
    const stat = await statOf(folder, pack, file);
    const sha256 = await hashFile(path.join(folder, file.path), signal, (bytes) => {
      done += bytes;
      onProgress?.(done, total);
    }).catch((error: NodeJS.ErrnoException) => {
      if (signal?.aborted) throw errors.cancelled();
      throw errors.modelDamaged(pack, `${file.path} cannot be read (${error.code ?? error.message})`);
    });
    if (sha256 !== file.sha256) throw errors.modelDamaged(pack, `${file.path} is not what its manifest's SHA-256 says`);
    stamps.add(file, stat);
  }
  if (files.length > 0) await stamps.save();
}

/** SHA-256 in lower-case hexadecimal; reads in pieces. */
async function hashFile(file: string, signal: AbortSignal | undefined, onBytes: (n: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Buffer);
    onBytes((chunk as Buffer).length);
  }
  return hash.digest('hex');
}
