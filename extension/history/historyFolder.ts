import { join } from 'node:path';
import type * as vscode from 'vscode';

/** VS Code's folder for this workspace, outside of it; windows without a folder share one. */
export function historyFolder({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  return join((storageUri ?? globalStorageUri).fsPath, 'chats');
}
