import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errors } from '../common/errors';

/**
 * Gives `use` the bytes as a file that only this user can read, in a folder of its own (0700) under the system's
 * temporary folder; both are gone afterwards, whatever happens. Throws NOT_WRITABLE, and what `use` throws.
 */
export async function withPrivateFile<T>(
  bytes: Uint8Array,
  use: (file: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await makeFolder();
  try {
    const file = join(folder, 'input');
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' }).catch((error: Error) => {
      throw errors.notWritable(folder, error.message);
    });
    return await use(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'onelens-'));
  } catch (error) {
    throw errors.notWritable(tmpdir(), error instanceof Error ? error.message : String(error));
  }
}
