import type { FoundFile } from '../daemon/protocol/panelMessages';
import { h, icon } from './dom';
import { type FileMention, mentionAt, withFile } from './fileMention';
import { t } from './l10n';

export interface FilePickerActions {
  /** Asks for files; null says that nobody waits any more. */
  find(request: number, query: string | null): void;
  attach(uri: string): void;
}

const LIST_ID = 'files-found';

/**
 * Files of the workspace while one writes `#`: the combobox pattern of ARIA with a list above the question. Arrows
 * choose, Enter and Tab take, Escape closes. The field itself stays a text box, since a field of several lines may have
 * no other role, so how many files there are is said in words.
 */
export class FilePicker {
  readonly element = h('ul', {
    class: 'file-picker',
    id: LIST_ID,
    role: 'listbox',
    'aria-label': t('Files'),
    hidden: true,
  });
  /** For screen readers. */
  readonly announcement = h('div', { class: 'sr-only', 'aria-live': 'polite' });
  private mention: FileMention | null = null;
  /** Where Escape was pressed: this `#` stays text. */
  private dismissed: number | null = null;
  private request = 0;
  private files: readonly FoundFile[] = [];
  private active = 0;

  constructor(
    private readonly input: HTMLTextAreaElement,
    private readonly actions: FilePickerActions,
    private readonly changed: () => void,
  ) {
    input.addEventListener('input', () => this.look());
    input.addEventListener('click', () => this.look());
    input.addEventListener('blur', () => this.close());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** The extension's answer; one to an earlier letter is not shown. */
  show(found: { request: number; files: readonly FoundFile[] }): void {
    if (this.mention === null || found.request !== this.request || found.files === this.files) return;
    this.files = found.files;
    this.active = 0;
    this.draw();
  }

  /** True where the key was for the list. */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.isComposing) return false;
    const count = this.files.length;
    if (event.key === 'Escape') this.dismiss();
    else if (count === 0) return false;
    else if (event.key === 'ArrowDown') this.activate((this.active + 1) % count);
    else if (event.key === 'ArrowUp') this.activate((this.active - 1 + count) % count);
    else if (event.key === 'Enter' || event.key === 'Tab') this.choose(this.active);
    else return false;
    event.preventDefault();
    return true;
  }

  private look(): void {
    const mention = mentionAt(this.input.value, this.input.selectionStart);
    if (mention === null) this.dismissed = null;
    if (mention === null || mention.start === this.dismissed) {
      this.close();
      return;
    }
    const isNew = mention.query !== this.mention?.query || mention.start !== this.mention.start;
    this.mention = mention;
    if (!isNew) return;
    this.request += 1;
    this.actions.find(this.request, mention.query);
  }

  private dismiss(): void {
    this.dismissed = this.mention?.start ?? null;
    this.close();
  }

  private close(): void {
    if (this.mention === null) return;
    this.mention = null;
    this.files = [];
    this.request += 1;
    this.actions.find(this.request, null);
    this.draw();
  }

  private choose(index: number): void {
    const file = this.files[index];
    if (file === undefined || this.mention === null) return;
    const { text, caret } = withFile(this.input.value, this.mention, file.name);
    this.close();
    this.actions.attach(file.uri);
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.changed();
  }

  private activate(index: number): void {
    this.active = index;
    this.draw();
    this.element.children[index]?.scrollIntoView({ block: 'nearest' });
  }

  private draw(): void {
    const isOpen = this.mention !== null;
    this.element.hidden = !isOpen;
    this.element.replaceChildren(
      ...(this.files.length > 0
        ? this.files.map((file, index) => this.option(file, index))
        : [h('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, t('No file fits'))]),
    );
    this.announcement.textContent = isOpen ? countText(this.files.length) : '';
    // only while there is a list: else it is a field like any other
    const attributes: Record<string, string> = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': LIST_ID,
      'aria-activedescendant': this.files.length > 0 ? `${LIST_ID}-${this.active}` : '',
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (isOpen && value !== '') this.input.setAttribute(name, value);
      else this.input.removeAttribute(name);
    }
  }

  private option({ name, folder }: FoundFile, index: number): HTMLElement {
    const isActive = index === this.active;
    return h(
      'li',
      {
        id: `${LIST_ID}-${index}`,
        role: 'option',
        'aria-selected': String(isActive),
        class: isActive ? 'active' : 'other',
        title: folder === '' ? name : `${folder}/${name}`,
        on: {
          // before the question loses the keyboard
          mousedown: (event) => {
            event.preventDefault();
            this.choose(index);
          },
        },
      },
      icon('symbol-file'),
      h('span', { class: 'name' }, name),
      h('span', { class: 'folder' }, folder),
    );
  }
}

function countText(count: number): string {
  if (count === 0) return t('No file fits');
  return t(count === 1 ? '1 file; Enter attaches it' : '{0} files; arrows choose, Enter attaches', count);
}
