import { h, iconButton, textButton } from './dom';
import { t } from './l10n';

/** A question as it was asked; it can be asked otherwise in its place. */
export class QuestionView {
  readonly element = h('div', { class: 'question-row' });
  private readonly edit = iconButton('edit', t('Edit and ask again'), () => this.openEditor(), 'edit-question');

  constructor(
    private readonly question: string,
    private readonly resend: (question: string) => void,
  ) {
    this.showQuestion();
  }

  private showQuestion(): void {
    this.element.replaceChildren(this.edit, h('div', { class: 'question' }, this.question));
  }

  private close(): void {
    this.showQuestion();
    this.edit.focus();
  }

  private openEditor(): void {
    const input = h('textarea', { 'aria-label': t('Edit the question'), rows: '2', spellcheck: 'true' });
    input.value = this.question;
    const send = () => {
      const question = input.value.trim();
      if (question === '') return;
      this.close();
      this.resend(question);
    };
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.element.replaceChildren(
      h(
        'div',
        { class: 'question-editor', role: 'group', 'aria-label': t('Edit the question') },
        input,
        h(
          'p',
          { class: 'hint' },
          t('This question and what follows it are replaced. Answers that go stay in the chat history.'),
        ),
        h(
          'div',
          { class: 'question-editor-buttons' },
          textButton(t('Cancel'), () => this.close()),
          textButton(t('Ask again'), send, 'primary'),
        ),
      ),
    );
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }
}
