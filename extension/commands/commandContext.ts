import type { LogOutputChannel, Uri } from 'vscode';
import type { ChatView } from '../chat/chatView';
import type { ChatSession } from '../chat/session';
import type { ChatHistory } from '../history/chatHistory';
import type { PlotPages } from '../plot/plotPages';
import type { Supervisor } from '../supervisor/supervisor';

/** What the commands act on. */
export interface CommandContext {
  session: ChatSession;
  view: ChatView;
  history: ChatHistory;
  plots: PlotPages;
  supervisor: Supervisor;
  log: LogOutputChannel;
  /** Where the extension is installed. */
  extensionUri: Uri;
}
