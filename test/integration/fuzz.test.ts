/** The fuzz run (test/fuzz): its watch sees what goes wrong, and 300 mutated files of every format end well. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../daemon/decoders';

const ROOT = join(__dirname, '../..');
const ROUNDS = 300;

interface Result {
  format: string;
  rounds: number;
  codes: Record<string, number>;
  failures: Array<{ round: number; what: string }>;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onelens-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that ends every round but the third well; there it does this. */
function workerThat(deed: string): string {
  const file = join(folder, 'worker.cjs');
  writeFileSync(
    file,
    `const say = (line) => require('fs').writeSync(3, line + '\\n');
    const [, , , , from, to] = process.argv;
    say('base 40000 1');
    for (let round = Number(from); round < Number(to); round++) {
      say('begin ' + round + ' ' + process.cpuUsage().user / 1000);
      if (round === 3) { ${deed} }
      say('end ' + round + ' 1.0 FILE_DAMAGED - 50000');
    }`,
  );
  return file;
}

async function fuzzWith(worker: string): Promise<Result> {
  const { fuzzFormat } = await import(join(ROOT, 'test/fuzz/fuzzFormat.mjs'));
  return fuzzFormat({ worker, format: 'fake', seed: 1, fixtures: '', from: 0, to: 6 }, () => {});
}

describe('the watch over a decoding process', () => {
  it.each([
    ['a hang', 'for (;;);', /took more than 2000 ms/],
    ['a crash', 'process.abort();', /ended the process \(SIGABRT\)/],
    ['an end', 'process.exit(7);', /ended the process \(7\)/],
    ['too much memory', "say('end 3 1.0 decoded - 900000');", /took 840 MiB/],
    ['a slow round', "say('end 3 2500.0 decoded - 50000');", /took 2500/],
    ['a wrong result', "say('bad 3 decoded to nonsense');", /decoded to nonsense/],
  ])('%s is a failure of its round, and the others are played', { timeout: 60_000 }, async (_what, deed, says) => {
    const { failures, codes } = await fuzzWith(workerThat(deed));
    expect(failures.map(({ round }) => round)).toEqual([3]);
    expect(failures[0]!.what).toMatch(says);
    expect(codes.FILE_DAMAGED).toBeGreaterThanOrEqual(5);
  });
});

it(`${ROUNDS} mutated files of every format: no crash, no hang, no memory, no wrong error`, {
  timeout: 600_000,
}, () => {
  const json = join(folder, 'results.json');
  const args = ['test/fuzz/run.mjs', '--rounds', String(ROUNDS), '--seed', '7', '--jobs', '2', '--json', json];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const results = JSON.parse(readFileSync(json, 'utf8')) as Result[];
  expect(results.flatMap(({ format, failures }) => failures.map((failure) => ({ format, ...failure })))).toEqual([]);
  expect(status, stdout.slice(-1000)).toBe(0);
  expect(results.map(({ format }) => format).sort()).toEqual(formats.map(({ id }) => id).sort());
  for (const { codes } of results) expect(Object.values(codes).reduce((sum, n) => sum + n, 0)).toBe(ROUNDS);
  // the mutations are neither all harmless nor all fatal
  for (const { format, codes } of results) expect(codes.decoded, format).toBeLessThan(ROUNDS);
});
