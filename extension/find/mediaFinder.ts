import * as vscode from 'vscode';
import { isSupportedName, MENU_GLOB } from '../chat/supportedFiles';
import { excluder } from '../media/globs';
import type { MediaLibrary } from '../media/mediaLibrary';
import { Indexer } from './indexer';
import { SearchableMedia } from './searchableMedia';

const MOST_FILES = 20_000;
/** Files change in bursts: a build, a checkout. */
const SETTLED_MS = 800;

/** The workspace's media as something to search; nothing happens before it is first opened. */
export class MediaFinder {
  readonly indexer: Indexer;
  readonly media: SearchableMedia;
  private opened: Promise<void> | undefined;
  private readonly subscriptions: { dispose(): void }[] = [];
  private readonly touched = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly library: MediaLibrary,
    log: (line: string) => void,
  ) {
    this.media = new SearchableMedia(library.store, pathInWorkspace);
    this.indexer = new Indexer(library.store, {
      list: (signal) => this.list(signal),
      isInside: (uri) => pathInWorkspace(uri) !== undefined,
      stamp: (uri) => this.stamp(vscode.Uri.parse(uri, true)),
      measure: (file, signal) => library.reader.measure(file.uri, file, signal),
      log,
    });
  }

  /** Resolves when what was kept can be searched; the comparison with the files goes on behind. */
  open(): Promise<void> {
    this.opened ??= this.begin();
    return this.opened;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.indexer.stop();
    this.media.dispose();
    for (const item of this.subscriptions) item.dispose();
  }

  private async begin(): Promise<void> {
    await this.library.store.load();
    await this.media.build();
    this.watch();
    void this.indexer.refresh();
  }

  private watch(): void {
    // folders that go have no ending, so the glob of the kinds would not see them
    const watchers = [MENU_GLOB, '**/*'].map((glob, i) => vscode.workspace.createFileSystemWatcher(glob, i > 0, i > 0));
    const touch = (uri: vscode.Uri) => this.touch(uri);
    const [kinds, all] = watchers as [vscode.FileSystemWatcher, vscode.FileSystemWatcher];
    this.subscriptions.push(
      ...watchers,
      kinds.onDidCreate(touch),
      kinds.onDidChange(touch),
      all.onDidDelete(touch),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.indexer.refresh()),
    );
  }

  private touch(uri: vscode.Uri): void {
    this.touched.add(uri.toString());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const uris = [...this.touched];
      this.touched.clear();
      void this.indexer.changed(uris);
    }, SETTLED_MS);
  }

  private async *list(signal: AbortSignal): AsyncGenerator<Array<{ uri: string; size: number; mtime: number }>> {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) yield* this.library.list(uri, MOST_FILES, signal);
  }

  private async stamp(uri: vscode.Uri): Promise<{ size: number; mtime: number } | undefined> {
    const path = pathInFolder(uri);
    if (path === undefined || !isSupportedName(uri.path) || this.isExcluded(uri, path)) return undefined;
    try {
      const { size, mtime, type } = await vscode.workspace.fs.stat(uri);
      return type & vscode.FileType.File ? { size, mtime } : undefined;
    } catch {
      return undefined;
    }
  }

  /** The file, or a folder that holds it. */
  private isExcluded(uri: vscode.Uri, path: string): boolean {
    const excluded = excluder(this.library.excludes(uri));
    const parts = path.split('/');
    return parts.some((_, i) => excluded(parts.slice(0, i + 1).join('/')));
  }
}

/** With the folder's name in front where there are several; undefined outside the workspace. */
export function pathInWorkspace(text: string): string | undefined {
  const uri = vscode.Uri.parse(text, true);
  return vscode.workspace.getWorkspaceFolder(uri) && vscode.workspace.asRelativePath(uri);
}

function pathInFolder(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri) && vscode.workspace.asRelativePath(uri, false);
}
