/**
 * Who may import whom. One row a layer (a folder with a tsconfig); the innermost row that holds a file counts.
 * Each tsconfig's references say the same to the compiler; a test holds the two equal.
 */
export interface Layer {
  /** Other layers of this repository. */
  imports: readonly string[];
  /** npm packages and `vscode`; a name stands for its subpaths, `@scope/` for all of a scope. */
  packages: readonly string[];
  /** Built-in modules of Node: all, none, or these. */
  node: boolean | readonly string[];
}

const PURE = ['daemon/common', 'daemon/media'] as const;

export const LAYERS = {
  'daemon/protocol': { imports: [], packages: ['vscode-jsonrpc'], node: false },
  // what agents are offered, in the editor and over MCP: pure, so that both can use it
  'daemon/agents': { imports: ['daemon/protocol'], packages: [], node: [] },
  'daemon/mcp': {
    imports: ['daemon/common', 'daemon/protocol', 'daemon/agents'],
    packages: ['@modelcontextprotocol/sdk'],
    node: true,
  },
  'daemon/common': { imports: [], packages: [], node: true },
  'daemon/media': { imports: ['daemon/common'], packages: [], node: false },
  // bytes in, typed arrays out: no file system, no network
  'daemon/decoders': {
    imports: PURE,
    packages: ['sharp', '@audio/', 'laz-perf', 'mediabunny', 'fflate'],
    node: ['node:timers/promises', 'node:zlib'],
  },
  // programs of the user that are run (ffmpeg), behind the decoders' ports
  'daemon/tools': { imports: [...PURE, 'daemon/decoders'], packages: [], node: true },
  'daemon/facts': { imports: PURE, packages: ['fft.js'], node: false },
  'daemon/runtime': { imports: PURE, packages: ['onnxruntime-node', 'fft.js'], node: true },
  'daemon/converter': { imports: ['daemon/common'], packages: [], node: true },
  'daemon/store': { imports: ['daemon/common'], packages: [], node: true },
  'daemon/backends': { imports: [...PURE, 'daemon/protocol', 'daemon/runtime'], packages: [], node: true },
  'daemon/engine': {
    imports: [...PURE, 'daemon/protocol', 'daemon/decoders', 'daemon/facts', 'daemon/backends', 'daemon/store'],
    packages: [],
    node: true,
  },
  'daemon/services': {
    imports: [...PURE, 'daemon/protocol', 'daemon/store', 'daemon/converter', 'daemon/engine'],
    packages: [],
    node: true,
  },
  // the services reach it through its own port, server/services.ts
  'daemon/server': {
    imports: ['daemon/common', 'daemon/protocol'],
    packages: ['vscode-jsonrpc', 'ws', 'zod'],
    node: true,
  },
  // composition roots and the command line
  daemon: {
    imports: [
      ...PURE,
      'daemon/protocol',
      'daemon/agents',
      'daemon/mcp',
      'daemon/decoders',
      'daemon/tools',
      'daemon/facts',
      'daemon/runtime',
      'daemon/converter',
      'daemon/store',
      'daemon/backends',
      'daemon/engine',
      'daemon/services',
      'daemon/server',
    ],
    packages: ['vscode-jsonrpc', 'ws'],
    node: true,
  },
  extension: {
    imports: ['daemon/protocol', 'daemon/agents'],
    packages: ['vscode', 'vscode-languageclient', 'vscode-jsonrpc', 'ws'],
    node: true,
  },
  webview: { imports: ['daemon/protocol'], packages: ['markdown-it', 'dompurify', 'mediabunny', 'three'], node: false },
} as const satisfies Record<string, Layer>;

/**
 * Project references are transitive, so these would compile although the table forbids them; the walk of the imports
 * alone holds them.
 */
export const NOT_HELD_BY_THE_COMPILER: Readonly<Record<string, readonly string[]>> = {
  'daemon/engine': ['daemon/runtime'],
  'daemon/services': ['daemon/decoders', 'daemon/facts', 'daemon/backends', 'daemon/runtime'],
};

export type LayerName = keyof typeof LAYERS;

/** Packages that one file alone touches (house rule: a fact about ONNX Runtime is in session.ts). */
export const ONLY_IMPORTER: Readonly<Record<string, string>> = {
  'onnxruntime-node': 'daemon/runtime/session.ts',
};

/** The layer of a path relative to the repository; undefined outside the product (tests, scripts). */
export function layerOf(file: string): LayerName | undefined {
  const names = Object.keys(LAYERS) as LayerName[];
  return names.filter((name) => file.startsWith(name + '/')).sort((a, b) => b.length - a.length)[0];
}
