import type { LogOutputChannel, Uri } from 'vscode';
import type { ChatView } from '../chat/chatView';
import type { ChatSession } from '../chat/session';
import type { MediaFinder } from '../find/mediaFinder';
import type { FolderPages } from '../folder/folderPages';
import type { ChatHistory } from '../history/chatHistory';
import type { AltTextWriter } from '../languageFeatures/altText/altTextWriter';
import type { MediaLibrary } from '../media/mediaLibrary';
import type { PlotPages } from '../plot/plotPages';
import type { Supervisor } from '../supervisor/supervisor';

/** What the commands act on. */
export interface CommandContext {
  session: ChatSession;
  view: ChatView;
  history: ChatHistory;
  plots: PlotPages;
  folders: FolderPages;
  library: MediaLibrary;
  finder: MediaFinder;
  /** Attaches a file to the next question, and opens the chat. */
  askInChat(uri: Uri): Promise<void>;
  altTexts: AltTextWriter;
  supervisor: Supervisor;
  log: LogOutputChannel;
  /** Where the extension is installed. */
  extensionUri: Uri;
}
