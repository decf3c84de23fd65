// `npm test`: installs, builds and runs everything, keeps going after a failure, and ends with one line
// `N passed, N failed`. For developers: --only unit|contract|integration|e2e|checks, --no-e2e.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'out/test-results');
const { values: options } = parseArgs({ options: { only: { type: 'string' }, 'no-e2e': { type: 'boolean' } } });
const totals = { passed: 0, failed: 0, skipped: 0 };
const report = [];

const wanted = (part) => (options.only ? options.only === part : !(part === 'e2e' && options['no-e2e']));
const bin = (name) => join(root, 'node_modules/.bin', name);

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const ready = step('install', 'node', ['scripts/setup.mjs']) && step('build', 'npm', ['run', '--silent', 'build']);
if (ready) {
  if (wanted('checks')) {
    step('types and layers (tsc -b)', bin('tsc'), ['-b']);
    step('lint and format (biome)', bin('biome'), ['check', '.']);
    smokeOfTraining();
  }
  for (const project of ['unit', 'contract', 'integration']) if (wanted(project)) vitest(project);
  if (wanted('e2e')) endToEnd();
}
console.log(`\n${report.join('\n')}\n`);
const skipped = totals.skipped ? `, ${totals.skipped} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed === 0 ? 0 : 1;

/** Runs one command that counts as one test. */
function step(name, command, args, minutes = 10) {
  console.log(`\n== ${name}`);
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: minutes * 60_000,
  });
  const passed = run.status === 0;
  count(name, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  return passed;
}

function count(name, { passed, failed, skipped }) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  report.push(
    `${failed ? 'FAILED' : 'ok    '}  ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
  );
}

function vitest(project) {
  console.log(`\n== ${project}`);
  const file = join(results, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const run = spawnSync(bin('vitest'), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 15 * 60_000,
  });
  countFile(project, file, run.status, (json) => ({
    passed: json.numPassedTests,
    // a file that cannot be loaded has no tests of its own, and is a failure all the same
    failed:
      json.numFailedTests +
      json.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length,
    skipped: json.numPendingTests,
  }));
}

function endToEnd() {
  console.log('\n== end to end');
  const file = join(results, 'e2e.json');
  const run = spawnSync('node', ['test/e2e/run.mjs', '--json', file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 20 * 60_000,
  });
  countFile('end to end', file, run.status, (json) => json);
}

/** A part that ended badly counts as at least one failure, whatever its report says. */
function countFile(name, file, status, read) {
  if (!existsSync(file)) return count(name, { passed: 0, failed: 1, skipped: 0 });
  const counts = read(JSON.parse(readFileSync(file, 'utf8')));
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  count(name, counts);
}

/** A few training steps on data made in memory, where a Python with PyTorch is at hand. */
function smokeOfTraining() {
  const python = [process.env.ONELENS_PYTHON, 'python3'].find(
    (p) => p && spawnSync(p, ['-c', 'import torch, numpy'], { timeout: 60_000 }).status === 0,
  );
  if (python) return step('training smoke run', python, ['training/smoke.py'], 5);
  report.push('skipped training smoke run: no Python with PyTorch (set ONELENS_PYTHON)');
  totals.skipped += 1;
  return true;
}
