/** What an agent did wrong; its text is what the agent reads and can act on. */
export class AgentProblem extends Error {
  constructor(
    /** Stable, upper-case, as the codes of the daemon's errors. */
    readonly code: string,
    /** What happened, with which value; ends with a full stop. */
    readonly what: string,
    /** What to do now; ends with a full stop. */
    readonly remedy: string,
  ) {
    super(`${what} ${remedy}`);
    this.name = 'AgentProblem';
  }
}

export const problems = {
  badInput: (tool: string, field: string, why: string, allowed: string) =>
    new AgentProblem(
      'BAD_INPUT',
      `The input of ${tool} is not right: ${field} ${why}.`,
      `Call it again with ${allowed}.`,
    ),
  outside: (path: string, folders: readonly string[]) =>
    new AgentProblem(
      'FILE_OUTSIDE',
      `${JSON.stringify(path)} is outside the folders that OneLens may read here (${folders.join(', ')}).`,
      'Name a file inside one of them, or ask the user to open its folder.',
    ),
  notFound: (path: string, tried: readonly string[]) =>
    new AgentProblem(
      'FILE_MISSING',
      `There is no file ${JSON.stringify(path)}${tried.length > 0 ? ` (looked in ${tried.join(', ')})` : ''}.`,
      'Look the path up and call the tool again with the absolute path.',
    ),
  relativePath: (path: string) =>
    new AgentProblem(
      'FILE_MISSING',
      `${JSON.stringify(path)} is a relative path, and no folder is open that it could be relative to.`,
      'Call the tool again with the absolute path.',
    ),
  notAFile: (path: string, why: string) =>
    new AgentProblem(
      'BAD_INPUT',
      `${JSON.stringify(path)} cannot be opened: ${why}.`,
      'Call the tool again with the path of a file on this machine.',
    ),
  foldersUnknown: (why: string) =>
    new AgentProblem(
      'FOLDERS_UNKNOWN',
      `The client did not say which folders are open (${why}), so no file is read.`,
      'Call the tool again; if it stays so, ask the user to restart the MCP server.',
    ),
} as const;
