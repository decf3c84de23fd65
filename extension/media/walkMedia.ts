/** The file system under one folder; paths are relative to it, with "/", and '' is the folder itself. */
export interface WalkPorts {
  readFolder(path: string): Promise<Array<{ name: string; kind: 'file' | 'folder' | 'other' }>>;
  stat(path: string): Promise<FileStamp>;
}

/** A file whose stamp is unchanged has not been changed. */
export interface FileStamp {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  mtime: number;
}

export interface FoundFile extends FileStamp {
  path: string;
}

export interface WalkOptions {
  wanted(name: string): boolean;
  excluded(path: string): boolean;
  /** Files found at most; the walk ends there. */
  most: number;
}

const MOST_FOLDERS = 50_000;
const MOST_DEPTH = 64;
const STATS_AT_ONCE = 32;

/**
 * The wanted files under a folder, a folder's files at a time, in the order of their names. Nothing is read ahead, so a
 * caller that stops asking stops the walk. Folders that cannot be read are passed over, the first one excepted.
 */
export async function* walkMedia(
  ports: WalkPorts,
  { wanted, excluded, most }: WalkOptions,
  signal: AbortSignal,
): AsyncGenerator<FoundFile[]> {
  const ahead = [''];
  let left = most;
  for (let folders = 0; ahead.length > 0 && left > 0 && folders < MOST_FOLDERS; folders++) {
    signal.throwIfAborted();
    const folder = ahead.pop()!;
    const inside = (name: string) => (folder === '' ? name : `${folder}/${name}`);
    const entries = await entriesOf(ports, folder);
    const names = (kind: string) =>
      entries
        .filter((entry) => entry.kind === kind)
        .map(({ name }) => name)
        .filter((name) => !excluded(inside(name)))
        .sort(byName);
    const files = names('file').filter(wanted).slice(0, left).map(inside);
    const found = await stamped(ports, files, signal);
    left -= found.length;
    if (found.length > 0) yield found;
    if (folder.split('/').length < MOST_DEPTH) ahead.push(...names('folder').map(inside).reverse());
  }
}

async function entriesOf(ports: WalkPorts, folder: string) {
  try {
    return await ports.readFolder(folder);
  } catch (error) {
    if (folder === '') throw error;
    return [];
  }
}

/** Files that went meanwhile are left out. */
async function stamped(ports: WalkPorts, paths: readonly string[], signal: AbortSignal): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (let at = 0; at < paths.length; at += STATS_AT_ONCE) {
    signal.throwIfAborted();
    const some = paths.slice(at, at + STATS_AT_ONCE).map(async (path) => {
      const { size, mtime } = await ports.stat(path);
      return { path, size, mtime };
    });
    for (const result of await Promise.allSettled(some)) if (result.status === 'fulfilled') found.push(result.value);
  }
  return found;
}

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: string, b: string): number => collator.compare(a, b);
