import type { SampleKind } from './samples';

export interface SuiteCase {
  sample: SampleKind;
  question: string;
  /** An answer counts as right when it matches. */
  accept: RegExp;
}

/** What `onelens eval` can run: questions about the samples, through the whole product. */
export const SUITES: Readonly<Record<string, readonly SuiteCase[]>> = {
  smoke: [
    { sample: 'plot', question: 'What kind of plot is this?', accept: /\bline/i },
    { sample: 'plot', question: 'How many lines are there?', accept: /\b(two|2)\b/i },
    { sample: 'plot', question: 'Describe this.', accept: /\bline/i },
    { sample: 'photograph', question: 'What is in this picture?', accept: /fish/i },
    { sample: 'photograph', question: 'Describe this.', accept: /fish/i },
    { sample: 'recording', question: 'What sound is this?', accept: /dog|bark/i },
    { sample: 'recording', question: 'Describe this.', accept: /dog|bark/i },
    { sample: 'point cloud', question: 'What object is this?', accept: /chair/i },
    { sample: 'point cloud', question: 'Describe this.', accept: /chair/i },
  ],
};
