import { resolve } from 'node:path';
import { methods, type PlotDataResult } from '../../protocol/messages';
import { type Command, choiceOption, exactly, printJson } from '../command';

export const plotData: Command = {
  name: 'plot-data',
  usage: 'FILE',
  summary: 'The numbers behind a picture of a plot, as CSV or JSON; no model is asked.',
  options: { format: { type: 'string' } },
  async run(args, context) {
    const [file] = exactly(plotData, args, 1) as [string];
    const format = choiceOption(args, 'format', ['csv', 'json']) ?? 'csv';
    const daemon = await context.daemon();
    const params = { source: { path: resolve(context.cwd, file) } };
    const { data, csv } = await daemon.request<PlotDataResult>(methods.plotData, params, context.signal);
    if (format === 'json') printJson(context.terminal, data);
    else context.terminal.out(csv);
    for (const warning of data.warnings) context.terminal.err(`warning: ${warning}\n`);
    return 0;
  },
};
