import { errors, isOneLensError } from '../../common/errors';
import { askOnce } from '../askOnce';
import { type Calibration, calibrationOf } from '../calibration';
import {
  type Command,
  type CommandContext,
  exactly,
  JSON_OPTION,
  MODEL_OPTION,
  numberOption,
  printJson,
  textOption,
} from '../command';
import { loadSuite, type SuiteCase } from '../suites';

interface CaseResult {
  group: string;
  files: string[];
  question: string;
  answer: string;
  confidence: number;
  right: boolean;
  /** Why there is no answer: the code of a failure. Counts as wrong. */
  failed?: string;
}

interface GroupResult {
  group: string;
  asked: number;
  right: number;
  share: number;
}

/** Failures of the whole run, not of one case: no such model, or the daemon is gone, or the model is. */
const FATAL_EXIT_CODES = [2, 4, 5, 6];

export const evaluate: Command = {
  name: 'eval',
  usage: 'SUITE',
  summary: 'Ask a suite of questions with known answers and count the right ones.',
  options: { ...JSON_OPTION, ...MODEL_OPTION, limit: { type: 'string' } },
  async run(args, context) {
    const name = args.positionals[0];
    if (name === undefined)
      throw errors.usage('onelens eval needs a suite; there is smoke, nano, and any folder with a suite.json.');
    exactly(evaluate, args, 1);
    const limit = numberOption(args, 'limit', { min: 1, max: 1e6, integer: true });
    const suite = firstOfEach(loadSuite(name, context), limit);
    const model = textOption(args, 'model');
    const cases: CaseResult[] = [];
    for (const one of suite) {
      cases.push(await askCase(one, context, model));
      if (cases.length % 50 === 0) context.terminal.err(`${cases.length} of ${suite.length}\n`);
    }
    const groups = countByGroup(cases);
    const calibration = calibrationOf(cases.filter((c) => c.failed === undefined));
    if (args.options.json) printJson(context.terminal, { suite: name, groups, calibration, cases });
    else context.terminal.out(format(cases, groups, calibration));
    return 0;
  },
};

/** At most `limit` cases of each group, in their order. */
function firstOfEach(cases: SuiteCase[], limit = Number.POSITIVE_INFINITY): SuiteCase[] {
  const seen = new Map<string, number>();
  return cases.filter(({ group }) => {
    const n = (seen.get(group) ?? 0) + 1;
    seen.set(group, n);
    return n <= limit;
  });
}

async function askCase(one: SuiteCase, context: CommandContext, model: string | undefined): Promise<CaseResult> {
  const { group, files, question } = one;
  try {
    const result = await askOnce({ files, question, model }, context, () => {});
    if (result.stopped === 'cancelled') throw errors.cancelled();
    const { text: answer, confidence } = result;
    return { group, files, question, answer, confidence, right: one.accept.test(answer) };
  } catch (error) {
    if (!isOneLensError(error) || FATAL_EXIT_CODES.includes(error.exitCode) || context.signal.aborted) throw error;
    return { group, files, question, answer: '', confidence: 0, right: false, failed: error.code };
  }
}

function countByGroup(cases: CaseResult[]): GroupResult[] {
  const groups = [...new Set(cases.map((c) => c.group))];
  return groups.map((group) => {
    const own = cases.filter((c) => c.group === group);
    const right = own.filter((c) => c.right).length;
    return { group, asked: own.length, right, share: right / own.length };
  });
}

function format(cases: CaseResult[], groups: GroupResult[], { error }: Calibration): string {
  const told = (c: CaseResult) => (c.failed === undefined ? c.answer : `(${c.failed})`);
  const lines = cases.map((c) => `${c.right ? 'right' : 'WRONG'}  ${c.group}: ${c.question}  ${told(c)}\n`);
  const width = Math.max(12, ...groups.map((g) => g.group.length));
  const counts = groups.map((g) => `${g.group.padEnd(width)} ${g.right} of ${g.asked}\n`);
  return `${lines.join('')}\n${counts.join('')}calibration error of the confidence: ${error.toFixed(3)}\n`;
}
