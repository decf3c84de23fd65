import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The absolute path of a program that may be run: `named` where it is an absolute path, else `program` in the folders of
 * `path` (PATH). Relative folders of the PATH are left out, so that nothing is run out of a workspace.
 */
export async function findProgram(
  program: string,
  path: string | undefined,
  named?: string,
): Promise<string | undefined> {
  if (named) return isAbsolute(named) && (await isRunnable(named)) ? named : undefined;
  const suffixes = process.platform === 'win32' ? ['.exe'] : [''];
  for (const folder of (path ?? '').split(delimiter).filter(isAbsolute)) {
    for (const suffix of suffixes) {
      const file = join(folder, program + suffix);
      if (await isRunnable(file)) return file;
    }
  }
  return undefined;
}

async function isRunnable(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
