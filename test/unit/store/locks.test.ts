import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tryLock, withLock } from '../../../daemon/store/locks';
import { temporaryFolder } from '../../support/checkpointFiles';
import { rejectionOf } from '../../support/packFolder';

let file: string;
beforeEach(() => {
  file = path.join(temporaryFolder(), 'deep', 'a.lock');
});

function hold() {
  const result = tryLock(file);
  if (!result.held) throw new Error(`held by ${result.pid}`);
  return result.lock;
}

it('is held by one, names its holder, and is free after its release', () => {
  const lock = hold();
  expect(tryLock(file)).toEqual({ held: false, pid: process.pid });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
  expect(existsSync(file)).toBe(false);
  hold().release();
});

it('is taken over from a process that is gone', () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  hold();
  writeFileSync(file, JSON.stringify({ pid: dead, started: '', id: 'x' }));
  hold().release();
  expect(existsSync(`${file}.takeover`)).toBe(false);
});

it.skipIf(process.platform !== 'linux')('is taken over when its process number went to another process', () => {
  hold();
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'another boot/17', id: 'x' }));
  hold().release();
});

it('stays with a living process of another', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  hold();
  writeFileSync(file, JSON.stringify({ pid: child.pid, started: '', id: 'x' }));
  expect(tryLock(file)).toEqual({ held: false, pid: child.pid });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  hold().release();
});

it('half-written is respected while young, taken over when old', () => {
  hold();
  writeFileSync(file, '{"pid":');
  expect(tryLock(file)).toEqual({ held: false, pid: 0 });
  utimesSync(file, 1, 1);
  hold().release();
});

it('an old release does not free the lock of who took over', () => {
  const first = hold();
  const others = JSON.stringify({ pid: process.pid, started: '', id: 'another' });
  writeFileSync(file, others);
  first.release();
  expect(readFileSync(file, 'utf8')).toBe(others);
});

it('many at once: one takes over a stale lock', async () => {
  hold();
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, started: '', id: 'x' }));
  const results = Array.from({ length: 20 }, () => tryLock(file));
  expect(results.filter((r) => r.held)).toHaveLength(1);
});

it('withLock runs one after the other and releases after a failure', async () => {
  const order: string[] = [];
  const work = (name: string) =>
    withLock(file, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
      if (name === 'a') throw new Error('a failed');
    });
  const [a] = await Promise.allSettled([work('a'), work('b')]);
  expect(a?.status).toBe('rejected');
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(existsSync(file)).toBe(false);
});

it('withLock gives up after its time, and when cancelled', async () => {
  hold();
  expect(await rejectionOf(withLock(file, async () => {}, { waitMs: 60 }))).toContain(
    `STORE_BUSY: Another OneLens (process ${process.pid})`,
  );
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  expect(await rejectionOf(withLock(file, async () => {}, { signal: stop.signal }))).toMatch(/^CANCELLED: /);
});
