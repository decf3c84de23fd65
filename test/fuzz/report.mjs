const COLUMNS = ['decoded', 'FILE_DAMAGED', 'FILE_TRUNCATED', 'FILE_UNSUPPORTED', 'FILE_TOO_LARGE', 'MEDIA_EMPTY'];
const SHORT = {
  FILE_DAMAGED: 'damaged',
  FILE_TRUNCATED: 'truncated',
  FILE_UNSUPPORTED: 'unsupported',
  FILE_TOO_LARGE: 'too large',
  MEDIA_EMPTY: 'empty',
};

const HEAD = [
  'format',
  'files',
  'rounds',
  ...COLUMNS.map((code) => SHORT[code] ?? code),
  'slowest ms',
  'memory MiB',
  'failures',
];

/** Markdown, one row a format. */
export function toTable(results, withHead) {
  const rows = results.map((r) => [
    r.format,
    r.samples,
    r.rounds,
    ...COLUMNS.map((code) => r.codes[code] ?? 0),
    Math.round(r.slowest),
    Math.round(r.peakMib),
    r.failures.length,
  ]);
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const head = [row(HEAD), row(HEAD.map((_, i) => (i === 0 ? '---' : '---:')))];
  return [...(withHead ? head : []), ...rows.map(row)].join('\n');
}

/** The text of RESULTS.md. */
export function toResults(results, { seed, rounds }) {
  const total = results.reduce((sum, r) => sum + r.rounds, 0);
  const failures = results.flatMap((r) =>
    r.failures.map(({ round, what }) => `- ${r.format} --round ${round}: ${what}`),
  );
  return `# Fuzz run

\`node test/fuzz/run.mjs --rounds ${rounds} --seed ${seed} --write\`: ${results.length} formats, ${total.toLocaleString('en-US')} mutated files.

Each row: the whole files (fixtures) that were mutated, the rounds, how many decoded all the same and which errors the
others gave, the slowest round, and the largest resident memory beyond what the process has after the whole files.
Formats that are read piece by piece were decoded so as well, in pieces of 509 bytes. A failure is: an error that is
none of the decoders', media that make no sense, a crash, two seconds, 512 MiB (a picture 1024), or anything printed. Times are of the processor, all threads
together, as other programs ran meanwhile; by the clock the limit is ten seconds.

${toTable(results, true)}

${failures.length ? failures.join('\n') : 'No failures.'}
`;
}
