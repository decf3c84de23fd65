// The proof of "nothing leaves this machine" for a whole run: the kernel's list of sockets of the extension host, the
// daemon and the engine, and what the latter two say that they do, through a Node that requires the recorder.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopback } from './addresses.mjs';
import { watchSockets } from './watchSockets.mjs';

const recorder = join(dirname(fileURLToPath(import.meta.url)), 'recorder.cjs');
const CONTROL_LIMIT_MS = 10_000;

/** @param {string} folder of this run  */
export function proveLoopback(folder) {
  const log = join(folder, 'network.jsonl');
  const node = join(folder, 'node');
  writeFileSync(
    node,
    `#!/bin/sh\nONELENS_TEST_NETWORK='${log}' NODE_OPTIONS='--require "${recorder}"' exec '${process.execPath}' "$@"\n`,
  );
  chmodSync(node, 0o755);
  const watch = watchSockets({ mark: folder });
  return {
    /** For the setting onelens.nodePath. */
    node,
    stop: () => watch.stop(),
    /** @returns {{what: string, problems: string[]}} */
    end() {
      const { samples, seen, objections } = watch.stop();
      const records = existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [];
      const recorded = [
        ...new Set(records.filter(({ target }) => !isLoopback(target)).map((r) => `${r.role}: ${r.what} ${r.target}`)),
      ];
      return {
        what: `${samples} looks at the sockets of ${seen.join(', ')}; ${records.length} network calls recorded`,
        problems: [...objections, ...recorded, ...unproven(seen, records)],
      };
    },
  };
}

/** A proof that looked at nothing proves nothing. */
function unproven(seen, records) {
  const missed = ['daemon', 'engine', 'extension host'].filter((role) => !seen.includes(role));
  const silent = ['daemon', 'engine'].filter((role) => !records.some((r) => r.role === role));
  const listened = records.some(({ role, what }) => role === 'daemon' && what === 'listen');
  return [
    ...missed.map((role) => `no ${role} was seen`),
    ...silent.map((role) => `the ${role} recorded nothing`),
    ...(listened ? [] : ['the daemon recorded no address that it listens on']),
  ];
}

/** That the watch would see it: a process called like the engine, which listens on all addresses. @returns {Promise<string[]>} */
export async function controlOfTheWatch(folder) {
  const script = join(folder, 'dist/engine.js');
  const code = "require('node:net').createServer().listen(0, '0.0.0.0', () => console.log('open'));";
  const child = spawn(process.execPath, ['-e', code, '--', script], {
    env: { ...process.env, ONELENS_MARK: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const watch = watchSockets({ mark: folder, everyMs: 1e6 });
  try {
    await Promise.race([
      new Promise((resolve) => child.stdout.once('data', resolve)),
      new Promise((_, reject) =>
        setTimeout(() => reject(new Error('the control never opened')), CONTROL_LIMIT_MS).unref(),
      ),
    ]);
    return watch.stop().objections;
  } finally {
    watch.stop();
    child.kill('SIGKILL');
  }
}
