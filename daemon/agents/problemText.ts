/** `error[CODE]: what happened, with which value. What to do.`: a failed call's answer, which the agent acts on. */
export function problemText(error: { code: string; what: string; remedy: string }): string {
  return `error[${error.code}]: ${error.what} ${error.remedy}`;
}
