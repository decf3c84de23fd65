// End to end, as a person does it: a real workbench in Chromium, the built extension, the real daemon, real files.
// node test/e2e/run.mjs [--json FILE] [--only TEXT]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, screenshots } from './driver.mjs';
import { expectedFacts, makeSlowPack, makeWorkspace } from './files.mjs';
import { install } from './install.mjs';
import * as agents from './scenarios/agents.mjs';
import * as describe from './scenarios/describe.mjs';
import * as failures from './scenarios/failures.mjs';
import * as find from './scenarios/find.mjs';
import * as folders from './scenarios/folder.mjs';
import * as history from './scenarios/history.mjs';
import * as looks from './scenarios/looks.mjs';
import * as places from './scenarios/places.mjs';
import * as plots from './scenarios/plots.mjs';
import * as previews from './scenarios/previews.mjs';
import * as windows from './scenarios/windows.mjs';
import { startWorkbench } from './workbench.mjs';

const SCENARIO_LIMIT_MS = 120_000;
const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const counts = { passed: 0, failed: 0, skipped: 0 };

install();
rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'onelens-e2e-'));
try {
  const home = join(folder, 'home');
  const workspace = makeWorkspace(join(folder, 'workspace'));
  await session({ workspace, home }, [
    ...describe.scenarios,
    ...plots.scenarios,
    ...places.scenarios,
    ...previews.scenarios,
    ...windows.scenarios,
    ...folders.scenarios,
    ...find.scenarios,
  ]);
  await session({ workspace, home }, history.scenarios);
  for (const theme of looks.themes) {
    await session({ workspace, home, settings: theme.settings }, [
      ...looks.scenariosIn(theme),
      ...plots.scenariosIn(theme),
      ...places.scenariosIn(theme),
      ...history.scenariosIn(theme),
      ...folders.scenariosIn(theme),
      ...find.scenariosIn(theme),
      ...previews.scenariosIn(theme),
    ]);
  }
  await session({ workspace, home, ...agents.sessionOptions(folder) }, agents.scenarios);
  // a large model with random weights answers slowly and never ends by itself: something to stop and to kill
  const slowHome = join(folder, 'slow');
  const slow = makeSlowPack(slowHome, join(folder, 'checkpoint'));
  const settings = { 'onelens.model': slow, 'onelens.maxTokens': 400 };
  await session({ workspace, home: slowHome, settings }, [...failures.scenarios, ...history.slowScenarios]);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
if (options.json) {
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, JSON.stringify(counts));
}
console.log(`end to end: ${counts.passed} passed, ${counts.failed} failed (screenshots in ${screenshots})`);
process.exit(counts.failed ? 1 : 0);

/** One workbench and one browser for a list of scenarios, each in the same window unless it opens its own. */
async function session(workbenchOptions, scenarios) {
  const wanted = scenarios.filter((s) => !options.only || s.name.includes(options.only));
  if (wanted.length === 0) return;
  // without the machine's ffmpeg, so that the panel's own decoders are what decodes a video
  const workbench = await startWorkbench({
    ...workbenchOptions,
    env: { ONELENS_FFMPEG: '/no/ffmpeg', ...workbenchOptions.env },
  });
  const browser = await openBrowser();
  try {
    const window = await browser.newWindow(workbench.url);
    for (const scenario of wanted)
      await run(scenario, { ...workbenchOptions, workbench, browser, window, expectedFacts: expectedFacts() });
  } catch (error) {
    counts.failed += 1;
    console.log(`FAILED  opening the workbench\n        ${error.message}`);
  } finally {
    await browser.close().catch(() => {});
    await workbench.stop();
  }
}

/** A scenario has a second attempt in a window loaded anew, and the line says so: a busy machine may lose a webview. */
async function run(scenario, context) {
  const started = Date.now();
  let failure = await attempt(scenario, context);
  const note = failure ? ', second attempt' : '';
  if (failure) console.log(`        first attempt: ${String(failure.message ?? failure).split('\n')[0]}`);
  if (failure) {
    await context.window.screenshot(`first-attempt-${scenario.name.replace(/\W+/g, '-')}`).catch(() => {});
    failure = await context.window.reload().then(
      () => attempt(scenario, context),
      (error) => error,
    );
  }
  counts[failure ? 'failed' : 'passed'] += 1;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${failure ? 'FAILED ' : 'ok     '} ${scenario.name} (${seconds} s${note})`);
  if (!failure) return;
  console.log(
    `        ${String(failure.stack ?? failure)
      .split('\n')
      .slice(0, 6)
      .join('\n        ')}`,
  );
  await context.window.screenshot(`failed-${scenario.name.replace(/\W+/g, '-')}`).catch(() => {});
}

/** @returns the error, or undefined */
async function attempt(scenario, context) {
  let timer;
  const limit = new Promise((_, reject) => {
    const what = `not done within ${SCENARIO_LIMIT_MS / 1000} s`;
    timer = setTimeout(() => reject(new Error(what)), SCENARIO_LIMIT_MS);
  });
  try {
    await Promise.race([scenario.run(context), limit]);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}
