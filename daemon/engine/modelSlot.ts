import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatModel } from '../backends/chatModel';
import { deserializeError } from '../common/errors';
import type { LoadedModel, ModelChoice } from './messages';

/** The one model in memory. Another choice, or a pack converted again, replaces it. */
export class ModelSlot {
  private loaded: { key: string; model: Promise<ChatModel> } | undefined;

  constructor(
    private readonly load: (folder: string) => Promise<ChatModel>,
    private readonly onChange: (model: LoadedModel | null) => void,
  ) {}

  /** Throws MODEL_MISSING, MODEL_DAMAGED or MODEL_FAILED; a failed load is tried again next time. */
  async get(choice: ModelChoice, onLoading: () => void): Promise<ChatModel> {
    if ('error' in choice) throw deserializeError(choice.error);
    const key = await packKey(choice.folder);
    if (this.loaded?.key === key) return this.loaded.model;
    onLoading();
    await this.close();
    const loading = { key, model: this.load(choice.folder) };
    this.loaded = loading;
    try {
      const model = await loading.model;
      this.onChange({ id: model.id, device: model.device, deviceReason: model.deviceReason });
      return model;
    } catch (error) {
      if (this.loaded === loading) this.loaded = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const old = this.loaded;
    this.loaded = undefined;
    if (!old) return;
    this.onChange(null);
    await old.model.then(
      (model) => model.close(),
      () => {},
    );
  }
}

/** Changes with any file of the pack: one that is damaged or converted again must not be answered from memory. */
async function packKey(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const stamps = names.sort().map(async (name) => {
    const stats = await stat(join(folder, name)).catch(() => undefined);
    return `${name} ${stats?.size ?? -1} ${stats?.mtimeMs ?? 0}`;
  });
  return [folder, ...(await Promise.all(stamps))].join('\0');
}
