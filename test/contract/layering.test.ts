import { builtinModules } from 'node:module';
import * as path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, REPOSITORY, sourcesIn } from '../support/importsOf';
import { LAYERS, type Layer, type LayerName, layerOf, NOT_HELD_BY_THE_COMPILER, ONLY_IMPORTER } from './layers';

const sources = ['daemon', 'extension', 'webview'].flatMap(sourcesIn);
const graph = new Map(sources.map((file) => [file, importsOf(file)]));

const builtin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);

const packageAllowed = (specifier: string, names: readonly string[]) =>
  names.some((name) => (name.endsWith('/') ? specifier.startsWith(name) : `${specifier}/`.startsWith(`${name}/`)));

/** Why `file` may not import this; undefined where it may. */
function objection(file: string, { specifier, file: target }: Import): string | undefined {
  const name = layerOf(file);
  if (!name) return `${file} is in no layer`;
  const layer: Layer = LAYERS[name];
  if (target) {
    const other = layerOf(target);
    if (!other) return `${file} -> ${target}: not part of the product`;
    return other === name || layer.imports.includes(other)
      ? undefined
      : `${file} -> ${target}: ${name} may not import ${other}`;
  }
  const sole = Object.keys(ONLY_IMPORTER).find((only) => packageAllowed(specifier, [only]));
  if (sole && ONLY_IMPORTER[sole] !== file) return `${file} -> ${specifier}: only ${ONLY_IMPORTER[sole]} may`;
  const allowed = builtin(specifier)
    ? layer.node === true || (layer.node !== false && layer.node.includes(specifier))
    : packageAllowed(specifier, layer.packages);
  return allowed ? undefined : `${file} -> ${specifier}: ${name} may not import it`;
}

/** The first cycle of imports found, file by file; undefined where there is none. */
function cycle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const found = visit(next, [...trail, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}

const targets = (imports: readonly Import[]) => imports.flatMap(({ file }) => file ?? []);

describe('the layers', () => {
  it('import only what the table allows', () => {
    const objections = [...graph].flatMap(([file, imports]) => imports.flatMap((i) => objection(file, i) ?? []));
    expect(objections).toEqual([]);
  });

  it('have no cycle of imports, types included', () => {
    expect(cycle(new Map([...graph].map(([file, imports]) => [file, targets(imports)])))?.join(' -> ')).toBeUndefined();
  });

  it('leave training out of the product', () => {
    expect(sources.filter((file) => file.startsWith('training/'))).toEqual([]);
    expect(sources.length).toBeGreaterThan(50);
  });
});

describe('this test', () => {
  it.each([
    ['daemon/protocol/x.ts', "import '../common/errors'", 'daemon/protocol may not import daemon/common'],
    ['daemon/server/x.ts', "import type { A } from '../runtime/ports'", 'daemon/server may not import daemon/runtime'],
    ['daemon/server/x.ts', "const o = await import('onnxruntime-node')", 'only daemon/runtime/session.ts may'],
    ['daemon/runtime/x.ts', "export * from 'onnxruntime-node'", 'only daemon/runtime/session.ts may'],
    ['daemon/decoders/x.ts', "import * as fs from 'node:fs'", 'daemon/decoders may not import it'],
    ['daemon/facts/x.ts', "const fs = require('fs')", 'daemon/facts may not import it'],
    ['daemon/store/x.ts', "import * as vscode from 'vscode'", 'daemon/store may not import it'],
    ['webview/x.ts', "import '../extension/config'", 'webview may not import extension'],
    [
      'extension/x.ts',
      "let e: import('../daemon/common/errors').OneLensError",
      'extension may not import daemon/common',
    ],
    ['daemon/x.ts', "import '../extension/config'", 'daemon may not import extension'],
    ['daemon/engine/x.ts', "import '../../test/contract/layers'", 'not part of the product'],
  ])('in %s it would see: %s', (file, text, reason) => {
    expect(importsOf(file, text).map((i) => objection(file, i))).toEqual([expect.stringContaining(reason)]);
  });

  it('would see a cycle', () => {
    const edges = { a: ['b'], b: ['c', 'd'], c: [], d: ['b'] };
    expect(cycle(new Map(Object.entries(edges)))).toEqual(['b', 'd', 'b']);
  });
});

interface Tsconfig {
  references?: Array<{ path: string }>;
  compilerOptions?: { types?: string[]; lib?: string[]; strict?: boolean };
}

function tsconfig(folder: string): Tsconfig {
  const { config, error } = ts.readConfigFile(path.join(REPOSITORY, folder, 'tsconfig.json'), ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, ' '));
  return config as Tsconfig;
}

describe.each(Object.keys(LAYERS) as LayerName[])('%s/tsconfig.json', (name) => {
  const { references = [], compilerOptions = {} } = tsconfig(name);
  const layer: Layer = LAYERS[name];

  it('references exactly the layers of the table, so that another import does not compile', () => {
    expect(references.map((r) => path.posix.join(name, r.path)).sort()).toEqual([...layer.imports].sort());
  });

  it("has Node's types only where Node is allowed, and the DOM only in the webview", () => {
    expect(compilerOptions.types?.includes('node')).toBe(layer.node !== false);
    expect(compilerOptions.lib?.includes('DOM') ?? false).toBe(name === 'webview');
    expect(compilerOptions.strict).toBeUndefined();
  });
});

it('what only transitive references let through is known', () => {
  const reach = (name: LayerName): Set<string> => {
    const direct: readonly LayerName[] = LAYERS[name].imports;
    return new Set(direct.flatMap((other) => [other, ...reach(other)]));
  };
  const through = (Object.keys(LAYERS) as LayerName[]).map((name) => {
    const layer: Layer = LAYERS[name];
    return [name, [...reach(name)].filter((other) => !layer.imports.includes(other)).sort()] as const;
  });
  expect(Object.fromEntries(through.filter(([, others]) => others.length > 0))).toEqual(
    Object.fromEntries(Object.entries(NOT_HELD_BY_THE_COMPILER).map(([name, others]) => [name, [...others].sort()])),
  );
});

it('tsconfig.json builds every layer, strictly', () => {
  const references = tsconfig('.').references?.map((r) => r.path);
  expect([...(references ?? [])].sort()).toEqual([...Object.keys(LAYERS), 'test'].sort());
  const base = ts.readConfigFile(path.join(REPOSITORY, 'tsconfig.base.json'), ts.sys.readFile).config as Tsconfig;
  expect(base.compilerOptions?.strict).toBe(true);
});

describe('the compiler', () => {
  /** Diagnostic codes for one more source in a layer, checked as `tsc -b` checks that project. */
  function codes(folder: string, text: string): number[] {
    const root = path.join(REPOSITORY, folder);
    const extra = path.join(root, 'zzExtra.ts');
    const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
    const parsed = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const options = { ...parsed.options, noEmit: false };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (name) => path.resolve(name) === extra || fileExists(name);
    host.readFile = (name) => (path.resolve(name) === extra ? text : readFile(name));
    host.getSourceFile = (name, ...rest) =>
      path.resolve(name) === extra ? ts.createSourceFile(name, text, rest[0]) : getSourceFile(name, ...rest);
    const program = ts.createProgram({
      rootNames: [extra],
      options,
      projectReferences: parsed.projectReferences,
      host,
    });
    return ts
      .getPreEmitDiagnostics(program, program.getSourceFile(extra))
      .concat(program.getOptionsDiagnostics())
      .map((d) => d.code);
  }

  const OUTSIDE_ROOT = 6059;
  const NOT_IN_PROJECT = 6307;
  const NO_SUCH_MODULE = [2307, 2591, 2580];
  const NO_SUCH_NAME = [2304, 2584];

  it.each([
    ['daemon/protocol', "import '../common/errors';", [OUTSIDE_ROOT, NOT_IN_PROJECT]],
    ['webview', "import '../extension/config';", [OUTSIDE_ROOT, NOT_IN_PROJECT]],
    ['daemon/server', "import '../runtime/ports';", [OUTSIDE_ROOT, NOT_IN_PROJECT]],
    ['webview', "import * as fs from 'node:fs'; fs.statSync('.');", NO_SUCH_MODULE],
    ['daemon/protocol', 'export const b = Buffer.alloc(1);', [...NO_SUCH_NAME, ...NO_SUCH_MODULE]],
    ['daemon/store', 'export const d = document;', NO_SUCH_NAME],
  ])('refuses in %s: %s', (folder, text, expected) => {
    expect(codes(folder, text).filter((code) => expected.includes(code))).not.toEqual([]);
  });

  it('takes an import of a referenced layer', () => {
    const found = codes('daemon/store', "import { errors } from '../common/errors';\nexport const e = errors;");
    expect(found.filter((code) => [OUTSIDE_ROOT, NOT_IN_PROJECT, ...NO_SUCH_MODULE].includes(code))).toEqual([]);
  });
});
