import { homedir } from 'node:os';
import * as path from 'node:path';

/** What decides where the store lies; the process's own by default. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  homedir: string;
}

/** The folder of models, cache, settings and the daemon's lock: ONELENS_HOME, else the platform's data folder. Absolute. */
export function storeHome(
  around: Surroundings = { platform: process.platform, env: process.env, homedir: homedir() },
): string {
  const { env, platform } = around;
  if (env.ONELENS_HOME) return path.resolve(env.ONELENS_HOME);
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(around.homedir, 'AppData', 'Local'), 'OneLens');
  }
  if (platform === 'darwin') return path.join(around.homedir, 'Library', 'Application Support', 'OneLens');
  // the specification has relative values ignored
  const data = env.XDG_DATA_HOME && path.isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : undefined;
  return path.join(data ?? path.join(around.homedir, '.local', 'share'), 'onelens');
}

/** What lies where inside the store. */
export const storePaths = (home: string) =>
  ({
    models: path.join(home, 'models'),
    /** Held while models are imported or removed. */
    modelsLock: path.join(home, 'models.lock'),
    cache: path.join(home, 'cache'),
    verified: path.join(home, 'verified'),
    settings: path.join(home, 'settings.json'),
    daemonLock: path.join(home, 'daemon.lock'),
    daemonFile: path.join(home, 'daemon.json'),
  }) as const;
