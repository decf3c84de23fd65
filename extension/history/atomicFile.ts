import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';

/** Ends the names of files that were being written when everything ended. */
export const UNFINISHED = '.unfinished';

/** The file is the old one or the new one, never half of it, even where the machine fails in between. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString('hex')}${UNFINISHED}`;
  try {
    const file = await fs.open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await fs.rename(unfinished, path);
  } catch (error) {
    await fs.rm(unfinished, { force: true });
    throw error;
  }
}
