import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

export const REPOSITORY = path.resolve(__dirname, '../..');

export interface Import {
  /** As written. */
  specifier: string;
  /** The file it names, relative to the repository with forward slashes; undefined for packages. */
  file?: string;
}

const slashed = (file: string) => file.split(path.sep).join('/');

/** Sources (.ts) below a folder of the repository, relative to it. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => slashed(path.join(folder, name)))
    .sort();
}

/** All imports of a source: static, type-only, dynamic, re-exports, `import('x').Y` types and require. */
export function importsOf(file: string, text = readFileSync(path.join(REPOSITORY, file), 'utf8')): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith('.') ? { specifier: fileName, file: resolve(file, fileName) } : { specifier: fileName },
  );
}

/** Throws for an import of nothing, which no compiler option of ours would let pass either. */
function resolve(from: string, specifier: string): string {
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const found = [base, `${base}.ts`, `${base}/index.ts`].find(
    (name) => path.posix.extname(name) !== '' && existsSync(path.join(REPOSITORY, name)),
  );
  if (!found) throw new Error(`${from} imports ${specifier}, which is not there`);
  return found;
}
