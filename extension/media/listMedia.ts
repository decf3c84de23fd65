import * as vscode from 'vscode';
import { isSupportedName } from '../chat/supportedFiles';
import type { Config } from '../config';
import { excluder } from './globs';
import { type FileStamp, type WalkPorts, walkMedia } from './walkMedia';

export interface ListedFile extends FileStamp {
  uri: string;
  path: string;
}

/** The media files under a folder, as far as the person's settings do not exclude them. */
export async function* listMedia(
  root: vscode.Uri,
  config: Config,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<ListedFile[]> {
  const excluded = excluder(config.excludes(root));
  // the settings' patterns begin at the workspace folder
  const above = pathInWorkspace(root);
  const options = {
    most,
    wanted: isSupportedName,
    excluded: (path: string) => excluded(above === '' ? path : `${above}/${path}`),
  };
  for await (const found of walkMedia(portsOf(root), options, signal)) {
    yield found.map(({ path, size, mtime }) => ({
      uri: vscode.Uri.joinPath(root, path).toString(),
      path,
      size,
      mtime,
    }));
  }
}

/** '' where the folder is a workspace folder or outside of all. */
function pathInWorkspace(folder: vscode.Uri): string {
  const workspace = vscode.workspace.getWorkspaceFolder(folder);
  if (workspace === undefined) return '';
  return folder.path.slice(workspace.uri.path.length).replace(/^\/+|\/+$/g, '');
}

function portsOf(root: vscode.Uri): WalkPorts {
  const uriOf = (path: string) => (path === '' ? root : vscode.Uri.joinPath(root, path));
  return {
    readFolder: async (path) =>
      (await vscode.workspace.fs.readDirectory(uriOf(path))).map(([name, type]) => ({ name, kind: kindOf(type) })),
    stat: async (path) => {
      const { size, mtime } = await vscode.workspace.fs.stat(uriOf(path));
      return { size, mtime };
    },
  };
}

/** Links to folders are not followed: they may lead round in a circle. */
function kindOf(type: vscode.FileType): 'file' | 'folder' | 'other' {
  if (type & vscode.FileType.File) return 'file';
  return type === vscode.FileType.Directory ? 'folder' : 'other';
}
