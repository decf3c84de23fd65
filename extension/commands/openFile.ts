import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';
import { urisOf } from './targets';

/** Of a hover's link: in the editor that VS Code has for the file. */
export async function openFile(_context: CommandContext, ...args: unknown[]): Promise<void> {
  const uri = urisOf(args)[0];
  if (uri !== undefined && !/^https?$/.test(uri.scheme)) await vscode.commands.executeCommand('vscode.open', uri);
}
