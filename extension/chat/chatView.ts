import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../daemon/protocol/panelMessages';
import { packRestore } from './packRestore';
import { pageLanguage } from './pageLanguage';
import { LAZY_SCRIPTS, panelHtml } from './panelHtml';

export const CHAT_VIEW_ID = 'onelens.chat';

/** The chat's view: shows the page and carries messages. It may be closed and opened again at any time. */
export class ChatView implements vscode.WebviewViewProvider {
  private webview: vscode.Webview | null = null;
  private wantsFocus = false;
  private isReady = false;
  private readonly onReady = new vscode.EventEmitter<void>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly receive: (message: FromPanel) => void,
    private readonly restore: () => ToPanel,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const { webview } = view;
    this.webview = webview;
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.onDidReceiveMessage((message: FromPanel) => this.handle(message));
    view.onDidDispose(() => {
      if (this.webview !== webview) return;
      this.webview = null;
      this.isReady = false;
    });
    webview.html = panelHtml({
      ...pageLanguage(),
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(root, 'main.js')).toString(),
      lazyScriptUris: Object.fromEntries(
        LAZY_SCRIPTS.map((name) => [name, webview.asWebviewUri(vscode.Uri.joinPath(root, `${name}.js`)).toString()]),
      ),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(root, 'main.css')).toString(),
      nonce: randomBytes(16).toString('hex'),
    });
  }

  /** To a panel that is closed a message is lost; when it opens it gets everything by `restore`. */
  post(message: ToPanel): void {
    void this.webview?.postMessage(packRestore(message));
  }

  /** Opens the view and puts the cursor into the question. */
  async focus(): Promise<void> {
    this.wantsFocus = true;
    await vscode.commands.executeCommand(`${CHAT_VIEW_ID}.focus`);
    this.post({ type: 'focus' });
  }

  /** Resolves when the page takes messages; false where it does not within `limitMs`. */
  ready(limitMs: number): Promise<boolean> {
    if (this.isReady) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), limitMs);
      const listener = this.onReady.event(() => done(true));
      const done = (isReady: boolean) => {
        clearTimeout(timer);
        listener.dispose();
        resolve(isReady);
      };
    });
  }

  private handle(message: FromPanel): void {
    if (message.type === 'ready') this.opened();
    else this.receive(message);
  }

  private opened(): void {
    this.post({ type: 'trust', trusted: vscode.workspace.isTrusted });
    this.post(this.restore());
    this.isReady = true;
    this.onReady.fire();
    if (this.wantsFocus) this.post({ type: 'focus' });
    this.wantsFocus = false;
  }
}
