import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { errors } from '../../common/errors';
import type { serveMcp } from '../../mcp/serveMcp';
import type { DaemonLink } from '../../mcp/sharedDaemon';
import { type FactsResult, methods, type PlotDataResult } from '../../protocol/messages';
import type { Command } from '../command';
import type { DaemonConnection } from '../connection';

export const mcp: Command = {
  name: 'mcp',
  usage: '[FOLDER]...',
  summary: 'Serve agents over MCP (stdio); with FOLDERs, only files inside them are read.',
  options: {},
  async run(args, context) {
    const folders = args.positionals.map((folder) => existingFolder(resolve(context.cwd, folder)));
    const { cwd, signal, installation, terminal } = context;
    // a bundle of its own: no other command pays for reading it
    const load = createRequire(import.meta.url);
    const bundle = load(installation.mcpScript) as { serveMcp: typeof serveMcp };
    await bundle.serveMcp({
      version: installation.version,
      connect: async () => linkTo(await context.connect()),
      folders,
      cwd,
      signal,
      log: (line) => terminal.err(`onelens mcp: ${line}\n`),
    });
    return 0;
  },
};

function existingFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw errors.usage(`onelens mcp: "${path}" is no folder.`);
}

function linkTo(connection: DaemonConnection): DaemonLink {
  return {
    daemon: {
      ask: (params, onProgress, signal) => connection.stream(methods.ask, params, onProgress, signal),
      facts: (params, signal) => connection.request<FactsResult>(methods.facts, params, signal),
      plotData: (params, signal) => connection.request<PlotDataResult>(methods.plotData, params, signal),
    },
    close: () => connection.close(),
  };
}
