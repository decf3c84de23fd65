import * as fs from 'node:fs/promises';
import { writeAtomically } from './atomicFile';

/** `<home>/settings.json`; fields that this version does not know are kept. */
export interface Settings {
  /** Id of the model in use; absent: the embedded one. */
  model?: string;
}

/** A file that is missing or damaged counts as empty: settings must never keep OneLens from starting. */
export async function readSettings(file: string): Promise<Settings> {
  try {
    const value: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    const { model, ...others } = value as Record<string, unknown>;
    return { ...others, ...(typeof model === 'string' && { model }) };
  } catch {
    return {};
  }
}

/** Changes the given fields; undefined removes one. Throws STORE_UNWRITABLE. */
export async function changeSettings(file: string, changes: Settings): Promise<void> {
  await writeAtomically(file, JSON.stringify({ ...(await readSettings(file)), ...changes }, undefined, 2) + '\n');
}
