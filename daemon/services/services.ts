import type { ChatService } from './chatService';
import type { FactsService } from './factsService';
import type { Lifetime } from './lifetime';
import type { ModelsService } from './modelsService';
import type { StatusService } from './statusService';

/** The verbs of the daemon, as the server's handlers call them. */
export interface Services {
  chat: Pick<ChatService, 'ask'>;
  facts: Pick<FactsService, 'facts'>;
  models: Pick<ModelsService, 'list' | 'use' | 'import' | 'remove'>;
  status: Pick<StatusService, 'status' | 'restartEngine'>;
  lifetime: Pick<Lifetime, 'connected' | 'retire'>;
}
