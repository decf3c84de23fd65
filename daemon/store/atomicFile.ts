import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errors } from '../common/errors';

/** Makes `folder`, readable by its owner only. Throws STORE_UNWRITABLE. */
export async function makeFolder(folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw errors.storeUnwritable(folder, error.code ?? 'unknown reason');
  });
}

/** Writes so that a reader sees the old content or the new, never half of it. Mode 0600. Throws STORE_UNWRITABLE. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  await makeFolder(path.dirname(file));
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}${TEMPORARY}`;
  try {
    await fs.writeFile(temporary, content, { mode: 0o600, flush: true });
    await fs.rename(temporary, file);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw errors.storeUnwritable(path.dirname(file), (error as NodeJS.ErrnoException).code ?? 'unknown reason');
  }
}

/** How the name of a file that is being written ends. */
export const TEMPORARY = '.tmp';
