import type { AskParams } from '../../daemon/protocol/messages';
import type { DaemonApi } from '../supervisor/daemonApi';

/** What the tools and the participant work with. */
export interface AgentPorts {
  daemon(): Promise<DaemonApi>;
  /** The user's settings; a setting that is not set is undefined. */
  options(): { [K in 'model' | 'maxTokens' | 'temperature']: AskParams[K] | undefined };
  log(line: string): void;
}
