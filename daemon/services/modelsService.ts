import { errors, isOneLensError } from '../common/errors';
import { MODALITIES } from '../common/modality';
import type { ModelChoice } from '../engine/messages';
import type { ModelInfo } from '../protocol/messages';
import type { Catalog, CatalogEntry } from '../store/catalog';

/** What this service uses of the store. */
export type ModelStore = Pick<Catalog, 'list' | 'folderOf' | 'use' | 'import' | 'remove'>;

/** Which models there are, and which one answers. */
export class ModelsService {
  constructor(
    private readonly store: ModelStore,
    /** Where packs are looked for, for messages. */
    private readonly where: string,
    private readonly onChange: () => void,
  ) {}

  async list(): Promise<ModelInfo[]> {
    return (await this.store.list()).map(describe);
  }

  /** The id of the model that answers when none is named; null = there is none. */
  async inUse(): Promise<string | null> {
    return (await this.store.list()).find((entry) => entry.active)?.id ?? null;
  }

  /** `id`, else the one set by `use`, else the embedded one. A failure is a value: a bad file is told before it. */
  async choose(id: string | undefined): Promise<ModelChoice> {
    try {
      const nothing = id === undefined && (await this.store.list()).length === 0;
      if (nothing) throw errors.noModel(this.where);
      return { folder: await this.store.folderOf(id) };
    } catch (error) {
      if (isOneLensError(error)) return { error: error.toJSON() };
      throw error;
    }
  }

  async use(id: string): Promise<ModelInfo[]> {
    await this.store.use(id);
    this.onChange();
    return this.list();
  }

  async import(folder: string, signal: AbortSignal): Promise<ModelInfo> {
    const entry = await this.store.import(folder, { signal });
    this.onChange();
    return describe(entry);
  }

  async remove(id: string): Promise<ModelInfo[]> {
    await this.store.remove(id);
    this.onChange();
    return this.list();
  }
}

function describe(entry: CatalogEntry): ModelInfo {
  const { id, folder, embedded, active, manifest, problem, bytes } = entry;
  return {
    id,
    name: manifest?.name ?? id,
    path: folder,
    parameters: manifest?.parameters ?? 0,
    bytes,
    dtype: manifest?.dtype ?? '',
    active,
    modalities: manifest ? [...MODALITIES] : [],
    embedded,
    ...(problem ? { problem: problem.what } : {}),
  };
}
