import { errors } from './errors';
import { type ModelConfig, parseModelConfig } from './modelConfig';

/** `manifest.json` of a model pack, written last by the converter: a folder without it is not a pack. */
export interface PackManifest {
  format: 'onelens-pack';
  version: 1;
  /** Lower case, digits, dash: the name of the folder in the store. */
  id: string;
  name: string;
  dtype: 'fp32' | 'fp16' | 'int8' | 'int4';
  /** Numbers in the checkpoint that the pack uses. */
  parameters: number;
  /** Complete, with every default filled in. */
  config: ModelConfig;
  files: PackFile[];
  warnings: string[];
}

export interface PackFile {
  /** Relative, forward slashes, inside the pack. */
  path: string;
  bytes: number;
  sha256: string;
}

export const MANIFEST_FILE = 'manifest.json';

/** Checks a parsed manifest.json. `pack` names it in errors. */
export function parseManifest(value: unknown, pack: string): PackManifest {
  const fail = (detail: string) => errors.modelDamaged(pack, `manifest.json ${detail}`);
  if (typeof value !== 'object' || value === null) throw fail('is not an object');
  const m = value as Record<string, unknown>;
  if (m.format !== 'onelens-pack') throw fail('is not that of a model pack');
  if (m.version !== 1) throw fail(`has version ${String(m.version)}; this OneLens reads version 1`);
  if (typeof m.id !== 'string' || !/^[a-z0-9][a-z0-9._-]{0,63}$/.test(m.id)) throw fail('has no valid id');
  if (typeof m.dtype !== 'string' || !['fp32', 'fp16', 'int8', 'int4'].includes(m.dtype))
    throw fail('has no valid dtype');
  if (!Array.isArray(m.files) || m.files.length === 0) throw fail('lists no files');
  for (const f of m.files as Array<Record<string, unknown>>) {
    const inside =
      typeof f?.path === 'string' &&
      !f.path.startsWith('/') &&
      !f.path.split('/').includes('..') &&
      !f.path.includes('\\');
    if (!inside || !Number.isSafeInteger(f.bytes) || typeof f.sha256 !== 'string') throw fail('has a bad file entry');
  }
  return {
    format: 'onelens-pack',
    version: 1,
    id: m.id,
    name: typeof m.name === 'string' ? m.name : m.id,
    dtype: m.dtype as PackManifest['dtype'],
    parameters: typeof m.parameters === 'number' ? m.parameters : 0,
    config: parseModelConfig(m.config),
    files: m.files as PackFile[],
    warnings: Array.isArray(m.warnings) ? m.warnings.map(String) : [],
  };
}
