import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errors, isOneLensError } from '../common/errors';
import { makeFolders } from '../common/makeFolders';
import { MANIFEST_FILE } from '../common/packManifest';

/**
 * A pack in the making lies in a folder beside its place and is renamed when it is whole, so that nobody ever sees
 * half a pack, and a failed conversion leaves what was there.
 */
export async function writePackFolder<T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(out);
  checkTarget(target);
  const partial = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.partial`);
  try {
    makeFolders(dirname(target));
    await mkdir(partial);
    const result = await fill(partial);
    await putInPlace(partial, target);
    return result;
  } catch (error) {
    throw writeError(error, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Only an empty folder or an older pack is replaced. */
function checkTarget(target: string): void {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) throw errors.usage(`The output ${JSON.stringify(target)} is a file; name a folder.`);
  if (readdirSync(target).length > 0 && !existsSync(join(target, MANIFEST_FILE))) {
    throw errors.usage(`The output folder ${JSON.stringify(target)} holds other files and is no model pack.`);
  }
}

async function putInPlace(partial: string, target: string): Promise<void> {
  const old = `${partial}.old`;
  if (existsSync(target)) await rename(target, old);
  try {
    await rename(partial, target);
  } catch (error) {
    if (existsSync(old)) await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

const SYSTEM_ERRORS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of the path is a file',
};

/** What the disk says, as an error of ours; everything else as it is. */
function writeError(error: unknown, target: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (isOneLensError(error) || code === undefined || !(code in SYSTEM_ERRORS)) return error;
  return errors.notWritable(target, SYSTEM_ERRORS[code]!);
}
