import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errors } from '../common/errors';
import { MANIFEST_FILE, type PackFile, type PackManifest, parseManifest } from '../common/packManifest';

/** Reads and checks `manifest.json` of a pack. Throws MODEL_MISSING, MODEL_DAMAGED. */
export async function readManifest(pack: string): Promise<PackManifest> {
  let text: string;
  try {
    text = await readFile(join(pack, MANIFEST_FILE), 'utf8');
  } catch (error) {
    if (!existsSync(pack)) throw errors.modelMissing(basename(pack), dirname(pack));
    throw errors.modelDamaged(pack, `${MANIFEST_FILE} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw errors.modelDamaged(pack, `${MANIFEST_FILE} is not JSON`);
  }
  return parseManifest(value, pack);
}

/**
 * Checks that every file of the manifest is there with its size and, with `hash`, its SHA-256 (the store does that
 * once for an installed pack). Throws MODEL_DAMAGED naming the file.
 */
export async function checkPackFiles(pack: string, manifest: PackManifest, hash = false): Promise<void> {
  for (const file of manifest.files) {
    const found = await stat(join(pack, file.path)).catch(() => undefined);
    if (!found?.isFile()) throw errors.modelDamaged(pack, `${file.path} is missing`);
    if (found.size !== file.bytes) {
      throw errors.modelDamaged(pack, `${file.path} has ${found.size} bytes; the manifest says ${file.bytes}`);
    }
    if (hash) await checkHash(pack, file);
  }
}

async function checkHash(pack: string, file: PackFile): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(pack, file.path), { highWaterMark: 1 << 20 })) hash.update(chunk);
  if (hash.digest('hex') !== file.sha256) {
    throw errors.modelDamaged(pack, `${file.path} is not what the manifest describes (its SHA-256 differs)`);
  }
}
