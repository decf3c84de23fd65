/**
 * Exclusive lock files, for what only one process of a machine may do: be the daemon, change the models.
 *
 * A lock is a file that names its holder. Creating it exclusively is atomic on every file system, advisory locks
 * (flock) are not in Node. The price is a file that outlives a killed holder; such a stale lock is taken over.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errors } from '../common/errors';
import { makeFolders } from '../common/makeFolders';

export interface Lock {
  /** Idempotent; leaves a lock that another process took over alone. */
  release(): void;
}

/** That another process holds it is expected, so it is a value. `pid` 0: it is only just being taken. */
export type LockResult = { held: true; lock: Lock } | { held: false; pid: number };

interface Holder {
  pid: number;
  /** When the process began, so that another process with the same number is not taken for it; "" where unknown. */
  started: string;
  id: string;
}

/** A lock file that is empty or unreadable for longer than this was left by a process that died while writing it. */
const WRITING_MS = 5000;

/** Takes the lock, over a dead holder's if need be. Does not wait. Throws STORE_UNWRITABLE. */
export function tryLock(file: string): LockResult {
  try {
    makeFolders(path.dirname(file), 0o700);
    return create(file) ?? takeOver(file);
  } catch (error) {
    throw errors.storeUnwritable(path.dirname(file), (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Runs `work` under the lock, waiting up to `waitMs` for it. Throws STORE_BUSY, CANCELLED. */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { waitMs?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const { waitMs = 30_000, signal } = options;
  const deadline = Date.now() + waitMs;
  for (;;) {
    if (signal?.aborted) throw errors.cancelled();
    const result = tryLock(file);
    if (result.held) {
      try {
        return await work();
      } finally {
        result.lock.release();
      }
    }
    if (Date.now() >= deadline) throw errors.storeBusy(result.pid);
    await sleep(50);
  }
}

function create(file: string): LockResult | undefined {
  const holder: Holder = { pid: process.pid, started: startOf(process.pid), id: randomUUID() };
  let fd: number;
  try {
    fd = fs.openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  fs.writeSync(fd, JSON.stringify(holder));
  fs.closeSync(fd);
  return { held: true, lock: { release: () => releaseIfOurs(file, holder.id) } };
}

/**
 * Removes a stale lock and takes it. A second lock file guards this, else of two processes that both see the stale
 * lock the slower one would remove the quicker one's fresh lock.
 */
function takeOver(file: string): LockResult {
  const state = inspect(file);
  if (state.alive) return { held: false, pid: state.pid };
  const guard = `${file}.takeover`;
  let fd: number;
  try {
    fd = fs.openSync(guard, 'wx', 0o600);
  } catch {
    if (ageOf(guard) > WRITING_MS) fs.rmSync(guard, { force: true });
    return { held: false, pid: 0 };
  }
  try {
    const now = inspect(file);
    if (now.alive) return { held: false, pid: now.pid };
    fs.rmSync(file, { force: true });
    return create(file) ?? { held: false, pid: 0 };
  } finally {
    fs.closeSync(fd);
    fs.rmSync(guard, { force: true });
  }
}

/** Whether the holder lives; a lock that is gone meanwhile counts as dead, one that is being written as alive. */
function inspect(file: string): { alive: boolean; pid: number } {
  const holder = readHolder(file);
  if (!holder) return { alive: ageOf(file) <= WRITING_MS, pid: 0 };
  const alive = isAlive(holder.pid) && (holder.started === '' || holder.started === startOf(holder.pid));
  return { alive, pid: holder.pid };
}

function readHolder(file: string): Holder | undefined {
  try {
    const value = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Holder> | null;
    const { pid, started, id } = value ?? {};
    if (!Number.isSafeInteger(pid) || (pid as number) < 1) return undefined;
    return { pid: pid as number, started: String(started ?? ''), id: String(id) };
  } catch {
    return undefined;
  }
}

/** Milliseconds since the file was written; Infinity where it is not there. */
function ageOf(file: string): number {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : Number.POSITIVE_INFINITY;
}

function releaseIfOurs(file: string, id: string): void {
  if (readHolder(file)?.id === id) fs.rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux: field 22 of /proc/PID/stat (clock ticks since boot) with the boot's id. Elsewhere unknown. */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return '';
  }
}
