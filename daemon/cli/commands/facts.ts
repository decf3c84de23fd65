import { resolve } from 'node:path';
import { type FactsResult, methods } from '../../protocol/messages';
import { type Command, exactly, JSON_OPTION, MAP_OPTIONS, mapHints, printJson } from '../command';
import { formatFacts } from '../formatFacts';

export const facts: Command = {
  name: 'facts',
  usage: 'FILE',
  summary: 'What can be measured in a file, without any model.',
  options: { ...JSON_OPTION, ...MAP_OPTIONS },
  async run(args, context) {
    const [file] = exactly(facts, args, 1) as [string];
    const daemon = await context.daemon();
    const params = { source: { path: resolve(context.cwd, file), ...mapHints(args, context.cwd) } };
    const report = await daemon.request<FactsResult>(methods.facts, params, context.signal);
    if (args.options.json) printJson(context.terminal, { file, modality: report.modality, facts: report.facts });
    else context.terminal.out(`${file}: ${report.modality}\n${formatFacts(report.facts, '  ')}`);
    for (const warning of report.warnings) context.terminal.err(`warning: ${warning}\n`);
    return 0;
  },
};
