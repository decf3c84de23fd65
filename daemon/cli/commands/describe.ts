import { errors, type OneLensError, toOneLensError } from '../../common/errors';
import { askJson, askOnce } from '../askOnce';
import { type Command, JSON_OPTION, MAP_OPTIONS, MODEL_OPTION, mapHints, printJson, textOption } from '../command';
import { formatError } from '../formatError';

const QUESTION = 'Describe this.';

export const describe: Command = {
  name: 'describe',
  usage: 'FILE...',
  summary: 'Describe each file; goes on after a file that fails, and ends with the first failure’s exit code.',
  options: { ...MODEL_OPTION, ...JSON_OPTION, ...MAP_OPTIONS },
  async run(args, context) {
    const { terminal } = context;
    if (args.positionals.length === 0) throw errors.usage('onelens describe needs at least one FILE.');
    const json = args.options.json === true;
    const hints = mapHints(args, context.cwd);
    const answers: object[] = [];
    let failure: OneLensError | undefined;
    for (const file of args.positionals) {
      if (!json && args.positionals.length > 1) terminal.out(`${file}: `);
      try {
        const question = { files: [file], question: QUESTION, hints, model: textOption(args, 'model') };
        const result = await askOnce(question, context, (text) => {
          if (!json) terminal.out(text);
        });
        if (!json) terminal.out('\n');
        answers.push(askJson(result));
        if (result.stopped === 'cancelled') throw errors.cancelled();
      } catch (thrown) {
        const error = toOneLensError(thrown);
        failure ??= error;
        if (!json && args.positionals.length > 1) terminal.out('\n');
        terminal.err(formatError(error));
        // a cancel, or a daemon that is gone, concerns the other files as well
        if (error.exitCode === 6 || error.exitCode === 5) break;
      }
    }
    if (json) printJson(terminal, answers);
    return failure?.exitCode ?? 0;
  },
};
