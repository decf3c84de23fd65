import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolders } from './makeFolders';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line an event. Questions, answers and the content of files are never logged; file names may be. */
export interface Logger {
  log(level: LogLevel, text: string): void;
}

export const silentLogger: Logger = { log: () => {} };

/** The same line to several places. */
export function teeLogger(...loggers: Logger[]): Logger {
  return {
    log: (level, text) => {
      for (const logger of loggers) logger.log(level, text);
    },
  };
}

/** At this size the file becomes `.1`, the older ones `.2` ...; with `keep` = 2 a log takes 3 MiB at most. */
export interface RotationOptions {
  maxBytes: number;
  keep: number;
}

/**
 * Appends to a file of mode 0600. A log that cannot be written (full disk, folder removed) is given up silently:
 * logging must never end an answer.
 */
export class FileLogger implements Logger {
  private bytes: number;

  constructor(
    private readonly file: string,
    private readonly rotation: RotationOptions = { maxBytes: 1 << 20, keep: 2 },
  ) {
    makeFolders(dirname(file), 0o700);
    this.bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  log(level: LogLevel, text: string): void {
    const line = `${new Date().toISOString()} ${level.toUpperCase().padEnd(5)} ${text.replace(/\n/g, '\n  ')}\n`;
    const size = Buffer.byteLength(line);
    try {
      if (this.bytes > 0 && this.bytes + size > this.rotation.maxBytes) this.rotate();
      appendFileSync(this.file, line, { mode: 0o600 });
      this.bytes += size;
    } catch {
      // see the class comment
    }
  }

  private rotate(): void {
    const { keep } = this.rotation;
    rmSync(`${this.file}.${keep}`, { force: true });
    for (let i = keep - 1; i >= 1; i--) renameIfThere(`${this.file}.${i}`, `${this.file}.${i + 1}`);
    renameIfThere(this.file, `${this.file}.1`);
    this.bytes = 0;
  }
}

function renameIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
