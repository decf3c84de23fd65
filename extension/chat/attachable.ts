import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { failures } from '../supervisor/failure';
import type { Attachable, FileAddress } from './attachments';

/** Of a file whose bytes travel over the socket: a virtual workspace's, or pasted ones. */
export const BYTES_LIMIT = 32 * 1024 * 1024;

/** A file by its address: by path where the daemon can open it, else by its bytes. */
export function attachableFromUri(uri: vscode.Uri): Attachable {
  const name = uri.path.split('/').at(-1) || uri.toString();
  const label = labelled(uri);
  if (uri.scheme === 'file') {
    return {
      name,
      ...label,
      key: uri.toString(),
      address: { uri: uri.toString() },
      load: async () => ({ path: uri.fsPath }),
      readBytes: (limit) => readBytes(uri, name, limit),
    };
  }
  return {
    name,
    ...label,
    key: uri.toString(),
    address: { uri: uri.toString() },
    load: async () => ({ name, base64: Buffer.from(await readBytes(uri, name, BYTES_LIMIT)).toString('base64') }),
    readBytes: (limit) => readBytes(uri, name, limit),
  };
}

/** "north/plots/a.png" in a workspace of several folders. */
function labelled(uri: vscode.Uri): { label?: string } {
  const { workspaceFolders, getWorkspaceFolder, asRelativePath } = vscode.workspace;
  if ((workspaceFolders?.length ?? 0) < 2 || getWorkspaceFolder(uri) === undefined) return {};
  return { label: asRelativePath(uri, true) };
}

/** What a person said of a map. */
export interface MapHints {
  as: 'depth' | 'normal';
  /** Absent: one is looked for beside the map. */
  photo?: vscode.Uri;
}

/** A picture as a depth or normal map. */
export function mapFromUri(uri: vscode.Uri, { as, photo }: MapHints): Attachable {
  const map = attachableFromUri(uri);
  return {
    ...map,
    key: `${map.key}#${as}#${photo?.toString() ?? ''}`,
    address: { uri: uri.toString(), as, ...(photo === undefined ? {} : { photo: photo.toString() }) },
    load: async () => ({
      ...(await map.load()),
      as,
      ...(photo === undefined ? {} : { photo: await attachableFromUri(photo).load() }),
    }),
  };
}

/** A file of a conversation that was kept; null for pasted data, of which only the name is left. */
export function attachableFromAddress(address: FileAddress | null, name: string): Attachable {
  if (address === null) return forgotten(name);
  const uri = vscode.Uri.parse(address.uri);
  const { as, photo } = address;
  if (as === undefined) return attachableFromUri(uri);
  return mapFromUri(uri, photo === undefined ? { as } : { as, photo: vscode.Uri.parse(photo) });
}

function forgotten(name: string): Attachable {
  return {
    name,
    key: `forgotten:${name}`,
    load: async () => {
      throw failures.pastedGone(name);
    },
  };
}

/** Pasted or dropped data. */
export function attachableFromBytes(name: string, base64: string): Attachable {
  const key = `bytes:${createHash('sha256').update(base64).digest('hex')}`;
  const bytes = Math.floor((base64.length * 3) / 4);
  return {
    name,
    key,
    load: async () => {
      if (bytes > BYTES_LIMIT) throw failures.fileTooLarge(name, bytes, BYTES_LIMIT);
      return { name, base64 };
    },
    readBytes: async (limit) => {
      if (bytes > limit) throw failures.fileTooLarge(name, bytes, limit);
      return Buffer.from(base64, 'base64');
    },
  };
}

async function readBytes(uri: vscode.Uri, name: string, limit: number): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > limit) throw failures.fileTooLarge(name, size, limit);
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) throw failures.fileUnreadable(name, error.code || error.message);
    throw error;
  }
}

/**
 * An address that was dropped on the panel. The panel lives in the window, where a remote machine's files are
 * `vscode-remote:`; on that machine they are plain files.
 */
export function uriFromDrop(text: string): vscode.Uri | null {
  try {
    const uri = vscode.Uri.parse(text, true);
    return uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined
      ? uri.with({ scheme: 'file', authority: '' })
      : uri;
  } catch {
    return null;
  }
}
