// End to end, as a person does it: a real workbench in Chromium, the built extension, the real daemon, real files.
// node test/e2e/run.mjs [--json FILE] [--only TEXT|TEXT...]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageFor } from '../../scripts/package.mjs';
import { HERE } from '../../scripts/targets.mjs';
import { openBrowser, screenshots } from './driver.mjs';
import { expectedFacts, makeSlowPack, makeWorkspace } from './files.mjs';
import { install } from './install.mjs';
import { controlOfTheWatch, proveLoopback } from './network/proof.mjs';
import * as agents from './scenarios/agents.mjs';
import * as describe from './scenarios/describe.mjs';
import * as failures from './scenarios/failures.mjs';
import * as find from './scenarios/find.mjs';
import * as folders from './scenarios/folder.mjs';
import * as several from './scenarios/folders.mjs';
import * as history from './scenarios/history.mjs';
import * as languages from './scenarios/languages.mjs';
import * as looks from './scenarios/looks.mjs';
import * as packaged from './scenarios/packaged.mjs';
import * as places from './scenarios/places.mjs';
import * as plots from './scenarios/plots.mjs';
import * as previews from './scenarios/previews.mjs';
import * as trust from './scenarios/trust.mjs';
import * as welcome from './scenarios/welcome.mjs';
import * as windows from './scenarios/windows.mjs';
import { startWorkbench } from './workbench.mjs';

const SCENARIO_LIMIT_MS = 120_000;
const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const counts = { passed: 0, failed: 0, skipped: 0 };

install();
rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'onelens-e2e-'));
const control = await controlOfTheWatch(folder);
const network = proveLoopback(folder);
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
  await session({ workspace, home }, welcome.scenarios);
  for (const language of languages.languages)
    await session({ workspace, home, language }, languages.scenariosIn(language));
  await session({ workspace, home, trust: true }, trust.scenarios);
  const severalFolders = several.makeFolders(join(folder, 'several'), workspace);
  const memory = {
    otherExtensions: [join(here, 'extensions/memory')],
    env: { ONELENS_TEST_MEMORY: join(folder, 'several/memory') },
  };
  await session({ workspace: severalFolders, home, ...memory }, several.scenarios);
  await session({ workspace, home: join(folder, 'packaged'), packaged: true }, packaged.scenarios);
  // a large model with random weights answers slowly and never ends by itself: something to stop and to kill
  const slowHome = join(folder, 'slow');
  const slow = makeSlowPack(slowHome, join(folder, 'checkpoint'));
  const settings = { 'onelens.model': slow, 'onelens.maxTokens': 400 };
  await session({ workspace, home: slowHome, settings }, [...failures.scenarios, ...history.slowScenarios]);
  reportNetwork();
} finally {
  network.stop();
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
  const texts = options.only?.split('|');
  const wanted = scenarios.filter((s) => !texts || texts.some((text) => s.name.includes(text)));
  if (wanted.length === 0) return;
  // without the machine's ffmpeg, so that the panel's own decoders are what decodes a video
  const settings = { 'onelens.nodePath': network.node, ...workbenchOptions.settings };
  const vsix = workbenchOptions.packaged ? packageFor(HERE) : undefined;
  const workbench = await startWorkbench({
    ...workbenchOptions,
    settings,
    vsix,
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

/** The whole run is one more test: no socket but loopback. */
function reportNetwork() {
  const name = 'nothing but loopback in the whole run';
  const { what, problems } = network.end();
  if (control.length === 0) problems.push('a socket opened on all addresses on purpose was not seen');
  counts[problems.length > 0 ? 'failed' : 'passed'] += 1;
  console.log(`${problems.length > 0 ? 'FAILED ' : 'ok     '} ${name} (${what})`);
  for (const problem of problems) console.log(`        ${problem}`);
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
