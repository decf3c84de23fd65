import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { FolderRow, FolderStatus, FromFolderPage, ToFolderPage } from '../../daemon/protocol/folderMessages';
import { pageLanguage } from '../chat/pageLanguage';
import { panelHtml } from '../chat/panelHtml';
import type { MediaLibrary } from '../media/mediaLibrary';
import { type FolderFile, folderRow } from './folderRow';
import { FolderRun } from './folderRun';
import { saveRows } from './saveRows';

/** What a page asks of the rest of the extension. */
export interface FolderPageActions {
  ask(uri: vscode.Uri): Promise<void>;
}

type Handlers = { [T in FromFolderPage['type']]: (message: Extract<FromFolderPage, { type: T }>) => unknown };

/** One folder's page and its run. The run ends with the page; what it found is kept. */
export class FolderPage {
  private readonly run: FolderRun;
  private readonly subscriptions: { dispose(): void }[] = [];
  private begun: boolean;

  constructor(
    private readonly folder: vscode.Uri,
    readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly library: MediaLibrary,
    private readonly actions: FolderPageActions,
    begin: boolean,
  ) {
    this.begun = begin;
    this.run = new FolderRun({
      list: (most, signal) => library.list(folder, most, signal),
      known: (uri) => library.store.get(uri),
      describe: (file, signal) => library.reader.describe(file.uri, file, signal),
      onFiles: (files) => this.post({ type: 'rows', rows: files.map((file) => this.rowOf(file)) }),
      onGone: () => this.postAll(),
      onStatus: (status) => this.postStatus(status),
    });
    const { webview } = panel;
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [root, library.thumbnailFolder] };
    this.subscriptions.push(
      webview.onDidReceiveMessage((message: FromFolderPage) => this.receive(message)),
      library.store.onChange((changes) => this.storeChanged(changes.map(({ uri }) => uri))),
      library.chat.onBusy(() => this.chatIsBusy()),
    );
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.html = panelHtml({
      ...pageLanguage(),
      cspSource: webview.cspSource,
      scriptUri: resource('folder.js'),
      styleUri: resource('folder.css'),
      nonce: randomBytes(16).toString('hex'),
      bodyClass: 'folder-page',
    });
  }

  /** To the front; a run that stopped goes on. */
  reveal(): void {
    this.panel.reveal();
    void this.run.start(true);
  }

  /** The page answers with its rows in their order. */
  save(): void {
    this.post({ type: 'askSave' });
  }

  dispose(): void {
    void this.run.stop();
    for (const item of this.subscriptions) item.dispose();
  }

  private receive(message: FromFolderPage): void {
    const handlers: Handlers = {
      ready: () => this.opened(),
      start: () => this.run.start(true),
      stop: () => this.run.stop(),
      refresh: () => this.run.start(false),
      again: ({ keys }) => this.run.repeat(keys),
      open: ({ key }) => this.of(key, (uri) => vscode.commands.executeCommand('vscode.open', uri)),
      ask: ({ key }) => this.of(key, (uri) => this.actions.ask(uri)),
      save: ({ keys }) => saveRows(this.folder, this.rowsOf(keys)),
    };
    const handle = handlers[message.type] as ((message: FromFolderPage) => unknown) | undefined;
    handle?.(message);
  }

  /** Only files of this table are opened or asked about. */
  private of(key: string, act: (uri: vscode.Uri) => unknown): void {
    if (this.run.get(key) !== undefined) act(vscode.Uri.parse(key, true));
  }

  private async opened(): Promise<void> {
    await this.library.store.load();
    this.postAll();
    // a page that was hidden and is shown again goes on by itself
    if (this.run.all.length > 0 || this.run.status.state === 'listing') return;
    const describe = this.begun;
    this.begun = false;
    await this.run.start(describe);
  }

  private storeChanged(uris: readonly string[]): void {
    const files = uris.map((uri) => this.run.get(uri)).filter((file) => file !== undefined);
    if (files.length > 0) this.post({ type: 'rows', rows: files.map((file) => this.rowOf(file)) });
  }

  private chatIsBusy(): void {
    this.postStatus(this.run.status);
    void this.library.chat.untilIdle(new AbortController().signal).then(() => this.postStatus(this.run.status));
  }

  private postAll(): void {
    const rows = this.run.all.map((file) => this.rowOf(file));
    this.post({
      type: 'folder',
      name: nameOf(this.folder),
      uri: this.folder.toString(),
      rows,
      status: this.run.status,
    });
  }

  private postStatus(status: FolderStatus): void {
    const yields = status.state === 'running' && this.library.chat.busy;
    this.post({ type: 'status', status: yields ? { ...status, state: 'yielding' } : status });
  }

  private rowOf(file: FolderFile): FolderRow {
    const addressOf = (name: string) => this.panel.webview.asWebviewUri(this.library.thumbnail(name)).toString();
    return folderRow(file, this.library.store.get(file.uri), this.run.isReading(file.uri), addressOf);
  }

  private rowsOf(keys: readonly string[]): FolderRow[] {
    const files = keys.map((key) => this.run.get(key)).filter((file) => file !== undefined);
    return files.map((file) => this.rowOf(file));
  }

  private post(message: ToFolderPage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** As the explorer shows it. */
function nameOf(folder: vscode.Uri): string {
  const workspace = vscode.workspace.getWorkspaceFolder(folder);
  return workspace?.uri.path === folder.path ? workspace.name : vscode.workspace.asRelativePath(folder);
}
