import { errors, isOneLensError } from '../common/errors';
import { MODALITIES } from '../common/modality';
import type { PackManifest } from '../common/packManifest';
import type { ModelChoice } from '../engine/messages';
import type { ModelInfo } from '../protocol/messages';

/** A model pack that lies on this machine. */
export interface StoredPack {
  folder: string;
  manifest: PackManifest;
  /** Of all its files. */
  bytes: number;
  /** Came with OneLens; cannot be removed. */
  embedded: boolean;
}

/** What the services use of the store. */
export interface ModelStore {
  /** Where packs are looked for, for messages. */
  readonly where: string;
  /** All packs, the embedded one included; damaged ones are left out. */
  packs(): Promise<StoredPack[]>;
  /** The id that `models use` set; null = none was. */
  selected(): Promise<string | null>;
  select(id: string | null): Promise<void>;
  /** Copies and checks a pack. Throws MODEL_DAMAGED. */
  import(folder: string, signal: AbortSignal): Promise<StoredPack>;
  remove(id: string): Promise<void>;
}

/** Which models there are, and which one answers. */
export class ModelsService {
  constructor(
    private readonly store: ModelStore,
    private readonly onChange: () => void,
  ) {}

  async list(): Promise<ModelInfo[]> {
    const packs = await this.store.packs();
    const active = await this.activeId(packs);
    return packs.map((pack) => describe(pack, active));
  }

  /** The id of the model that answers when none is named; null = there is none. */
  async inUse(): Promise<string | null> {
    return this.activeId(await this.store.packs());
  }

  /** `id`, else the one set by `use`, else the embedded one. A failure is a value: a bad file is told before it. */
  async choose(id: string | undefined): Promise<ModelChoice> {
    try {
      const packs = await this.store.packs();
      const wanted = id ?? (await this.activeId(packs));
      if (wanted === null) throw errors.noModel(this.store.where);
      return { folder: this.find(packs, wanted).folder };
    } catch (error) {
      if (isOneLensError(error)) return { error: error.toJSON() };
      throw error;
    }
  }

  async use(id: string): Promise<ModelInfo[]> {
    this.find(await this.store.packs(), id);
    await this.store.select(id);
    this.onChange();
    return this.list();
  }

  async import(folder: string, signal: AbortSignal): Promise<ModelInfo> {
    const pack = await this.store.import(folder, signal);
    this.onChange();
    return describe(pack, await this.inUse());
  }

  async remove(id: string): Promise<ModelInfo[]> {
    const pack = this.find(await this.store.packs(), id);
    if (pack.embedded) throw errors.usage(`The model "${id}" came with OneLens and cannot be removed.`);
    if ((await this.store.selected()) === id) await this.store.select(null);
    await this.store.remove(id);
    this.onChange();
    return this.list();
  }

  private async activeId(packs: StoredPack[]): Promise<string | null> {
    const embedded = packs.find((pack) => pack.embedded) ?? packs[0];
    return (await this.store.selected()) ?? embedded?.manifest.id ?? null;
  }

  private find(packs: StoredPack[], id: string): StoredPack {
    const pack = packs.find((p) => p.manifest.id === id);
    if (!pack) throw errors.modelMissing(id, this.store.where);
    return pack;
  }
}

function describe(pack: StoredPack, active: string | null): ModelInfo {
  const { id, name, parameters, dtype } = pack.manifest;
  return {
    id,
    name,
    path: pack.folder,
    parameters,
    bytes: pack.bytes,
    dtype,
    active: id === active,
    modalities: [...MODALITIES],
    embedded: pack.embedded,
  };
}
