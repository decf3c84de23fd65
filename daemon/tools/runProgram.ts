import { spawn } from 'node:child_process';
import { errors } from '../common/errors';

export interface RunLimits {
  seconds: number;
  /** Bytes of standard output that are taken; the program is then ended and `cut` is set. */
  outputBytes: number;
  signal?: AbortSignal;
}

export interface RunResult {
  stdout: Buffer;
  /** The end of it, at most 1 MiB. */
  stderr: string;
  /** Null where it was ended. */
  code: number | null;
  cut: boolean;
  timedOut: boolean;
}

const STDERR_BYTES = 1 << 20;

/**
 * Runs a program without a shell and without standard input, in `cwd`. It is killed at the limits and on a cancel.
 * Throws CANCELLED, and INTERNAL where it cannot be started.
 */
export function runProgram(file: string, args: readonly string[], cwd: string, limits: RunLimits): Promise<RunResult> {
  const { signal } = limits;
  if (signal?.aborted) return Promise.reject(errors.cancelled());
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, shell: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const pieces: Buffer[] = [];
    const complaints: Buffer[] = [];
    const state = { bytes: 0, errorBytes: 0, cut: false, timedOut: false };
    const kill = () => child.kill('SIGKILL');
    const timer = setTimeout(() => {
      state.timedOut = true;
      kill();
    }, limits.seconds * 1000);
    signal?.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (piece: Buffer) => {
      if (state.cut) return;
      const room = limits.outputBytes - state.bytes;
      if (piece.length > room) {
        state.cut = true;
        kill();
      }
      pieces.push(piece.subarray(0, room));
      state.bytes += Math.min(piece.length, room);
    });
    child.stderr.on('data', (piece: Buffer) => {
      complaints.push(piece);
      state.errorBytes += piece.length;
      while (state.errorBytes > STDERR_BYTES && complaints.length > 1) state.errorBytes -= complaints.shift()!.length;
    });
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    };
    child.once('error', (error) => {
      done();
      reject(errors.internal(`${file} cannot be run (${error.message})`));
    });
    child.once('close', (code) => {
      done();
      if (signal?.aborted) return reject(errors.cancelled());
      const stderr = Buffer.concat(complaints).toString('utf8');
      resolve({ stdout: Buffer.concat(pieces), stderr, code, cut: state.cut, timedOut: state.timedOut });
    });
  });
}
