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

/**
 * `onClosed` is called when nobody reads standard output any more (`onelens ... | head -1`), `onFailed` when it cannot
 * be written for another reason (a full disk), with the system's code.
 */
export function processTerminal(onClosed: () => void, onFailed: (code: string) => void): Terminal {
  const interactive = process.stderr.isTTY === true;
  let shown = 0;
  const clear = () => {
    if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') onClosed();
    else onFailed(error.code ?? 'unknown reason');
  });
  // nothing can be told any more, but what was begun can be ended
  process.stderr.on('error', () => {});
  return {
    interactive,
    out: (text) => {
      clear();
      process.stdout.write(printable(text));
    },
    err: (text) => {
      clear();
      process.stderr.write(printable(text));
    },
    progress: (text) => {
      if (!interactive) return;
      clear();
      if (text === null) return;
      const line = printable(text).slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1));
      process.stderr.write(line);
      shown = line.length;
    },
  };
}

/** A model's text or a file's name must not steer the terminal: control characters but tab and line feed are dropped. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}
