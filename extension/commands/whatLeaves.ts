import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

/** The page in the editor's display language where there is one, as a Markdown preview; its text where VS Code has no preview. */
export async function whatLeaves({ extensionUri }: CommandContext): Promise<void> {
  const page = await translated(extensionUri);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    await vscode.window.showTextDocument(page);
  }
}

async function translated(extensionUri: vscode.Uri): Promise<vscode.Uri> {
  const own = vscode.Uri.joinPath(extensionUri, 'docs', `privacy.${vscode.env.language}.md`);
  return vscode.workspace.fs.stat(own).then(
    () => own,
    () => vscode.Uri.joinPath(extensionUri, 'docs', 'privacy.md'),
  );
}
