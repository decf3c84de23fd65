import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { RootsListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { problems } from '../agents/agentProblem';

const ANSWER_LIMIT_MS = 5000;

/**
 * The client's roots, asked for at the first call and again after they changed; undefined where the client has none.
 * The returned function rejects with FOLDERS_UNKNOWN where the client says it has roots and then does not tell them.
 */
export function clientRoots(server: Server): () => Promise<readonly string[] | undefined> {
  let known: Promise<readonly string[]> | undefined;
  server.setNotificationHandler(RootsListChangedNotificationSchema, () => {
    known = undefined;
  });
  return async () => {
    if (!server.getClientCapabilities()?.roots) return undefined;
    known ??= listed(server);
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw problems.foldersUnknown(error instanceof Error ? error.message : String(error));
    }
  };
}

async function listed(server: Server): Promise<readonly string[]> {
  const { roots } = await server.listRoots(undefined, { timeout: ANSWER_LIMIT_MS });
  return roots.map(({ uri }) => uri);
}
