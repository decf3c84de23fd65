import type { OneLensError } from '../common/errors';

/** `error[CODE]: what happened, with which value. What to do.` and the line's end. */
export function formatError(error: OneLensError): string {
  return `error[${error.code}]: ${error.what} ${error.remedy}\n`;
}
