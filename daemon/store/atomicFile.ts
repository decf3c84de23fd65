import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errors } from '../common/errors';
import { makeFolders } from '../common/makeFolders';

/** Makes `folder`, readable by its owner only. Throws STORE_UNWRITABLE. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    makeFolders(folder, 0o700);
  } catch (error) {
    throw errors.storeUnwritable(folder, (error as NodeJS.ErrnoException).code ?? 'unknown reason');
  }
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
