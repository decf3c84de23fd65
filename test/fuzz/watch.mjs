// Runs rounds in a process of its own and watches it from outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Milliseconds of the processor that one mutated file may take, decoded whole and then piece by piece: other programs
 * may hold the processor meanwhile. By the clock five times as many, for what waits and does not work.
 */
export const LIMIT_MS = 2000;
const CLOCK_MS = 5 * LIMIT_MS;
/**
 * Resident memory in MiB that the process may have beyond what it has after the whole files. A picture of 100
 * megapixels, which is the limit, has 382 MiB as RGBA, and its decoder keeps planes of its own beside it.
 */
export const LIMIT_MIB = { image: 1024, other: 512 };
const STARTUP_MS = 60_000;

/**
 * Rounds `from` up to `to` of one format, in order, until the first that does not end well.
 * `onRound({ round, ms, code, stream })` for each that ended, `onBad(round, what)` for each wrong result.
 * Resolves to `{ next, baseMib, peakMib, samples }` and, where the process had to be ended or died, `{ suspect: { round, what } }`.
 */
export function runRounds({ worker, format, seed, from, to, fixtures }, onRound, onBad) {
  return new Promise((resolve, reject) => {
    const args = ['--max-old-space-size=1024', '--enable-source-maps', worker, format, seed, from, to, fixtures].map(
      String,
    );
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, VIPS_CONCURRENCY: '1', NODE_OPTIONS: '' },
    });
    const state = {
      round: undefined,
      since: Date.now(),
      worked: 0,
      kind: '',
      base: 0,
      peak: 0,
      samples: 0,
      suspect: undefined,
      fatal: '',
      said: '',
    };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => (state.said = (state.said + text).slice(-500)));

    createInterface({ input: child.stdio[3] }).on('line', (line) => {
      const [word, ...rest] = line.split(' ');
      if (word === 'base') [state.base, state.samples, state.kind] = [Number(rest[0]), Number(rest[1]), rest[2]];
      else if (word === 'begin')
        [state.round, state.since, state.worked] = [Number(rest[0]), Date.now(), Number(rest[1])];
      else if (word === 'bad') onBad(Number(rest[0]) < 0 ? state.round : Number(rest[0]), rest.slice(1).join(' '));
      else if (word === 'fatal') state.fatal = rest.join(' ');
      else if (word === 'end') {
        const [round, ms, code, stream, peak] = rest;
        state.peak = Math.max(state.peak, Number(peak));
        state.round = undefined;
        state.next = Number(round) + 1;
        onRound({ round: Number(round), ms: Number(ms), code, stream });
        if (Number(ms) > LIMIT_MS) stop(Number(round), `took ${ms} ms`);
        else checkMemory(Number(round), state.peak);
      }
    });

    const stop = (round, what) => {
      state.suspect ??= { round, what };
      child.kill('SIGKILL');
    };
    const checkMemory = (round, kib) => {
      const added = (kib - state.base) / 1024;
      if (state.base > 0 && added > (LIMIT_MIB[state.kind] ?? LIMIT_MIB.other))
        stop(round, `took ${Math.round(added)} MiB`);
    };
    const watch = setInterval(() => {
      const waited = Date.now() - state.since;
      if (state.base === 0) return waited > STARTUP_MS && stop(from, 'did not start');
      if (state.round === undefined) return undefined;
      if (waited > CLOCK_MS) return stop(state.round, `took more than ${CLOCK_MS} ms by the clock`);
      if (waited > LIMIT_MS && processorMs(child.pid) - state.worked > LIMIT_MS)
        return stop(state.round, `took more than ${LIMIT_MS} ms`);
      return checkMemory(state.round, residentKib(child.pid));
    }, 50);

    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearInterval(watch);
      if (state.fatal) return reject(new Error(`${format}: ${state.fatal}`));
      const died = status !== 0 && {
        round: state.round ?? from,
        what: `ended the process (${signal ?? status}) ${state.said}`,
      };
      const suspect = state.suspect ?? (died || undefined);
      resolve({
        next: suspect ? suspect.round + 1 : to,
        baseMib: state.base / 1024,
        peakMib: Math.max(0, (state.peak - state.base) / 1024),
        samples: state.samples,
        suspect,
      });
    });
  });
}

/** Resident memory of a process, in KiB; 0 where the system does not say (then the worker's own peak counts). */
function residentKib(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Time of the processor that a process took, all its threads together; 0 where the system does not say. */
function processorMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // utime, stime in hundredths of a second
  } catch {
    return 0;
  }
}
