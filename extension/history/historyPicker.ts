import * as vscode from 'vscode';
import { toFailure } from '../supervisor/failure';
import type { ChatHistory } from './chatHistory';
import { dateText } from './exportMarkdown';
import { openExport } from './openExport';
import { type Hit, type Searchable, searchHistory } from './searchHistory';

type Deed = 'rename' | 'export' | 'delete';
type Button = vscode.QuickInputButton & { deed: Deed };

interface Item extends vscode.QuickPickItem {
  id: string;
  title: string;
}

const button = (deed: Deed, icon: string, tooltip: string): Button => ({
  deed,
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

/**
 * The conversations of the workspace, found by their titles and by what was said. Returns the id of the one to open;
 * undefined when the person leaves.
 */
export async function pickConversation(history: ChatHistory): Promise<string | undefined> {
  let search = '';
  for (;;) {
    const picked = await pickOnce(history, search);
    if (picked === undefined || typeof picked === 'string') return picked;
    search = picked.search;
    await does[picked.deed](history, picked.item).catch((error) => {
      void vscode.window.showErrorMessage(`OneLens: ${toFailure(error).message}`);
    });
    if (picked.deed === 'export') return undefined;
  }
}

function pickOnce(
  history: ChatHistory,
  search: string,
): Promise<string | undefined | { deed: Deed; item: Item; search: string }> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Chat History');
  pick.placeholder = vscode.l10n.t('Search titles, questions and answers');
  pick.value = search;
  const items: Searchable[] = [];
  const show = () => {
    pick.items = searchHistory(items, pick.value).map((hit) => itemOf(hit, history.isShown(hit.entry.id)));
  };
  return new Promise((resolve) => {
    let isOpen = true;
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) done(item.id);
    });
    pick.onDidTriggerItemButton((event) =>
      done({ deed: (event.button as Button).deed, item: event.item, search: pick.value }),
    );
    pick.onDidHide(() => done(undefined));
    const done = (result: Parameters<typeof resolve>[0]) => {
      isOpen = false;
      resolve(result);
      pick.dispose();
    };
    pick.busy = true;
    pick.show();
    void (async () => {
      for await (const item of history.all()) {
        if (!isOpen) return;
        items.push(item);
      }
      pick.busy = false;
      if (items.length === 0) pick.placeholder = vscode.l10n.t('No conversation has been kept in this workspace yet');
      show();
    })();
  });
}

function itemOf({ entry, snippet }: Hit, isShown: boolean): Item {
  const count = entry.turns === 1 ? vscode.l10n.t('1 question') : vscode.l10n.t('{0} questions', entry.turns);
  return {
    id: entry.id,
    title: entry.title,
    label: `${isShown ? '$(comment-discussion) ' : ''}${entry.title || vscode.l10n.t('Conversation')}`,
    description: [dateText(entry.updated), count, ...(isShown ? [vscode.l10n.t('open now')] : [])].join(' · '),
    ...(snippet === '' ? {} : { detail: snippet }),
    // found by us, in what VS Code's own filter does not see
    alwaysShow: true,
    buttons: [
      button('rename', 'edit', vscode.l10n.t('Rename')),
      button('export', 'markdown', vscode.l10n.t('Export as Markdown')),
      button('delete', 'trash', vscode.l10n.t('Delete')),
    ],
  };
}

const does: Record<Deed, (history: ChatHistory, item: Item) => Promise<void>> = {
  async rename(history, { id, title }) {
    const value = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Conversation'),
      value: title,
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Write a title.') : undefined),
    });
    if (value !== undefined) await history.rename(id, value.trim());
  },
  async export(history, { id }) {
    await openExport(await history.read(id));
  },
  async delete(history, { id, title }) {
    const remove = vscode.l10n.t('Delete');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete the conversation "{0}"?', title),
      { modal: true, detail: vscode.l10n.t('This cannot be undone. The files it is about stay.') },
      remove,
    );
    if (chosen === remove) await history.remove(id);
  },
};
