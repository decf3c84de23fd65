import { errors } from '../../common/errors';
import { askOnce } from '../askOnce';
import {
  type Command,
  type CommandContext,
  exactly,
  JSON_OPTION,
  MODEL_OPTION,
  printJson,
  textOption,
} from '../command';
import { listSamples, type SampleKind } from '../samples';
import { SUITES, type SuiteCase } from '../suites';

interface CaseResult {
  kind: SampleKind;
  question: string;
  answer: string;
  confidence: number;
  right: boolean;
}

interface KindResult {
  kind: SampleKind;
  asked: number;
  right: number;
}

export const evaluate: Command = {
  name: 'eval',
  usage: 'SUITE',
  summary: 'Ask a suite of questions with known answers and count the right ones.',
  options: { ...JSON_OPTION, ...MODEL_OPTION },
  async run(args, context) {
    const name = args.positionals[0];
    const suite = name === undefined ? undefined : SUITES[name];
    const suites = Object.keys(SUITES).join(', ');
    if (!suite) throw errors.usage(`onelens eval has no suite "${name ?? ''}"; there is ${suites}.`);
    exactly(evaluate, args, 1);
    const cases: CaseResult[] = [];
    for (const one of suite) cases.push(await askCase(one, context, textOption(args, 'model')));
    const kinds = countByKind(cases);
    if (args.options.json) printJson(context.terminal, { suite: name, kinds, cases });
    else context.terminal.out(format(cases, kinds));
    return 0;
  },
};

async function askCase(one: SuiteCase, context: CommandContext, model: string | undefined): Promise<CaseResult> {
  const sample = listSamples(context.installation.root).find((s) => s.kind === one.sample);
  if (!sample) throw errors.fileMissing(`${context.installation.root}/media/samples (${one.sample})`);
  const question = { files: [sample.path], question: one.question, model };
  const result = await askOnce(question, context, () => {});
  if (result.stopped === 'cancelled') throw errors.cancelled();
  const { text: answer, confidence } = result;
  return { kind: one.sample, question: one.question, answer, confidence, right: one.accept.test(answer) };
}

function countByKind(cases: CaseResult[]): KindResult[] {
  const kinds = [...new Set(cases.map((c) => c.kind))];
  return kinds.map((kind) => {
    const own = cases.filter((c) => c.kind === kind);
    return { kind, asked: own.length, right: own.filter((c) => c.right).length };
  });
}

function format(cases: CaseResult[], kinds: KindResult[]): string {
  const lines = cases.map((c) => `${c.right ? 'right' : 'WRONG'}  ${c.kind}: ${c.question}  ${c.answer}\n`);
  const counts = kinds.map((k) => `${k.kind.padEnd(12)} ${k.right} of ${k.asked}\n`);
  return `${lines.join('')}\n${counts.join('')}`;
}
