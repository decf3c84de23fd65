import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../support/importsOf';

// `npm run build` comes first.

/** What tells ONNX Runtime that it is under test: then it reports nothing by itself, and this would prove nothing. */
const TESTING = /^(CI|TF_BUILD|GITHUB_ACTIONS|ORT_.*|.*_CI)$/;

/** The one that the command line started, if it did. */
function stopDaemon(store: string): void {
  const file = join(store, 'daemon.json');
  if (existsSync(file)) process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 'SIGTERM');
}

test('ONNX Runtime keeps no identifier of this machine and no file of reports', () => {
  const home = mkdtempSync(join(tmpdir(), 'onelens-telemetry-'));
  try {
    const kept = Object.entries(process.env).filter(([name]) => !TESTING.test(name) && !name.startsWith('XDG_'));
    const env = { ...Object.fromEntries(kept), HOME: home, ONELENS_HOME: join(home, 'store') };
    // text in the picture is read by a graph of its own: the library is loaded and used
    const facts = execFileSync('node', [join(REPOSITORY, 'dist/cli.js'), 'facts', 'media/samples/plot.png'], {
      cwd: REPOSITORY,
      env,
      encoding: 'utf8',
    });
    expect(facts).toContain('Air temperature');
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /microsoft|onnxruntime|deviceid/i.test(name))).toEqual([]);
  } finally {
    stopDaemon(join(home, 'store'));
    rmSync(home, { recursive: true, force: true });
  }
});
