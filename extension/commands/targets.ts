import * as vscode from 'vscode';

/**
 * The files of a context menu: (clicked, all selected) in the explorer, (clicked, where) on a tab; the address of a
 * hover's link; none in the palette.
 */
export function urisOf(args: readonly unknown[]): vscode.Uri[] {
  const [clicked, selected] = args;
  if (typeof clicked === 'string') return fromLink(clicked);
  if (Array.isArray(selected)) {
    const uris = selected.filter((item) => item instanceof vscode.Uri);
    if (uris.length > 0) return uris;
  }
  return clicked instanceof vscode.Uri ? [clicked] : [];
}

function fromLink(address: string): vscode.Uri[] {
  try {
    return [vscode.Uri.parse(address, true)];
  } catch {
    return [];
  }
}

/** The file of the active tab, custom editors such as the image preview included. */
export function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return undefined;
}
