import * as vscode from 'vscode';
import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { registerAgents } from './agents/registerAgents';
import { attachableFromAddress, attachableFromUri } from './chat/attachable';
import { AttachmentViews } from './chat/attachmentViews';
import { CHAT_VIEW_ID, ChatView } from './chat/chatView';
import { FrameDecoder } from './chat/frameDecoder';
import { panelActions } from './chat/panelActions';
import { ChatSession } from './chat/session';
import { WorkspaceFiles } from './chat/workspaceFiles';
import type { CommandContext } from './commands/commandContext';
import { COMMANDS } from './commands/table';
import { Config } from './config';
import { MediaFinder } from './find/mediaFinder';
import { FOLDER_PAGE, FolderPages } from './folder/folderPages';
import { ChatHistory } from './history/chatHistory';
import { historyFolder } from './history/historyFolder';
import { useTranslations } from './l10n';
import { LanguageFeatures } from './languageFeatures/languageFeatures';
import { ChatFirst } from './media/chatFirst';
import { MediaLibrary } from './media/mediaLibrary';
import { PlotPages } from './plot/plotPages';
import { openLinkLater } from './supervisor/openLinkLater';
import { createStatusItem } from './supervisor/statusItem';
import { panelStatus } from './supervisor/statusText';
import { Supervisor } from './supervisor/supervisor';
import { guardedLink } from './trust/restrictedDaemon';

let supervisor: Supervisor | undefined;
let history: ChatHistory | undefined;

/** What other extensions, and the tests in the extension host, get from `activate()`. */
export interface OneLensApi {
  /** The turns of this window's conversation, oldest first, as the chat panel shows them now. */
  turns(): readonly PanelTurn[];
}

/** Builds the objects and wires them. Nothing is started: the first question or file starts the daemon. */
export async function activate(context: vscode.ExtensionContext): Promise<OneLensApi> {
  useTranslations((text, ...args) => vscode.l10n.t(text, ...args));
  const log = vscode.window.createOutputChannel('OneLens', { log: true });
  const config = new Config();
  const engine = new Supervisor(guardedLink(openLinkLater(context, config, log), () => vscode.workspace.isTrusted));
  supervisor = engine;
  const chats = new ChatHistory({
    folder: historyFolder(context),
    session: () => session,
    fileOf: ({ address, name }) => attachableFromAddress(address, name),
    log: (line) => log.warn(line),
  });
  history = chats;
  const chatFirst = new ChatFirst();
  const askOptions = () => ({
    model: config.model,
    maxTokens: config.maxTokens,
    temperature: config.temperature,
  });
  const session: ChatSession = new ChatSession({
    daemon: () => engine.ready(),
    options: askOptions,
    post: (message) => {
      view.post(message);
      features.see(message);
      chatFirst.observe(message);
    },
    decodeFrames: (bytes, times) => frames.decode(bytes, times),
    log: (line) => log.info(line),
    history: chats,
  });
  const frames: FrameDecoder = new FrameDecoder({
    ready: (limitMs) => view.ready(limitMs),
    post: (message) => view.post(message),
  });
  const views = new AttachmentViews({
    attachments: session,
    daemon: () => engine.ready(),
    post: (message) => view.post(message),
    log: (line) => log.info(line),
  });
  const files = new WorkspaceFiles((message) => view.post(message));
  const actions = panelActions(session, frames, files, views);
  const view: ChatView = new ChatView(context.extensionUri, actions, () => session.restore());
  const features = new LanguageFeatures({
    daemon: () => engine.ready(),
    options: askOptions,
    altTextHints: () => config.altTextHints,
    fileOf: (id) => session.fileOf(id),
    log: (line) => log.info(line),
  });
  const plots = new PlotPages(context.extensionUri);
  const library = new MediaLibrary(context, engine, config, chatFirst, log);
  const askInChat = async (uri: vscode.Uri) => {
    session.attach([attachableFromUri(uri)]);
    await view.focus();
  };
  const finder = new MediaFinder(library, (line) => log.warn(line));
  const folders = new FolderPages(context.extensionUri, library, { ask: askInChat });
  const commands: CommandContext = {
    session,
    view,
    history: chats,
    plots,
    altTexts: features.altTexts,
    supervisor: engine,
    log,
    extensionUri: context.extensionUri,
    folders,
    library,
    finder,
    askInChat,
  };
  await chats.resume();
  context.subscriptions.push(
    log,
    engine.onDidChange((snapshot) => session.setStatus(panelStatus(snapshot))),
    createStatusItem(engine),
    features.register(),
    finder,
    library,
    vscode.window.registerWebviewPanelSerializer(FOLDER_PAGE, folders),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      view.post({ type: 'trust', trusted: true });
      session.trusted();
    }),
    vscode.window.registerWebviewViewProvider(CHAT_VIEW_ID, view),
    ...Object.entries(COMMANDS).map(([id, run]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) => run(commands, ...args)),
    ),
    ...registerAgents(context, engine, config, log),
  );
  return { turns: () => session.panelTurns() };
}

/** The connection ends; the daemon, which other windows may be using, does not. */
export async function deactivate(): Promise<void> {
  await history?.close();
  await supervisor?.stop();
}
