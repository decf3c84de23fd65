import { errors } from '../../common/errors';
import { type Command, choiceOption, exactly } from '../command';

export const plotData: Command = {
  name: 'plot-data',
  usage: 'FILE',
  summary: 'The numbers behind a plot (not in this version).',
  options: { format: { type: 'string' } },
  async run(args) {
    exactly(plotData, args, 1);
    choiceOption(args, 'format', ['csv', 'json']);
    throw errors.notYet('Reading the numbers behind a plot', "Ask about the plot with 'onelens ask' meanwhile.");
  },
};
