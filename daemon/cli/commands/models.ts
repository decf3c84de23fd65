import { resolve } from 'node:path';
import { errors } from '../../common/errors';
import { type ModelInfo, methods } from '../../protocol/messages';
import { readableBytes } from '../../store/readableBytes';
import { type Command, type CommandContext, JSON_OPTION, type ParsedArguments, printJson } from '../command';

type Verb = (argument: string, context: CommandContext) => Promise<ModelInfo | ModelInfo[]>;

/** A verb a row; `list` alone takes no argument. */
const VERBS: Readonly<Record<string, { argument?: string; run: Verb }>> = {
  list: { run: (_none, context) => request(context, methods.listModels, {}) },
  info: { argument: 'ID', run: async (id, context) => find(await listed(context), id, context) },
  install: { argument: 'ID', run: install },
  import: {
    argument: 'DIR',
    run: (folder, context) => request(context, methods.importModel, { folder: resolve(context.cwd, folder) }),
  },
  remove: { argument: 'ID', run: (id, context) => request(context, methods.removeModel, { id }) },
  use: { argument: 'ID', run: (id, context) => request(context, methods.useModel, { id }) },
};

export const models: Command = {
  name: 'models',
  usage: 'list|info ID|install ID|import DIR|remove ID|use ID',
  summary: 'The models on this machine, and which one answers.',
  options: { ...JSON_OPTION },
  async run(args, context) {
    const { verb, argument } = readVerb(args);
    const result = await VERBS[verb]!.run(argument, context);
    if (args.options.json) printJson(context.terminal, result);
    else context.terminal.out(Array.isArray(result) ? formatList(result) : formatInfo(result));
    return 0;
  },
};

function readVerb(args: ParsedArguments): { verb: string; argument: string } {
  const [verb, argument, ...rest] = args.positionals;
  const row = VERBS[verb ?? ''];
  if (verb === undefined || row === undefined)
    throw errors.usage(`onelens models takes ${models.usage}; it was given "${verb ?? ''}".`);
  const wanted = row.argument === undefined ? 0 : 1;
  const given = (argument === undefined ? 0 : 1) + rest.length;
  if (given !== wanted) throw errors.usage(`onelens models ${verb} takes ${row.argument ?? 'no argument'}.`);
  return { verb, argument: argument ?? '' };
}

async function request<R extends ModelInfo | ModelInfo[]>(
  context: CommandContext,
  method: string,
  params: object,
): Promise<R> {
  if ('id' in params && !/^[a-z0-9][a-z0-9._-]{0,63}$/.test(String(params.id))) {
    throw errors.modelMissing(String(params.id), context.home);
  }
  return (await context.daemon()).request<R>(method, params, context.signal);
}

const listed = (context: CommandContext): Promise<ModelInfo[]> => request(context, methods.listModels, {});

function find(models: ModelInfo[], id: string, context: CommandContext): ModelInfo {
  const model = models.find((m) => m.id === id);
  if (!model) throw errors.modelMissing(id, context.home);
  return model;
}

/** There is no catalog on the network in this version: what is here is here, anything else is converted or imported. */
async function install(id: string, context: CommandContext): Promise<ModelInfo> {
  const there = (await listed(context)).find((model) => model.id === id);
  if (there) return there;
  throw errors.noSource(id);
}

function formatList(models: ModelInfo[]): string {
  if (models.length === 0) return 'No models. Run `onelens models import DIR` with a converted pack.\n';
  const row = (m: ModelInfo) =>
    `${m.active ? '*' : ' '} ${m.id.padEnd(24)} ${m.dtype.padEnd(5)} ${millions(m.parameters).padStart(8)} ` +
    `${readableBytes(m.bytes).padStart(9)}${m.embedded ? '  embedded' : ''}${m.problem ? `  damaged: ${m.problem}` : ''}\n`;
  return models.map(row).join('');
}

function formatInfo(m: ModelInfo): string {
  const rows: Array<[string, string]> = [
    ['id', m.id],
    ['name', m.name],
    ['in use', m.active ? 'yes' : 'no'],
    ['parameters', millions(m.parameters)],
    ['weights', `${m.dtype}, ${readableBytes(m.bytes)}`],
    ['takes', m.modalities.join(', ')],
    ['folder', m.path],
    ['source', m.embedded ? 'came with OneLens' : 'imported'],
    ...(m.problem ? [['damaged', m.problem] as [string, string]] : []),
  ];
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}\n`).join('');
}

const millions = (n: number) => (n >= 1e9 ? `${(n / 1e9).toFixed(2)} B` : `${(n / 1e6).toFixed(2)} M`);
