import * as vscode from 'vscode';
import { statusText } from './statusText';
import type { Supervisor } from './supervisor';

/** One quiet item on the left; a click opens the chat, the tooltip tells model, device and reason. */
export function createStatusItem(supervisor: Supervisor): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('onelens.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'OneLens';
  item.command = 'onelens.openChat';
  const show = () => {
    const { text, label, tooltip, isError } = statusText(supervisor.snapshot);
    item.text = text;
    item.accessibilityInformation = { label };
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.tooltip.isTrusted = { enabledCommands: ['onelens.restartEngine', 'onelens.showLog'] };
    item.backgroundColor = isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  };
  show();
  item.show();
  return vscode.Disposable.from(item, supervisor.onDidChange(show));
}
