import { runRounds } from './watch.mjs';

/** A slow or large round is tried again alone: another program may have held the processor, garbage the memory. */
const TRIES = 3;

/** All rounds of one format. Returns counts by code, the slowest round, the memory, and the failures. */
export async function fuzzFormat(options, log) {
  const { format, from, to } = options;
  const result = {
    format,
    rounds: to - from,
    samples: 0,
    codes: {},
    stream: {},
    slowest: 0,
    slowestRound: -1,
    peakMib: 0,
    failures: [],
  };
  const bad = (round, what) => {
    if (result.failures.some((failure) => failure.round === round && failure.what === what)) return;
    result.failures.push({ round, what });
    if (result.failures.length <= 20) log(`FAILED ${format} --seed ${options.seed} --round ${round}: ${what}`);
  };
  const count = ({ round, ms, code, stream }) => {
    result.codes[code] = (result.codes[code] ?? 0) + 1;
    if (stream !== '-') result.stream[stream] = (result.stream[stream] ?? 0) + 1;
    if (ms > result.slowest && ms <= 2000) [result.slowest, result.slowestRound] = [ms, round];
  };
  for (let next = from; next < to; ) {
    const run = await runRounds({ ...options, from: next }, count, bad);
    result.samples = run.samples || result.samples;
    result.peakMib = Math.max(result.peakMib, run.suspect ? 0 : run.peakMib);
    if (run.suspect) await confirm(options, run.suspect, { count, bad, result });
    next = run.next;
  }
  return result;
}

async function confirm(options, { round, what }, { count, bad, result }) {
  let last = what;
  for (let n = 0; n < TRIES; n++) {
    const rows = [];
    const run = await runRounds({ ...options, from: round, to: round + 1 }, (row) => rows.push(row), bad);
    if (!run.suspect) {
      result.peakMib = Math.max(result.peakMib, run.peakMib);
      if (what.startsWith('took')) return rows.forEach(count);
      return bad(round, `${what}; not when tried alone`);
    }
    last = run.suspect.what;
  }
  return bad(round, last);
}
