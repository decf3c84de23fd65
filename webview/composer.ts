import type { PanelAttachment } from '../daemon/protocol/panelMessages';
import { createAttachmentChip } from './attachmentCard';
import { h, icon, iconButton } from './dom';
import { FilePicker, type FilePickerActions } from './filePicker';
import { t } from './l10n';
import { activeTurn, type PanelState } from './state';
import { createStatusLine } from './statusLine';

export interface ComposerActions {
  ask(question: string): void;
  stop(id: string): void;
  attach(): void;
  detach(id: string): void;
  newChat(): void;
  keepDraft(draft: string): void;
  files: FilePickerActions;
}

/** The style sheet makes the field as tall as its text where the browser can; elsewhere it is measured. */
const GROWS_BY_ITSELF = CSS.supports('field-sizing', 'content');

/** Where a question is written: the files it is about, the text, and what can be done. */
export class Composer {
  readonly element: HTMLElement;
  private readonly strip = h('ul', { class: 'strip', 'aria-label': t('Attached files') });
  private readonly notice = h('div', { class: 'notice', role: 'status' });
  private readonly input = h('textarea', { 'aria-label': t('Question'), rows: '1', spellcheck: 'true' });
  private readonly send = iconButton('send', t('Send'), () => this.submit(), 'send');
  private readonly stopButton = iconButton('debug-stop', t('Stop'), () => this.stop(), 'stop');
  private readonly newChat: HTMLButtonElement;
  private readonly files = new FilePicker(
    this.input,
    {
      find: (request, query) => this.actions.files.find(request, query),
      attach: (uri) => this.actions.files.attach(uri),
    },
    () => this.typed(),
  );
  private readonly status = createStatusLine();
  private shownAttachments: readonly PanelAttachment[] | null = null;
  private state: PanelState | null = null;

  constructor(
    private readonly actions: ComposerActions,
    draft: string,
  ) {
    this.newChat = iconButton('add', t('New chat'), () => this.startNewChat());
    this.element = h(
      'form',
      { class: 'composer', 'aria-label': t('Ask'), on: { submit: (event) => event.preventDefault() } },
      this.strip,
      this.notice,
      this.files.element,
      this.files.announcement,
      this.input,
      h(
        'div',
        { class: 'toolbar' },
        iconButton('attach', t('Attach file'), () => actions.attach()),
        this.newChat,
        this.status.element,
        this.stopButton,
        this.send,
      ),
    );
    this.input.value = draft;
    this.listen();
    this.fit();
  }

  update(state: PanelState): void {
    this.state = state;
    if (state.attachments !== this.shownAttachments) this.updateStrip(state.attachments);
    this.stopButton.hidden = activeTurn(state) === undefined;
    this.newChat.disabled = state.turns.length === 0 && state.attachments.length === 0;
    this.input.placeholder =
      state.attachments.length === 0 ? t('Attach a file, or type # to choose one') : t('Ask about this file');
    this.status.update(state.status);
    this.files.show(state.found);
  }

  focus(): void {
    this.input.focus();
  }

  /** Puts a question in the place of the draft, for the person to send. */
  suggest(question: string): void {
    this.input.value = question;
    this.typed();
    this.focus();
  }

  tell(text: string): void {
    this.notice.replaceChildren(...(text === '' ? [] : [icon('error'), h('span', {}, text)]));
  }

  private listen(): void {
    this.input.addEventListener('input', () => {
      this.tell('');
      this.typed();
    });
    this.input.addEventListener('keydown', (event) => {
      if (this.files.handleKey(event)) return;
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      } else if (event.key === 'ArrowUp' && this.input.value === '') {
        event.preventDefault();
        this.suggest(this.state?.turns.at(-1)?.question ?? '');
      }
    });
  }

  private typed(): void {
    this.fit();
    this.actions.keepDraft(this.input.value);
  }

  /** As tall as its text, up to what the style sheet allows. */
  private fit(): void {
    this.send.disabled = this.input.value.trim() === '';
    if (GROWS_BY_ITSELF) return;
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  private submit(): void {
    const question = this.input.value.trim();
    if (question === '') return;
    this.actions.ask(question);
    this.input.value = '';
    this.typed();
    this.focus();
  }

  private stop(): void {
    const turn = this.state === null ? undefined : activeTurn(this.state);
    if (turn !== undefined) this.actions.stop(turn.id);
    this.focus();
  }

  private startNewChat(): void {
    this.actions.newChat();
    this.focus();
  }

  private updateStrip(attachments: readonly PanelAttachment[]): void {
    this.shownAttachments = attachments;
    this.strip.hidden = attachments.length === 0;
    this.strip.replaceChildren(
      ...attachments.map((one) => createAttachmentChip(one, () => this.actions.detach(one.id))),
    );
    // what the newest answer already says is not said twice
    const told = this.state?.turns.at(-1)?.error?.text;
    const failed = attachments.find((one) => one.error !== undefined && one.error !== told);
    this.tell(failed?.error ?? '');
  }
}
