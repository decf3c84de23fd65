import { relative } from 'node:path';
import { errors } from '../../common/errors';
import type { Fact } from '../../protocol/facts';
import type { AskResult } from '../../protocol/messages';
import { askOnce } from '../askOnce';
import { type Command, type CommandContext, exactly, MODEL_OPTION, textOption } from '../command';
import { formatFacts } from '../formatFacts';
import { listSamples, type Sample } from '../samples';
import { summaryLine } from './ask';

export const demo: Command = {
  name: 'demo',
  usage: '',
  summary: 'Ask one question about each sample that came with OneLens.',
  options: { ...MODEL_OPTION },
  async run(args, context) {
    exactly(demo, args, 0);
    const samples = listSamples(context.installation.root);
    if (samples.length === 0) throw errors.fileMissing(`${context.installation.root}/media/samples`);
    for (const sample of samples) await show(sample, context, textOption(args, 'model'));
    return 0;
  },
};

/** The file, the question, the answer as it comes, how sure it is, and what was measured. */
async function show(sample: Sample, context: CommandContext, model: string | undefined): Promise<void> {
  const { terminal, cwd } = context;
  terminal.out(`\n${sample.kind}: ${relative(cwd, sample.path) || sample.path}\n  question  ${sample.question}\n`);
  let begun = false;
  const begin = () => {
    if (!begun) terminal.out('  answer    ');
    begun = true;
  };
  const question = { files: [sample.path], question: sample.question, model };
  const result: AskResult = await askOnce(question, context, (text) => {
    begin();
    terminal.out(text);
  });
  begin();
  terminal.out(`\n            ${summaryLine(result)}\n  measured\n`);
  terminal.out(formatFacts(result.media[0]?.facts.filter(isShort) ?? [], '    ', WIDTH));
  if (result.stopped === 'cancelled') throw errors.cancelled();
}

const WIDTH = 110;

/** Long lists (all colours, all bounds of parts) are for `onelens facts`. */
const isShort = (fact: Fact) => JSON.stringify(fact.value).length <= 60;
