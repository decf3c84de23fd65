import * as vscode from 'vscode';
import { candidatePaths } from './candidatePaths';
import type { DocumentKind } from './documentKinds';

/** A media file that a document names, as it is now. */
export interface MediaFile {
  uri: vscode.Uri;
  name: string;
  mtime: number;
  size: number;
}

/**
 * The first file that the written path leads to; undefined where there is none. Only looks whether files are there,
 * through VS Code; in a workspace that is not trusted, inside its folders only.
 */
export async function resolveMedia(
  document: vscode.TextDocument,
  written: string,
  kind: DocumentKind,
): Promise<MediaFile | undefined> {
  const base = baseOf(document);
  const paths = candidatePaths(written, basesOf(document, base, kind), kind === 'latex');
  for (const path of paths) {
    const file = await fileAt(base.with({ path, query: '', fragment: '' }));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** What a document's addresses are relative to: for a cell its notebook, for an unsaved one the workspace. */
function baseOf({ uri }: vscode.TextDocument): vscode.Uri {
  if (uri.scheme === 'vscode-notebook-cell') {
    const cellOf = (notebook: vscode.NotebookDocument) =>
      notebook.getCells().some(({ document }) => document.uri.toString() === uri.toString());
    return vscode.workspace.notebookDocuments.find(cellOf)?.uri ?? uri.with({ scheme: 'file', fragment: '' });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return uri.scheme === 'untitled' ? (folder ?? uri.with({ scheme: 'file' })) : uri;
}

function basesOf(document: vscode.TextDocument, base: vscode.Uri, kind: DocumentKind) {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === base.scheme && uri.authority === base.authority)
    .map(({ uri }) => uri.path);
  const isSaved = base.toString() === document.uri.toString() || document.uri.scheme === 'vscode-notebook-cell';
  return {
    directory: isSaved && !document.isUntitled ? base.path.replace(/\/[^/]*$/, '') || '/' : null,
    folders,
    also: kind === 'latex' ? graphicsFolders(document.getText()) : [],
    windows: process.platform === 'win32' && base.scheme === 'file',
    onlyInFolders: !vscode.workspace.isTrusted,
  };
}

/** Of `\graphicspath{{figures/}{plots/}}`. */
function graphicsFolders(text: string): string[] {
  const list = /\\graphicspath\s*\{((?:\s*\{[^{}]*\})+)\s*\}/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!.trim()).slice(0, 8);
}

async function fileAt(uri: vscode.Uri): Promise<MediaFile | undefined> {
  try {
    const { type, mtime, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    return { uri, name: uri.path.split('/').at(-1) ?? uri.path, mtime, size };
  } catch {
    return undefined;
  }
}
