import { t } from '../l10n';

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
      t('The Node.js "{0}" cannot run the engine: {1}.', path, reason),
      t('Correct the setting onelens.nodePath, or clear it to let OneLens look for one.'),
    ),
  daemonExited: (how: string, lastWords: string) =>
    new Failure(
      'DAEMON_EXITED',
      lastWords === ''
        ? t("The engine's daemon ended while it started ({0}).", how)
        : t("The engine's daemon ended while it started ({0}): {1}.", how, lastWords),
      t('Look at the log, then choose "Restart engine".'),
    ),
  daemonSlow: (seconds: number) =>
    new Failure(
      'DAEMON_SLOW',
      t("The engine's daemon did not answer within {0} seconds.", seconds),
      t('Look at the log, then choose "Restart engine".'),
    ),
  daemonUnreachable: (detail: string) =>
    new Failure(
      'DAEMON_UNREACHABLE',
      t("The engine's daemon cannot be reached: {0}.", detail),
      t('Choose "Restart engine"; if it stays so, look at the log.'),
    ),
  protocolMismatch: (theirs: string, ours: string) =>
    new Failure(
      'DAEMON_VERSION',
      t('A daemon of another version is running (protocol {0}; this extension speaks {1}).', theirs, ours),
      t('Close the other VS Code windows or stop that daemon, then choose "Restart engine".'),
    ),
  connectionLost: () =>
    new Failure(
      'DAEMON_LOST',
      t("The connection to the engine's daemon broke in the middle of the answer."),
      t('Ask again: it is started again for the next question.'),
    ),
  gaveUp: (times: number, minutes: number) =>
    new Failure(
      'DAEMON_GAVE_UP',
      t(
        "The engine's daemon failed {0} times within {1} minutes, so it is not started again by itself.",
        times,
        minutes,
      ),
      t('Look at the log, then choose "Restart engine".'),
    ),
  fileTooLarge: (name: string, bytes: number, limit: number) =>
    new Failure(
      'FILE_TOO_LARGE',
      t(
        '"{0}" is {1} MiB; a file that is not on the disk of the engine may have {2} MiB.',
        name,
        Math.ceil(bytes / 1048576),
        limit / 1048576,
      ),
      t('Copy it to the disk and ask about that copy.'),
    ),
  fileUnreadable: (name: string, reason: string) =>
    new Failure('FILE_UNREADABLE', t('"{0}" cannot be read: {1}.', name, reason), t('Check that you may read it.')),
  pastedGone: (name: string) =>
    new Failure(
      'FILE_NOT_KEPT',
      t('"{0}" was pasted, and pasted data is not kept with a conversation.', name),
      t('Attach it again to ask about it.'),
    ),
  conversationDamaged: (file: string, reason: string, aside: string) =>
    new Failure(
      'HISTORY_DAMAGED',
      t('The conversation in "{0}" cannot be read: {1}.', file, reason),
      t('It was set aside as "{0}"; nothing of it was deleted.', aside),
    ),
  restricted: () =>
    new Failure(
      'RESTRICTED',
      t('In Restricted Mode OneLens only measures files, by decoders without native code, and asks no model.'),
      t('Trust this workspace to ask.'),
    ),
  cancelled: () => new Failure('CANCELLED', t('The request was cancelled.'), t('Ask again when you like.')),
  viewTooSlow: (seconds: number) =>
    new Failure(
      'FILE_VIEW_SLOW',
      t('The preview was not ready within {0} seconds.', seconds),
      t('Close it and open it again when the engine is less busy.'),
    ),
  attachmentGone: () =>
    new Failure('FILE_GONE', t('The file is no longer attached.'), t('Attach it again to look at it.')),
  unexpected: (detail: string) =>
    new Failure('INTERNAL', t('Something unexpected happened: {0}.', detail), t('Please report it with the log.')),
} as const;

/** Any thrown value as a Failure; never a stack trace. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return failures.unexpected(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
}
