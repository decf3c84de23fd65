import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { DaemonFile } from './protocol/daemonFile';
import { storePaths } from './store/home';

/** How clients find the daemon, and how they prove that they may: `<home>/daemon.json`, mode 0600. */
const daemonFilePath = (home: string): string => storePaths(home).daemonFile;

/** Undefined when there is none, or none that is whole. */
export function readDaemonFile(home: string): DaemonFile | undefined {
  try {
    const value = JSON.parse(readFileSync(daemonFilePath(home), 'utf8')) as Partial<DaemonFile>;
    const whole = typeof value.url === 'string' && typeof value.token === 'string' && Number.isInteger(value.pid);
    return whole ? (value as DaemonFile) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and never readable by others, not even for a moment. */
export function writeDaemonFile(home: string, value: DaemonFile): void {
  const temporary = `${daemonFilePath(home)}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, `${JSON.stringify(value)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, daemonFilePath(home));
}

/** Only one's own: a successor may have written already. */
export function removeDaemonFile(home: string): void {
  if (readDaemonFile(home)?.pid === process.pid) rmSync(daemonFilePath(home), { force: true });
}
