import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaPreview } from '../../daemon/protocol/messages';
import { thumbnailOf } from './thumbnailOf';
import type { FileStamp } from './walkMedia';

/** Of all together; beyond it the oldest go. */
const MOST_BYTES = 192 * 1024 * 1024;

/** Small pictures of files, in a folder outside the workspace. A picture that is missing costs an icon, nothing else. */
export class Thumbnails {
  private known: Promise<Map<string, number>> | undefined;

  constructor(
    readonly folder: string,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /** The file's name in the folder; undefined where there is nothing to draw or no room on the disk. */
  async save(uri: string, stamp: FileStamp, preview: MediaPreview | undefined): Promise<string | undefined> {
    const picture = preview && thumbnailOf(preview);
    if (picture === undefined) return undefined;
    const name = `${digest(`${uri}\n${stamp.size}\n${stamp.mtime}`)}.${picture.extension}`;
    try {
      const known = await this.list();
      await writeFile(join(this.folder, name), picture.bytes, { mode: 0o600 });
      known.delete(name);
      known.set(name, picture.bytes.byteLength);
      await this.makeRoom(known);
      return name;
    } catch {
      return undefined;
    }
  }

  private list(): Promise<Map<string, number>> {
    this.known ??= this.read();
    return this.known;
  }

  /** Oldest first. */
  private async read(): Promise<Map<string, number>> {
    await mkdir(this.folder, { recursive: true });
    const names = await readdir(this.folder);
    const files = await Promise.all(names.map(async (name) => ({ name, ...(await stat(join(this.folder, name))) })));
    return new Map(files.sort((a, b) => a.mtimeMs - b.mtimeMs).map(({ name, size }) => [name, size]));
  }

  private async makeRoom(known: Map<string, number>): Promise<void> {
    let bytes = [...known.values()].reduce((sum, size) => sum + size, 0);
    for (const [name, size] of known) {
      if (bytes <= this.mostBytes) return;
      known.delete(name);
      bytes -= size;
      await rm(join(this.folder, name), { force: true });
    }
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
