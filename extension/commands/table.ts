import type { LogOutputChannel } from 'vscode';
import type { ChatView } from '../chat/chatView';
import type { ChatSession } from '../chat/session';
import type { Supervisor } from '../supervisor/supervisor';
import { askFile } from './askFile';
import { describeFile } from './describeFile';
import { newChat } from './newChat';
import { openChat } from './openChat';
import { restartEngine } from './restartEngine';
import { showLog } from './showLog';

/** What the commands act on. */
export interface CommandContext {
  session: ChatSession;
  view: ChatView;
  supervisor: Supervisor;
  log: LogOutputChannel;
}

export type Command = (context: CommandContext, ...args: unknown[]) => Promise<void>;

/** Every command of `package.json` and its handler; a contract test holds the two equal. */
export const COMMANDS = {
  'onelens.askFile': askFile,
  'onelens.describeFile': describeFile,
  'onelens.openChat': openChat,
  'onelens.newChat': newChat,
  'onelens.restartEngine': restartEngine,
  'onelens.showLog': showLog,
} as const satisfies Record<string, Command>;
