import { realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problems } from '../agents/agentProblem';
import type { AgentFile } from '../agents/runAgentTool';
import { isWithin } from './isWithin';

/** Which files a client may have read: those in its roots, and in the folders that the command line named. */
export class ReadableFiles {
  constructor(
    /** The client's folders as `file:` URIs; undefined or empty where it has none, and then they limit nothing. */
    private readonly roots: () => Promise<readonly string[] | undefined>,
    /** Of the command line, absolute; empty where it named none. */
    private readonly folders: readonly string[],
    private readonly cwd: string,
  ) {}

  /**
   * The file that `path` names: absolute, a `file:` URI, or relative to the first folder that has it. Links are followed
   * before it is looked where it lies. Rejects with FILE_MISSING, FILE_OUTSIDE, BAD_INPUT, FOLDERS_UNKNOWN.
   */
  async open(path: string): Promise<AgentFile> {
    const plain = plainPath(path);
    const roots = ((await this.roots()) ?? []).map(folderOf);
    const limits = [roots, [...this.folders]].filter((folders) => folders.length > 0);
    const bases = limits[0] ?? [this.cwd];
    const candidates = isAbsolute(plain) ? [plain] : bases.map((folder) => resolve(folder, plain));
    for (const file of candidates) {
      if (!(await isAllowed(file, limits))) throw problems.outside(path, (limits[0] ?? []).concat(limits[1] ?? []));
      if (await realpathOf(file)) return { file, source: { path: file } };
    }
    throw problems.notFound(path, isAbsolute(plain) ? [] : bases);
  }
}

/** A file that is not there is judged by its name, so that what exists outside is not told. */
async function isAllowed(file: string, limits: readonly (readonly string[])[]): Promise<boolean> {
  const real = (await realpathOf(file)) ?? resolve(file);
  for (const folders of limits) {
    const reals = await Promise.all(folders.map(async (folder) => [folder, (await realpathOf(folder)) ?? folder]));
    if (!reals.flat().some((folder) => isWithin(folder, real))) return false;
  }
  return true;
}

async function realpathOf(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

function plainPath(path: string): string {
  if (path.includes('\0')) throw problems.notAFile(path, 'it holds a character that no path has');
  if (/^file:/i.test(path)) return fromUri(path);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) throw problems.notAFile(path, 'it is not on this machine');
  if (/^[\\/]{2}/.test(path)) throw problems.notAFile(path, 'it is a network path');
  return path;
}

function fromUri(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch (error) {
    throw problems.notAFile(uri, (error as Error).message.replace(/\.$/, ''));
  }
}

/** A root elsewhere (a remote machine's) stays as it is written: no file of this machine lies in it. */
function folderOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}
