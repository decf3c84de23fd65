/** Where a command writes; the real one is the process's, tests have their own. */
export interface Terminal {
  /** Answers, and nothing else. */
  out(text: string): void;
  /** Errors, warnings, notes. */
  err(text: string): void;
  /** What is going on, overwritten by the next; shown only on a terminal. Null clears it. */
  progress(text: string | null): void;
  /** Whether a person looks at standard error. */
  readonly interactive: boolean;
}

/** `onClosed` is called when nobody reads standard output any more (`onelens ... | head -1`). */
export function processTerminal(onClosed: () => void): Terminal {
  const interactive = process.stderr.isTTY === true;
  let shown = 0;
  const clear = () => {
    if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') onClosed();
  });
  // nothing can be told any more, but what was begun can be ended
  process.stderr.on('error', () => {});
  return {
    interactive,
    out: (text) => {
      clear();
      process.stdout.write(text);
    },
    err: (text) => {
      clear();
      process.stderr.write(text);
    },
    progress: (text) => {
      if (!interactive) return;
      clear();
      if (text === null) return;
      const line = text.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1));
      process.stderr.write(line);
      shown = line.length;
    },
  };
}
