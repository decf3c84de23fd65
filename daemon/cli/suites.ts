import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errors } from '../common/errors';
import type { CommandContext } from './command';
import { listSamples, type SampleKind } from './samples';

/** A question about files with a known answer. */
export interface SuiteCase {
  /** What is counted together. */
  group: string;
  /** Absolute paths. */
  files: string[];
  question: string;
  /** An answer counts as right when it matches. */
  accept: RegExp;
}

interface SampleCase {
  sample: SampleKind;
  question: string;
  accept: RegExp;
}

/** Questions about the samples that came with OneLens. */
const SMOKE: readonly SampleCase[] = [
  { sample: 'plot', question: 'What kind of plot is this?', accept: /\bline/i },
  { sample: 'plot', question: 'How many lines are there?', accept: /\b(two|2)\b/i },
  { sample: 'plot', question: 'Describe this.', accept: /\bline/i },
  { sample: 'photograph', question: 'What is in this picture?', accept: /fish/i },
  { sample: 'photograph', question: 'Describe this.', accept: /fish/i },
  { sample: 'recording', question: 'What sound is this?', accept: /dog|bark/i },
  { sample: 'recording', question: 'Describe this.', accept: /dog|bark/i },
  { sample: 'point cloud', question: 'What object is this?', accept: /chair/i },
  { sample: 'point cloud', question: 'Describe this.', accept: /chair/i },
];

const MAKE_NANO =
  "The held-out suite is made from data that is not ours to ship: 'python -m data.suite' in training/ makes it " +
  '(training/README.md), and --out names the folder.';

/** Bytes of a suite.json; characters of a pattern. */
const LARGEST_SUITE = 64 << 20;
const LONGEST_PATTERN = 4000;

/**
 * The cases of a suite: `smoke`; `nano`, which is ONELENS_HOME/suites/nano; or a folder with a suite.json as
 * training/data/suite.py writes it. Throws USAGE where there is none or where it is no suite.
 */
export function loadSuite(name: string, context: Pick<CommandContext, 'home' | 'cwd' | 'installation'>): SuiteCase[] {
  if (name === 'smoke') return SMOKE.map((one) => sampleCase(one, context.installation.root));
  const known = name === 'nano';
  const folder = known ? join(context.home, 'suites', 'nano') : resolve(context.cwd, name);
  const file = join(folder, 'suite.json');
  if (!existsSync(file)) {
    if (known) throw errors.usage(`There is no ${file}. ${MAKE_NANO}`);
    throw errors.usage(`onelens eval has no suite "${name}"; there is smoke, nano, and any folder with a suite.json.`);
  }
  return parseSuite(file, folder);
}

function sampleCase({ sample, question, accept }: SampleCase, root: string): SuiteCase {
  const found = listSamples(root).find((s) => s.kind === sample);
  if (!found) throw errors.fileMissing(`${root}/media/samples (${sample})`);
  return { group: sample, files: [found.path], question, accept };
}

function parseSuite(file: string, folder: string): SuiteCase[] {
  const bad = (what: string) => errors.usage(`${file} is no suite: ${what}.`);
  if (statSync(file).size > LARGEST_SUITE) throw bad(`it has more than ${LARGEST_SUITE >> 20} MiB`);
  let cases: unknown;
  try {
    cases = (JSON.parse(readFileSync(file, 'utf8')) as { cases?: unknown }).cases;
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(cases) || cases.length === 0) throw bad('"cases" must be a list that is not empty');
  return cases.map((one, i) =>
    parseCase(one as Record<string, unknown>, folder, (what) => bad(`case ${i + 1}: ${what}`)),
  );
}

function parseCase(one: Record<string, unknown>, folder: string, bad: (what: string) => Error): SuiteCase {
  const { group, files, question, accept } = one ?? {};
  const texts = Array.isArray(files) && files.length > 0 && files.every((f) => typeof f === 'string');
  if (typeof group !== 'string' || typeof question !== 'string' || typeof accept !== 'string' || !texts)
    throw bad('"group", "question" and "accept" must be texts, "files" a list of texts');
  if (accept.length > LONGEST_PATTERN) throw bad(`"accept" is longer than ${LONGEST_PATTERN} characters`);
  try {
    return {
      group,
      files: (files as string[]).map((f) => resolve(folder, f)),
      question,
      accept: new RegExp(accept, 'i'),
    };
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}
