import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Writes a model pack of these files (path -> content) with a right manifest; `changes` replace fields of it. */
export function writePack(
  folder: string,
  id: string,
  files: Readonly<Record<string, string>> = { 'graphs/a.onnx': 'graph of ' + id, 'tags.f32': 'tags' },
  changes: Record<string, unknown> = {},
): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const manifest = {
    format: 'onelens-pack',
    version: 1,
    id,
    name: `The model ${id}`,
    dtype: 'fp32',
    parameters: 7,
    config: { dim: 64, n_layers: 2, n_heads: 4 },
    files: Object.entries(files).map(([name, content]) => ({
      path: name,
      bytes: Buffer.byteLength(content),
      sha256: sha256Of(content),
    })),
    warnings: [],
    ...changes,
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** The code and text of the error that `work` rejects with. */
export async function rejectionOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code}: ${message}`;
  }
  return 'nothing thrown';
}
