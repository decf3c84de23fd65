import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What lies beside the running bundle. */
export interface Installation {
  version: string;
  /** Changes with every build: two daemons of the same version may differ while developing. */
  build: string;
  daemonScript: string;
  engineScript: string;
  /** The MCP server, which `onelens mcp` loads. */
  mcpScript: string;
  /** The embedded model pack; may be absent before `npm run build`. */
  embeddedPack: string;
  /** The folder of package.json, media and README. */
  root: string;
}

/** `dist` is the folder of the bundles. */
export function locateInstallation(dist: string): Installation {
  const root = join(dist, '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const daemonScript = join(dist, 'daemon.js');
  const engineScript = join(dist, 'engine.js');
  return {
    version,
    build: [daemonScript, engineScript].map(stamp).join('-'),
    daemonScript,
    engineScript,
    mcpScript: join(dist, 'mcp.js'),
    embeddedPack: join(dist, 'model'),
    root,
  };
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size.toString(36)}.${Math.round(stats.mtimeMs).toString(36)}` : '0';
}
