import * as vscode from 'vscode';
import type { MediaLibrary } from '../media/mediaLibrary';
import { FolderPage, type FolderPageActions } from './folderPage';

export const FOLDER_PAGE = 'onelens.folder';

/** The pages that describe folders, one a folder. */
export class FolderPages implements vscode.WebviewPanelSerializer {
  private readonly pages = new Map<string, FolderPage>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly library: MediaLibrary,
    private readonly actions: FolderPageActions,
  ) {}

  /** Opens the folder's page, or goes to it, and begins or goes on. */
  show(folder: vscode.Uri): void {
    const known = this.pages.get(folder.toString());
    if (known !== undefined) {
      known.reveal();
      return;
    }
    const name = folder.path.split('/').filter(Boolean).at(-1) ?? folder.path;
    const title = vscode.l10n.t('Descriptions: {0}', name);
    const panel = vscode.window.createWebviewPanel(FOLDER_PAGE, title, vscode.ViewColumn.Active, {
      enableFindWidget: false,
    });
    this.take(folder, panel, true);
  }

  /** The page whose tab has the keyboard, else one in sight. */
  get active(): FolderPage | undefined {
    const pages = [...this.pages.values()];
    return pages.find((page) => page.panel.active) ?? pages.find((page) => page.panel.visible);
  }

  /** After the window was loaded again: what was done is shown, and waits to be gone on with. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folder = (state as { folder?: unknown } | undefined)?.folder;
    if (typeof folder !== 'string' || this.pages.has(folder)) panel.dispose();
    else this.take(vscode.Uri.parse(folder, true), panel, false);
  }

  private take(folder: vscode.Uri, panel: vscode.WebviewPanel, begin: boolean): void {
    const page = new FolderPage(folder, panel, this.extensionUri, this.library, this.actions, begin);
    this.pages.set(folder.toString(), page);
    panel.onDidDispose(() => {
      this.pages.delete(folder.toString());
      page.dispose();
    });
  }
}
