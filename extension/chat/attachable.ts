import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { failures } from '../supervisor/failure';
import type { Attachable } from './attachments';

/** Of a file whose bytes travel over the socket: a virtual workspace's, or pasted ones. */
export const BYTES_LIMIT = 32 * 1024 * 1024;

/** A file by its address: by path where the daemon can open it, else by its bytes. */
export function attachableFromUri(uri: vscode.Uri): Attachable {
  const name = uri.path.split('/').at(-1) || uri.toString();
  if (uri.scheme === 'file') {
    return { name, key: uri.toString(), load: async () => ({ path: uri.fsPath }) };
  }
  return { name, key: uri.toString(), load: async () => ({ name, base64: await readBase64(uri, name) }) };
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
  };
}

async function readBase64(uri: vscode.Uri, name: string): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > BYTES_LIMIT) throw failures.fileTooLarge(name, size, BYTES_LIMIT);
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('base64');
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
