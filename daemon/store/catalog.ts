import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errors, type OneLensError, toOneLensError } from '../common/errors';
import { MANIFEST_FILE, type PackManifest } from '../common/packManifest';
import { makeFolder } from './atomicFile';
import { storePaths } from './home';
import { withLock } from './locks';
import { type OpenPackOptions, openPack, type Pack, readManifest } from './packs';
import { readableBytes } from './readableBytes';
import { changeSettings, readSettings } from './settings';

/** A model pack as it is listed; not verified. */
export interface CatalogEntry {
  id: string;
  folder: string;
  /** Comes with OneLens, outside the store. */
  embedded: boolean;
  /** The one that answers when no model is named. */
  active: boolean;
  /** Undefined, with the reason in `problem`, for a pack that is damaged. */
  manifest?: PackManifest;
  problem?: OneLensError;
  bytes: number;
}

export interface CatalogOptions {
  /** The store's folder. */
  home: string;
  /** The folder of the embedded pack, where there is one. */
  embedded?: string;
}

type Progress = Pick<OpenPackOptions, 'signal' | 'onProgress'>;

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** A pack that is being copied or removed; not listed, since no id begins with a dot. */
const INCOMING = '.incoming-';
const OUTGOING = '.outgoing-';

/** The model packs of this machine: those in `<home>/models` and the embedded one. */
export class Catalog {
  private readonly paths: ReturnType<typeof storePaths>;

  constructor(private readonly options: CatalogOptions) {
    this.paths = storePaths(options.home);
  }

  /** The embedded model first, then by id. */
  async list(): Promise<CatalogEntry[]> {
    const entries: CatalogEntry[] = [];
    const embedded = await this.embeddedEntry();
    if (embedded) entries.push(embedded);
    for (const id of await this.storedIds()) {
      if (id !== embedded?.id) entries.push(await this.entry(id, path.join(this.paths.models, id), false));
    }
    const active = (await readSettings(this.paths.settings)).model ?? embedded?.id;
    for (const entry of entries) entry.active = entry.id === active;
    return entries;
  }

  /** What `models info` shows. Throws MODEL_MISSING. */
  async info(id: string): Promise<CatalogEntry> {
    const found = (await this.list()).find((entry) => entry.id === id);
    if (!found) throw errors.modelMissing(id, this.paths.models);
    return found;
  }

  /**
   * The pack to answer with, verified: the one named, else the active one, else the embedded one.
   * Throws MODEL_MISSING, MODEL_DAMAGED, CANCELLED.
   */
  async resolve(id?: string, progress: Progress = {}): Promise<Pack> {
    return openPack(await this.folderOf(id), { ...progress, verifiedFolder: this.paths.verified });
  }

  /** As `resolve`, without looking into the pack. */
  async folderOf(id?: string): Promise<string> {
    const wanted = id ?? (await readSettings(this.paths.settings)).model;
    const embedded = await this.embeddedEntry();
    if (embedded && (wanted === undefined || wanted === embedded.id)) return embedded.folder;
    if (wanted === undefined) throw errors.modelMissing('embedded', this.options.embedded ?? this.paths.models);
    const folder = path.join(this.paths.models, wanted);
    if (!ID.test(wanted) || !(await isFolder(folder))) throw errors.modelMissing(wanted, this.paths.models);
    return folder;
  }

  /** Makes `id` the active model. Throws MODEL_MISSING, MODEL_DAMAGED. */
  async use(id: string): Promise<CatalogEntry> {
    const entry = await this.info(id);
    if (entry.problem) throw entry.problem;
    await changeSettings(this.paths.settings, { model: id });
    return { ...entry, active: true };
  }

  /**
   * Copies the pack in `source` into the store. It appears whole or not at all; the same pack again is no error.
   * Throws MODEL_MISSING, MODEL_DAMAGED, MODEL_EXISTS, DISK_FULL, STORE_BUSY, STORE_UNWRITABLE, CANCELLED.
   */
  async import(source: string, progress: Progress = {}): Promise<CatalogEntry> {
    const { manifest, bytes } = await openPack(path.resolve(source), progress);
    await makeFolder(this.paths.models);
    await withLock(this.paths.modelsLock, () => this.copyIn(path.resolve(source), manifest, bytes, progress), progress);
    return this.info(manifest.id);
  }

  /** Throws MODEL_MISSING, MODEL_EMBEDDED, STORE_BUSY, STORE_UNWRITABLE. */
  async remove(id: string): Promise<void> {
    if ((await this.embeddedEntry())?.id === id) throw errors.modelEmbedded(id);
    const folder = await this.folderOf(id);
    await withLock(this.paths.modelsLock, async () => {
      if ((await readSettings(this.paths.settings)).model === id) {
        await changeSettings(this.paths.settings, { model: undefined });
      }
      const outgoing = path.join(this.paths.models, `${OUTGOING}${id}`);
      await this.writing(async () => {
        await fs.rm(outgoing, { recursive: true, force: true });
        await fs.rename(folder, outgoing);
        await fs.rm(outgoing, { recursive: true, force: true });
      });
    });
  }

  private async copyIn(source: string, manifest: PackManifest, bytes: number, progress: Progress): Promise<void> {
    const target = path.join(this.paths.models, manifest.id);
    if (await this.alreadyThere(manifest)) return;
    await this.checkSpace(bytes);
    const incoming = path.join(this.paths.models, `${INCOMING}${manifest.id}`);
    try {
      await this.writing(async () => {
        await fs.rm(incoming, { recursive: true, force: true });
        for (const file of [...manifest.files.map((f) => f.path), MANIFEST_FILE]) {
          if (progress.signal?.aborted) throw errors.cancelled();
          await fs.mkdir(path.dirname(path.join(incoming, file)), { recursive: true });
          await fs.copyFile(path.join(source, file), path.join(incoming, file));
        }
      });
      await openPack(incoming, progress);
      await this.writing(() => fs.rename(incoming, target));
    } finally {
      await fs.rm(incoming, { recursive: true, force: true });
    }
  }

  /** Whether this very pack is in the store. Throws MODEL_EXISTS for another one with its id; a damaged one gives way. */
  private async alreadyThere(manifest: PackManifest): Promise<boolean> {
    const known = await this.info(manifest.id).catch(() => undefined);
    if (!known) return false;
    const same = JSON.stringify(known.manifest?.files) === JSON.stringify(manifest.files);
    if (known.embedded || (known.manifest && !same)) {
      if (same) return true;
      throw errors.modelExists(manifest.id);
    }
    const whole = await this.resolve(manifest.id).then(
      () => true,
      () => false,
    );
    if (!whole) await this.writing(() => fs.rm(known.folder, { recursive: true, force: true }));
    return whole;
  }

  private async checkSpace(bytes: number): Promise<void> {
    const space = await fs.statfs(this.paths.models).catch(() => undefined);
    const free = space ? space.bavail * space.bsize : Number.POSITIVE_INFINITY;
    if (free < bytes) throw errors.diskFull(this.paths.models, readableBytes(bytes), readableBytes(free));
  }

  /** A failed write of the store is STORE_UNWRITABLE. */
  private async writing(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException & { code?: string };
      if (error instanceof Error && 'syscall' in error) {
        throw errors.storeUnwritable(this.paths.models, code ?? error.message);
      }
      throw error;
    }
  }

  private async storedIds(): Promise<string[]> {
    const names = await fs.readdir(this.paths.models, { withFileTypes: true }).catch(() => []);
    return names
      .filter((entry) => ID.test(entry.name) && (entry.isDirectory() || entry.isSymbolicLink()))
      .map((entry) => entry.name)
      .sort();
  }

  private async embeddedEntry(): Promise<CatalogEntry | undefined> {
    const folder = this.options.embedded;
    if (!folder || !(await isFolder(folder))) return undefined;
    return this.entry(path.basename(folder), folder, true);
  }

  /** `id` is the folder's name; the embedded pack's folder may have any, so its manifest tells. */
  private async entry(id: string, folder: string, embedded: boolean): Promise<CatalogEntry> {
    try {
      const manifest = await readManifest(folder);
      if (!embedded && manifest.id !== id) throw errors.modelDamaged(id, `its manifest says it is ${manifest.id}`);
      const bytes = manifest.files.reduce((sum, f) => sum + f.bytes, 0);
      return { id: manifest.id, folder, embedded, active: false, manifest, bytes };
    } catch (error) {
      return { id, folder, embedded, active: false, problem: toOneLensError(error), bytes: 0 };
    }
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await fs.stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}
