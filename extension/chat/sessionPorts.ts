import type { AskParams, SuppliedFrame } from '../../daemon/protocol/messages';
import type { ToPanel } from '../../daemon/protocol/panelMessages';
import type { DaemonApi } from '../supervisor/daemonApi';
import type { Conversation } from './conversation';

/** What the session needs of the world; none of it is VS Code's. */
export interface SessionPorts {
  /** The daemon, started if need be; rejects with a Failure. */
  daemon(): Promise<DaemonApi>;
  /** The person's settings, read at each question. */
  options(): Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  post(message: ToPanel): void;
  /** Frames of a video at these seconds, by the panel's decoders; none where it cannot. */
  decodeFrames(bytes: Uint8Array, times: number[]): Promise<{ frames: SuppliedFrame[]; reason?: string }>;
  log(line: string): void;
  /** Absent where nothing is kept. */
  history?: SessionHistory;
}

export interface SessionHistory {
  /** Something is different; what it is is taken from the session when it is written. */
  changed(): void;
  /** Keeps this as it is, at once: the session goes on with another. */
  keep(conversation: Conversation): void;
}
