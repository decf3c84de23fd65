import * as vscode from 'vscode';
import type { FoundFile, ToPanel } from '../../daemon/protocol/panelMessages';
import { fuzzyScore } from './fuzzyMatch';
import { MENU_GLOB } from './supportedFiles';

/** Files of the workspace that are looked through, and those that are offered. */
const MOST_FILES = 5000;
const MOST_OFFERED = 20;
const SEARCH_LIMIT_MS = 10_000;
/** One list serves the letters of one word. */
const FRESH_MS = 5000;

interface Listing {
  files: Promise<FoundFile[]>;
  source: vscode.CancellationTokenSource;
  until: number;
}

/** The files of supported kinds that a few letters after `#` may mean. The newest request counts; others go unanswered. */
export class WorkspaceFiles {
  private listing: Listing | null = null;
  private newest = 0;

  constructor(private readonly post: (message: ToPanel) => void) {}

  async find(request: number, query: string | null): Promise<void> {
    this.newest = request;
    if (query === null) return this.cancel();
    const files = await this.list();
    if (this.newest === request) this.post({ type: 'filesFound', request, files: bestOf(files, query) });
  }

  private cancel(): void {
    this.listing?.source.cancel();
    this.listing = null;
  }

  private list(): Promise<FoundFile[]> {
    if (this.listing !== null && Date.now() < this.listing.until) return this.listing.files;
    const source = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => source.cancel(), SEARCH_LIMIT_MS);
    const files = listFiles(source.token).finally(() => clearTimeout(timer));
    this.listing = { files, source, until: Date.now() + FRESH_MS };
    return files;
  }
}

async function listFiles(token: vscode.CancellationToken): Promise<FoundFile[]> {
  const uris = await vscode.workspace.findFiles(MENU_GLOB, '**/node_modules/**', MOST_FILES, token);
  return uris.map((uri) => {
    const parts = vscode.workspace.asRelativePath(uri).split('/');
    return { uri: uri.toString(), name: parts.at(-1) ?? '', folder: parts.slice(0, -1).join('/') };
  });
}

function bestOf(files: readonly FoundFile[], query: string): FoundFile[] {
  return files
    .flatMap((file) => {
      const score = fuzzyScore(query, file.name, file.folder);
      return score === null ? [] : [{ file, score }];
    })
    .sort((a, b) => b.score - a.score || pathOf(a.file).localeCompare(pathOf(b.file)))
    .slice(0, MOST_OFFERED)
    .map(({ file }) => file);
}

function pathOf({ folder, name }: FoundFile): string {
  return `${folder}/${name}`;
}
