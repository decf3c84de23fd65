import * as vscode from 'vscode';
import { kindName, kindOf } from '../media/kindOf';
import type { MediaLibrary } from '../media/mediaLibrary';
import type { IndexerStatus } from './indexer';
import { type MediaFinder, pathInWorkspace } from './mediaFinder';
import type { FoundMedia } from './searchableMedia';
import type { Snippet, SnippetSource } from './snippet';

const MOST_SHOWN = 50;
const TYPING_MS = 60;
/** While files are measured, what is shown is looked up again this often. */
const RENEW_MS = 1000;

interface MediaItem extends vscode.QuickPickItem {
  uri: vscode.Uri;
}

/** One search: a list that follows what is typed and what becomes known meanwhile. */
export class FindPicker {
  private readonly pick = vscode.window.createQuickPick<MediaItem>();
  private readonly subscriptions: { dispose(): void }[] = [this.pick];
  private readonly ask: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('comment-discussion'),
    tooltip: vscode.l10n.t('Ask About It in the Chat'),
  };
  private readonly stop: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('debug-stop'),
    tooltip: vscode.l10n.t('Stop Reading Files'),
  };
  private readonly renew: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Read New and Changed Files'),
  };
  private timer: NodeJS.Timeout | undefined;
  private isDue = false;

  constructor(
    private readonly finder: MediaFinder,
    private readonly library: MediaLibrary,
    private readonly askInChat: (uri: vscode.Uri) => Promise<void>,
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when the list is there. */
  async show(): Promise<void> {
    const { pick } = this;
    pick.placeholder = vscode.l10n.t(
      'Words in descriptions, recognised text, measured facts and names of pictures, sounds, clouds and plots',
    );
    pick.title = vscode.l10n.t('Find Media');
    // the ranking is ours; a property that only newer versions declare
    Object.assign(pick, { sortByLabel: false });
    this.subscriptions.push(
      pick.onDidChangeValue(() => this.later(TYPING_MS)),
      pick.onDidAccept(() => void this.accept()),
      pick.onDidTriggerItemButton(({ item }) => void this.leaveFor(() => this.askInChat(item.uri))),
      pick.onDidTriggerButton((button) => this.press(button)),
      pick.onDidHide(() => this.dispose()),
      this.finder.indexer.onChange(() => this.follow()),
      this.library.store.onChange(() => this.later(RENEW_MS)),
    );
    pick.busy = true;
    pick.show();
    await this.finder.open();
    this.follow();
    this.search();
  }

  private dispose(): void {
    clearTimeout(this.timer);
    for (const item of this.subscriptions) item.dispose();
  }

  private press(button: vscode.QuickInputButton): void {
    if (button === this.stop) this.finder.indexer.stop();
    else void this.finder.indexer.refresh();
  }

  private async accept(): Promise<void> {
    const item = this.pick.activeItems[0];
    if (item !== undefined) await this.leaveFor(() => vscode.commands.executeCommand('vscode.open', item.uri));
  }

  private async leaveFor(act: () => Thenable<unknown>): Promise<void> {
    this.pick.hide();
    try {
      await act();
    } catch (error) {
      this.log(`Find Media: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A search is due; the sooner of two that are asked for. */
  private later(ms: number): void {
    if (this.isDue && ms > TYPING_MS) return;
    clearTimeout(this.timer);
    this.isDue = true;
    this.timer = setTimeout(() => this.search(), ms);
  }

  private search(): void {
    this.isDue = false;
    const active = this.pick.activeItems[0]?.uri.toString();
    const items = this.finder.media.search(this.pick.value, MOST_SHOWN).map((found) => this.itemOf(found));
    this.pick.keepScrollPosition = true;
    this.pick.items = items;
    const same = items.find(({ uri }) => uri.toString() === active);
    if (same !== undefined) this.pick.activeItems = [same];
  }

  private itemOf({ record, snippet }: FoundMedia): MediaItem {
    const uri = vscode.Uri.parse(record.uri, true);
    const path = pathInWorkspace(record.uri) ?? uri.fsPath;
    const slash = path.lastIndexOf('/');
    const folder = slash > 0 ? ` · ${path.slice(0, slash)}` : '';
    return {
      uri,
      label: path.slice(slash + 1),
      description: `${kindName(kindOf(record))}${folder}`,
      detail: snippet === undefined ? detailWithout(record.error) : detailOf(snippet),
      iconPath: record.thumbnail ? this.library.thumbnail(record.thumbnail) : new vscode.ThemeIcon('file-media'),
      buttons: [this.ask],
      alwaysShow: true,
    };
  }

  private follow(): void {
    const { status } = this.finder.indexer;
    const isWorking = status.state === 'listing' || status.state === 'measuring';
    this.pick.busy = isWorking;
    this.pick.title = titleOf(status, this.finder.media.size);
    this.pick.buttons = [isWorking ? this.stop : this.renew];
  }
}

function titleOf(status: IndexerStatus, known: number): string {
  if (status.state === 'listing') return vscode.l10n.t('Find Media: looking for files, {0} known', known);
  if (status.state === 'measuring') {
    return vscode.l10n.t('Find Media: {0} files known, measuring {1} of {2}', known, status.done + 1, status.total);
  }
  if (status.state === 'stopped') {
    return vscode.l10n.t('Find Media: {0} files known, {1} of them by name only (stopped)', known, status.total);
  }
  if (status.state === 'failed') return vscode.l10n.t('Find Media: {0}', status.problem ?? '');
  return vscode.l10n.t('Find Media: {0} files', known);
}

function detailWithout(error: { code: string; text: string } | undefined): string {
  return error ? `${error.code}: ${error.text}` : vscode.l10n.t('Known by its name so far');
}

/** Whose words they are stands in front of them. */
function detailOf({ source, text }: Snippet): string {
  const heads: Record<SnippetSource, string> = {
    model: vscode.l10n.t('The model: {0}', text),
    title: vscode.l10n.t('Read in the plot: {0}', text),
    text: vscode.l10n.t('Text in it: {0}', text),
    measured: vscode.l10n.t('Measured: {0}', text),
  };
  return heads[source];
}
