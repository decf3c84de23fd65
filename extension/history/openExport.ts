import * as vscode from 'vscode';
import type { Conversation } from '../chat/conversation';
import { exportMarkdown } from './exportMarkdown';

/** Opens the conversation as an unsaved Markdown file: nothing is written until the person saves it. */
export async function openExport(conversation: Conversation): Promise<void> {
  const content = exportMarkdown(conversation);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
}
