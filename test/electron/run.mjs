// `npm run test:electron`: what the end-to-end tests check, in a desktop VS Code. Where that cannot be had, one line says
// why and the exit code is 0: `npm run test:e2e` covers the same in a workbench that npm alone brings.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchVsCode } from './fetchVsCode.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const found = await fetchVsCode().catch((error) => ({ reason: `VS Code could not be downloaded (${error.message})` }));
const { reason } = found.reason ? found : { reason: missingDisplay() };
if (reason) {
  console.log(`not run: ${reason}`);
  // a download that was given up may still hold a socket
  process.exit(0);
}
const build = spawnSync('npm', ['run', '--silent', 'build'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
if (build.status !== 0) process.exit(1);
// only now: it needs what the build installs
const { runSuite } = await import('./runSuite.mjs');
process.exit((await runSuite(found)) ? 0 : 1);

function missingDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return undefined;
  return 'VS Code needs a display; try `xvfb-run -a npm run test:electron`';
}
