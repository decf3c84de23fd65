import * as vscode from 'vscode';

/**
 * A link that a model wrote, followed after the person saw where it goes: the web in the browser, a file in the editor.
 * VS Code asks for itself before it opens a web page of a site that is not trusted.
 */
export async function followLink(href: string): Promise<void> {
  const uri = parsed(href);
  if (uri === null) return;
  if (uri.scheme !== 'file') {
    await vscode.env.openExternal(uri);
    return;
  }
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The answer links to a file on this machine. Open it?'),
    { modal: true, detail: uri.fsPath },
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', uri);
}

function parsed(href: string): vscode.Uri | null {
  try {
    const uri = vscode.Uri.parse(href, true);
    return ['http', 'https', 'file'].includes(uri.scheme) ? uri : null;
  } catch {
    return null;
  }
}
