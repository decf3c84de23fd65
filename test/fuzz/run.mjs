// Fuzz run: mutated files of every format, decoded in a process that is watched from outside.
//   node test/fuzz/run.mjs [--rounds 20000] [--format id] [--seed S] [--jobs 1] [--write] [--json FILE]
//       a table; --write puts it in RESULTS.md; --json keeps and continues the results of runs of single formats;
//       --jobs is the number of processes
//   node test/fuzz/run.mjs --format id --seed S --round N [--out FILE]             one round again; --out only makes the file
// Exit code 1 where a file crashed, hung or ate memory, or gave an error that is none of the decoders' (format.ts).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorker } from './bundle.mjs';
import { fuzzFormat } from './fuzzFormat.mjs';
import { listFormats } from './listFormats.mjs';
import { toResults, toTable } from './report.mjs';

const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20000' },
    format: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    round: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const common = { worker: await bundleWorker(), seed: Number(values.seed), fixtures: join(ROOT, 'test/fixtures') };

if (values.out) {
  makeFile(values.format[0], Number(values.round), values.out);
} else {
  const rounds = values.round
    ? { from: Number(values.round), to: Number(values.round) + 1 }
    : { from: 0, to: Number(values.rounds) };
  const ids = values.format ?? (await listFormats());
  const results = [];
  const waiting = [...ids];
  const work = async () => {
    for (let format = waiting.shift(); format; format = waiting.shift()) {
      const result = await fuzzFormat({ ...common, format, ...rounds }, console.log);
      results.push(result);
      if (values.json) writeFileSync(values.json, JSON.stringify(withEarlier(results, ids)));
      console.log(toTable([result], results.length === 1));
      for (const { round } of result.failures.slice(0, 20)) keep(format, round);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  results.sort((a, b) => ids.indexOf(a.format) - ids.indexOf(b.format));
  const failures = results.flatMap(({ format, failures }) => failures.map((failure) => ({ format, ...failure })));
  console.log(`\n${toTable(results, true)}\n\n${failures.length} failures, seed ${values.seed}`);
  if (values.write)
    writeFileSync(
      join(ROOT, 'test/fuzz/RESULTS.md'),
      toResults(values.json ? withEarlier(results, await listFormats()) : results, values),
    );
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** Results of earlier runs into the same file count where this run has none; in the order of `ids`, others after them. */
function withEarlier(results, ids) {
  const earlier = existsSync(values.json) ? JSON.parse(readFileSync(values.json, 'utf8')) : [];
  const all = [...results, ...earlier.filter((old) => !results.some((result) => result.format === old.format))];
  const place = ({ format }) => (ids.includes(format) ? ids.indexOf(format) : ids.length);
  return all.sort((a, b) => place(a) - place(b));
}

/** Keeps a failing input in out/fuzz/failures. */
function keep(format, round) {
  const folder = join(ROOT, 'out/fuzz/failures');
  mkdirSync(folder, { recursive: true });
  makeFile(format, round, join(folder, `${format}-${values.seed}-${round}.bin`));
}

function makeFile(format, round, out) {
  rmSync(out, { force: true });
  const args = [common.worker, format, common.seed, round, round + 1, common.fixtures, out].map(String);
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${out} could not be made`);
}
