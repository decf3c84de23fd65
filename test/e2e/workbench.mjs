// A real VS Code workbench (code-server) with the staged extension, for tests and for `npm run demo -- --editor`.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stageExtension } from '../../scripts/stage.mjs';
import { cacheFolder, install, paths } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const READY_LIMIT_MS = 60_000;

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'files.autoSave': 'off',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** A window starts in Restricted Mode and asks nothing. */
const TRUST = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/**
 * Starts the workbench on `workspace`; `home` becomes ONELENS_HOME, so the daemon is this workbench's own.
 * @param {{workspace: string, home: string, settings?: object, env?: object, port?: number, vsix?: string, trust?: boolean, otherExtensions?: string[], language?: string}} options
 * `vsix`: installed as a person installs it, in place of the staged folder; `trust`: workspace trust is on, as by default in VS Code
 * @returns {Promise<{url: string, home: string, folder: string, output: () => string, stop: () => Promise<void>}>}
 */
export async function startWorkbench({
  workspace,
  home,
  settings = {},
  env = {},
  port,
  vsix,
  trust = false,
  otherExtensions = [],
  language,
}) {
  install();
  const folder = mkdtempSync(join(tmpdir(), 'onelens-workbench-'));
  const user = join(folder, 'user/User');
  mkdirSync(user, { recursive: true });
  // settings of the machine are read from a file of their own where the extension host is remote, as it is here
  const machine = join(folder, 'user/Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify(settings, null, 2));
  writeFileSync(
    join(user, 'settings.json'),
    JSON.stringify({ ...SETTINGS, ...(trust ? TRUST : {}), ...settings }, null, 2),
  );
  const extensions = join(folder, 'extensions');
  mkdirSync(extensions);
  for (const other of otherExtensions) cpSync(other, join(extensions, basename(other)), { recursive: true });
  if (vsix) installVsix(vsix, join(folder, 'user'), extensions);
  else installExtension(extensions);
  const usedPort = port ?? (await freePort());
  const server = spawn(
    paths.node,
    [
      paths.codeServer,
      ...[
        '--user-data-dir',
        join(folder, 'user'),
        '--extensions-dir',
        extensions,
        '--config',
        join(folder, 'config.yaml'),
      ],
      ...['--disable-telemetry', '--disable-update-check', '--auth', 'none', '--bind-addr', `127.0.0.1:${usedPort}`],
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...(language ? ['--locale', useLanguage(join(folder, 'user'), language)] : []),
      '--disable-getting-started-override',
    ],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...env,
        ONELENS_HOME: home,
        XDG_CONFIG_HOME: join(folder, 'xdg'),
        XDG_DATA_HOME: join(folder, 'xdgdata'),
      },
    },
  );
  const output = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
  const stop = async () => {
    stopDaemon(home);
    killGroup(server.pid, 'SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 500));
    killGroup(server.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await waitHealthy(`http://127.0.0.1:${usedPort}/healthz`, server);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${output.join('').slice(-2000)}`);
  }
  return {
    url: `http://127.0.0.1:${usedPort}/?${workspace.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURI(workspace)}`,
    home,
    folder,
    output: () => output.join(''),
    stop,
  };
}

/** A language pack that translates nothing of VS Code itself: what is not English then is ours. @returns {string} the language */
function useLanguage(user, language) {
  const file = join(user, 'translations.json');
  writeFileSync(file, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `e2e.${language}` }, version: '0.0.1' }];
  const pack = { hash: `e2e-${language}`, label: language, extensions, translations: { vscode: file } };
  writeFileSync(join(user, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  return language;
}

/** What the VSIX says is what the workbench checks: manifest, engine, platform. */
function installVsix(vsix, user, extensions) {
  const args = [paths.codeServer, '--install-extension', vsix, '--user-data-dir', user, '--extensions-dir', extensions];
  const { status, stderr } = spawnSync(paths.node, args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`the VSIX was not installed: ${stderr.slice(-600)}`);
}

/** Copies the staged extension; staging itself is done once a build. */
function installExtension(extensions) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const staged = join(cacheFolder, 'staged');
  stageExtension(staged);
  const target = join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  cpSync(staged, target, { recursive: true, filter: (source) => !source.includes(join('staged', 'node_modules')) });
  symlinkSync(join(staged, 'node_modules'), join(target, 'node_modules'));
}

/** Ends the daemon that the extension started under this home. */
export function stopDaemon(home) {
  const file = join(home, 'daemon.json');
  if (!existsSync(file)) return;
  try {
    process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 'SIGTERM');
  } catch {
    // it ended by itself
  }
}

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}

async function waitHealthy(url, server) {
  const until = Date.now() + READY_LIMIT_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`the workbench ended with code ${server.exitCode}`);
    const healthy = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the workbench did not answer within ${READY_LIMIT_MS / 1000} s`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
