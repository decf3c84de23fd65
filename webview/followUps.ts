import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { h, icon } from './dom';
import { t } from './l10n';
import { followUpsFor, kindOf } from './suggestions';

export interface FollowUpActions {
  ask(question: string): void;
  /** The numbers behind a plot. */
  extractData(attachmentId: string): void;
}

/** What one may do next, under the newest answer. */
export class FollowUps {
  readonly element = h('div', {
    class: 'follow-ups',
    role: 'group',
    'aria-label': t('What to ask next'),
    'aria-live': 'off',
  });
  private shownFor: PanelTurn | undefined;

  constructor(private readonly actions: FollowUpActions) {}

  update(turns: readonly PanelTurn[]): void {
    const last = turns.at(-1);
    if (last === this.shownFor) return;
    this.shownFor = last;
    this.element.replaceChildren(...(last?.state === 'done' ? this.buttons(last, turns) : []));
  }

  private buttons(turn: PanelTurn, turns: readonly PanelTurn[]): HTMLElement[] {
    const media = turn.result?.media ?? [];
    const questions = followUpsFor(
      media,
      turns.map(({ question }) => question),
    );
    const [report] = media;
    const plot = report !== undefined && media.length === 1 && kindOf(report) === 'plot' ? turn.attachments[0] : null;
    return [
      ...questions.map((question) => createFollowUp(question, () => this.actions.ask(question))),
      ...(plot ? [createFollowUp(t('Extract the data'), () => this.actions.extractData(plot.id), 'graph-line')] : []),
    ];
  }
}

function createFollowUp(label: string, onClick: () => void, name?: string): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'text-button example', on: { click: onClick } },
    name === undefined ? null : icon(name),
    label,
  );
}
