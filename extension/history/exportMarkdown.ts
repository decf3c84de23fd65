import { confidencePercent } from '../../daemon/protocol/confidence';
import type { Answer, Conversation, KeptTurn } from '../chat/conversation';
import { t } from '../l10n';

/** The shown answers of a conversation for people to read; what the model said is marked as the model's. */
export function exportMarkdown(conversation: Conversation): string {
  const names = new Map(conversation.attachments.map(({ id, name }) => [id, name]));
  const head = [
    `# ${conversation.title || t('Conversation')}`,
    t("Asked in OneLens, {0}. The answers are a model's words and may be wrong.", dateText(conversation.created)),
  ];
  const turns = conversation.turns.flatMap((turn, index) => turnParts(turn, names, conversation.turns[index - 1]));
  return `${[...head, ...turns].join('\n\n')}\n`;
}

function turnParts(turn: KeptTurn, names: ReadonlyMap<string, string>, before: KeptTurn | undefined): string[] {
  const sameFiles = before?.attachments.join(' ') === turn.attachments.join(' ');
  const files = turn.attachments.map((id) => `\`${names.get(id) ?? id}\``).join(', ');
  const answer = turn.answers[turn.shown];
  return [
    `## ${turn.question.replace(/\s*\n\s*/g, ' ')}`,
    ...(sameFiles || files === '' ? [] : [t('About {0}.', files)]),
    ...(answer === undefined ? [] : answerParts(answer)),
  ];
}

function answerParts({ answer, state, interrupted, error, result }: Answer): string[] {
  const parts = answer === '' ? [] : [answer.trim()];
  if (state === 'failed') parts.push(`*${t('No answer: {0}', error?.text ?? '')}*`);
  else if (interrupted === true || state !== 'done') parts.push(`*${interrupted ? t('Interrupted.') : t('Stopped.')}*`);
  else if (result !== undefined)
    parts.push(`*${t('{0}, {1} % confidence', result.model, confidencePercent(result.confidence))}*`);
  return parts;
}

/** "2026-01-31 14:05", in the time of this machine. */
export function dateText(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
