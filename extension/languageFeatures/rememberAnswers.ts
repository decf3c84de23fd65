import type { PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';
import type { Attachable } from '../chat/attachments';
import type { LastDescriptions } from './lastDescriptions';

/** Keeps what the chat's model says when it is asked to describe one file; what it says of several is of none alone. */
export function rememberAnswers(
  message: ToPanel,
  fileOf: (attachmentId: string) => Attachable | undefined,
  descriptions: LastDescriptions,
): void {
  if (message.type === 'turn') remember(message.turn, Date.now(), fileOf, descriptions);
  if (message.type === 'restore') for (const turn of message.turns) remember(turn, null, fileOf, descriptions);
}

function remember(
  turn: PanelTurn,
  at: number | null,
  fileOf: (attachmentId: string) => Attachable | undefined,
  descriptions: LastDescriptions,
): void {
  if (turn.state !== 'done') return;
  const [attachment, second] = turn.attachments;
  if (attachment === undefined || second !== undefined || !/^describe\b/i.test(turn.question)) return;
  const file = fileOf(attachment.id);
  if (file === undefined || (at === null && descriptions.of(file.key)?.text === ownWords(turn))) return;
  descriptions.remember(file.key, { text: ownWords(turn), model: turn.result?.model ?? '', at });
}

/** Without the measured facts that stand before an unsure answer: the hover has its own. */
function ownWords({ answer, result }: PanelTurn): string {
  const lead = result?.lead ?? '';
  return answer.startsWith(lead) ? answer.slice(lead.length) : answer;
}
