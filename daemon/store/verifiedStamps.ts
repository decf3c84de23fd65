import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { PackFile } from '../common/packManifest';
import { writeAtomically } from './atomicFile';

/** What a file was when its SHA-256 was found right. The time of change is part of it: it cannot be set back. */
interface Stamp {
  sha256: string;
  bytes: number;
  mtimeMs: number;
  ctimeMs: number;
}

/** A change this soon after another may carry the same time, so a file that young is hashed again next time. */
const CLOCK_STEP_MS = 20;

/** Remembers which files of one pack were verified, so that opening it again reads none of them. */
export class VerifiedStamps {
  private constructor(
    private readonly file: string | undefined,
    private readonly stamps: Map<string, Stamp>,
  ) {}

  /** `folder` keeps one file a pack; undefined: nothing is remembered. A damaged file counts as none. */
  static async load(folder: string | undefined, pack: string): Promise<VerifiedStamps> {
    if (!folder) return new VerifiedStamps(undefined, new Map());
    const key = createHash('sha256').update(path.resolve(pack)).digest('hex').slice(0, 32);
    const file = path.join(folder, `${key}.json`);
    return new VerifiedStamps(file, new Map(await readEntries(file)));
  }

  has(file: PackFile, stat: Stats): boolean {
    const stamp = this.stamps.get(file.path);
    return (
      stamp !== undefined &&
      stamp.sha256 === file.sha256 &&
      stamp.bytes === stat.size &&
      stamp.mtimeMs === stat.mtimeMs &&
      stamp.ctimeMs === stat.ctimeMs
    );
  }

  /** `stat` as it was before the file was read. */
  add(file: PackFile, stat: Stats): void {
    if (Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < CLOCK_STEP_MS) return;
    const { mtimeMs, ctimeMs, size } = stat;
    this.stamps.set(file.path, { sha256: file.sha256, bytes: size, mtimeMs, ctimeMs });
  }

  /** A store that cannot be written only costs time. */
  async save(): Promise<void> {
    if (!this.file) return;
    await writeAtomically(this.file, JSON.stringify([...this.stamps])).catch(() => {});
  }
}

async function readEntries(file: string): Promise<Array<[string, Stamp]>> {
  try {
    const value: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    if (!Array.isArray(value)) return [];
    return value.filter(
      (e) => Array.isArray(e) && typeof e[0] === 'string' && typeof e[1] === 'object' && e[1] !== null,
    );
  } catch {
    return [];
  }
}
