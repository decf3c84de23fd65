import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** What the rule looks at; a parameter so that each platform can be tested on any. */
export interface HomeInputs {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  userHome: string;
}

/**
 * The store's folder: the setting `onelens.home`, else `ONELENS_HOME`, else the platform's data folder. The same rule
 * as the daemon's `store/home.ts`, which the extension may not import.
 */
export function resolveHome(configured: string, inputs: HomeInputs = machine()): string {
  const { platform, env, userHome } = inputs;
  if (configured !== '') return resolve(expandTilde(configured, userHome));
  if (env.ONELENS_HOME) return resolve(env.ONELENS_HOME);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(userHome, 'AppData', 'Local'), 'OneLens');
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', 'OneLens');
  // the specification has relative values ignored
  const data = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : undefined;
  return join(data ?? join(userHome, '.local', 'share'), 'onelens');
}

function expandTilde(path: string, userHome: string): string {
  return path === '~' || path.startsWith('~/') ? join(userHome, path.slice(2)) : path;
}

function machine(): HomeInputs {
  return { platform: process.platform, env: process.env, userHome: homedir() };
}
