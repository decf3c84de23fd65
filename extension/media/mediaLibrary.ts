import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import type { Config } from '../config';
import type { Supervisor } from '../supervisor/supervisor';
import type { ChatFirst } from './chatFirst';
import { keepAnswer } from './keepAnswer';
import { type ListedFile, listMedia } from './listMedia';
import { MediaReader } from './mediaReader';
import { MediaStore } from './mediaStore';
import { Thumbnails } from './thumbnails';

/** What is known of the workspace's media files, kept outside the workspace. Nothing is read before it is used. */
export class MediaLibrary {
  readonly store: MediaStore;
  readonly reader: MediaReader;
  readonly thumbnailFolder: vscode.Uri;

  constructor(
    context: vscode.ExtensionContext,
    engine: Supervisor,
    private readonly config: Config,
    readonly chat: ChatFirst,
    log: vscode.LogOutputChannel,
  ) {
    const folder = context.storageUri ?? vscode.Uri.joinPath(context.globalStorageUri, 'no-workspace');
    this.thumbnailFolder = vscode.Uri.joinPath(folder, 'thumbnails');
    this.store = new MediaStore(vscode.Uri.joinPath(folder, 'media.jsonl').fsPath, (line) => log.warn(line));
    const ports = {
      daemon: () => engine.ready(),
      options: () => ({ model: config.model, maxTokens: config.maxTokens, temperature: config.temperature }),
      fileOf: (uri: string) => attachableFromUri(vscode.Uri.parse(uri, true)),
    };
    this.reader = new MediaReader(ports, this.store, new Thumbnails(this.thumbnailFolder.fsPath), chat);
    chat.onAnswer((turn) => void keepAnswer(turn, this.store, stampOf));
  }

  list(root: vscode.Uri, most: number, signal: AbortSignal): AsyncIterable<ListedFile[]> {
    return listMedia(root, this.config, most, signal);
  }

  /** The globs that a walk of this folder leaves out. */
  excludes(folder: vscode.Uri): string[] {
    return this.config.excludes(folder);
  }

  thumbnail(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.thumbnailFolder, name);
  }

  dispose(): Promise<void> {
    return this.store.flush();
  }
}

async function stampOf(path: string) {
  const uri = vscode.Uri.file(path);
  const { size, mtime } = await vscode.workspace.fs.stat(uri);
  return { uri: uri.toString(), size, mtime };
}
