import type { ChatTurn } from '../../daemon/protocol/messages';
import type { PanelTurn } from '../../daemon/protocol/panelMessages';

/** More than a small model's context takes; the oldest go first. */
const MOST_TURNS = 6;

/**
 * The turns that a question about `attachmentIds` follows, oldest first: the latest run of turns about exactly these
 * files. Turns that were stopped or that failed are left out, but do not end the run.
 */
export function historyFor(turns: readonly PanelTurn[], attachmentIds: readonly string[]): ChatTurn[] {
  const history: ChatTurn[] = [];
  for (const turn of [...turns].reverse()) {
    if (!sameIds(turn, attachmentIds) || history.length === MOST_TURNS) break;
    if (turn.state === 'done') history.unshift({ question: turn.question, answer: ownWords(turn) });
  }
  return history;
}

/** Without the lead that stood before an unsure answer: the model never said it. */
function ownWords({ answer, result }: PanelTurn): string {
  const lead = result?.lead ?? '';
  return answer.startsWith(lead) ? answer.slice(lead.length) : answer;
}

function sameIds(turn: PanelTurn, ids: readonly string[]): boolean {
  return turn.attachments.length === ids.length && turn.attachments.every((a, i) => a.id === ids[i]);
}
