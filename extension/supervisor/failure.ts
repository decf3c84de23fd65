/**
 * A failure on the extension's side of the wire, or the daemon's own error after it crossed it. The extension may not
 * import `daemon/common/errors.ts`; the shape of `SerializedError` is what the two share.
 */
export class Failure extends Error {
  constructor(
    /** Stable, upper-case. */
    readonly code: string,
    /** What happened, with which value. */
    readonly what: string,
    /** What to do now. */
    readonly remedy: string,
  ) {
    super(`${what} ${remedy}`);
    this.name = 'Failure';
  }
}

export const failures = {
  nodeUnusable: (path: string, reason: string) =>
    new Failure(
      'NODE_UNUSABLE',
      `The Node.js "${path}" cannot run the engine: ${reason}.`,
      'Correct the setting onelens.nodePath, or clear it to let OneLens look for one.',
    ),
  daemonExited: (how: string, lastWords: string) =>
    new Failure(
      'DAEMON_EXITED',
      `The engine's daemon ended while it started (${how})${lastWords === '' ? '' : `: ${lastWords}`}.`,
      'Look at the log, then choose "Restart engine".',
    ),
  daemonSlow: (seconds: number) =>
    new Failure(
      'DAEMON_SLOW',
      `The engine's daemon did not answer within ${seconds} seconds.`,
      'Look at the log, then choose "Restart engine".',
    ),
  daemonUnreachable: (detail: string) =>
    new Failure(
      'DAEMON_UNREACHABLE',
      `The engine's daemon cannot be reached: ${detail}.`,
      'Choose "Restart engine"; if it stays so, look at the log.',
    ),
  protocolMismatch: (theirs: string, ours: string) =>
    new Failure(
      'DAEMON_VERSION',
      `A daemon of another version is running (protocol ${theirs}; this extension speaks ${ours}).`,
      'Close the other VS Code windows or stop that daemon, then choose "Restart engine".',
    ),
  connectionLost: () =>
    new Failure(
      'DAEMON_LOST',
      "The connection to the engine's daemon broke in the middle of the answer.",
      'Ask again: it is started again for the next question.',
    ),
  gaveUp: (times: number, minutes: number) =>
    new Failure(
      'DAEMON_GAVE_UP',
      `The engine's daemon failed ${times} times within ${minutes} minutes, so it is not started again by itself.`,
      'Look at the log, then choose "Restart engine".',
    ),
  fileTooLarge: (name: string, bytes: number, limit: number) =>
    new Failure(
      'FILE_TOO_LARGE',
      `"${name}" is ${Math.ceil(bytes / 1048576)} MiB; a file that is not on the engine's disk may have ${limit / 1048576} MiB.`,
      'Copy it to the disk and ask about that copy.',
    ),
  fileUnreadable: (name: string, reason: string) =>
    new Failure('FILE_UNREADABLE', `"${name}" cannot be read: ${reason}.`, 'Check that you may read it.'),
  cancelled: () => new Failure('CANCELLED', 'The request was cancelled.', 'Ask again when you like.'),
  unexpected: (detail: string) =>
    new Failure('INTERNAL', `Something unexpected happened: ${detail}.`, 'Please report it with the log.'),
} as const;

/** Any thrown value as a Failure; never a stack trace. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return failures.unexpected(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
}
