import type { AskResult, MediaReport } from '../../daemon/protocol/messages';
import type { Answer, Conversation, KeptAttachment, KeptTurn } from '../chat/conversation';

/**
 * How a conversation is written down: JSON, version 1. The facts of a file are the same in every answer about it, so
 * they stand once in `reports`, and a result names them by their index.
 */
const VERSION = 1;

type WrittenResult = Omit<AskResult, 'text' | 'media'> & { media: number[] };
type WrittenAnswer = Omit<Answer, 'result'> & { result?: WrittenResult };
type WrittenTurn = Omit<KeptTurn, 'answers'> & { answers: WrittenAnswer[] };
type Written = Omit<Conversation, 'turns'> & { version: number; reports: MediaReport[]; turns: WrittenTurn[] };

export function conversationText(conversation: Conversation): string {
  const reports = new ReportTable();
  const turns = conversation.turns.map((turn) => ({
    ...turn,
    answers: turn.answers.map((answer) => writtenAnswer(answer, reports)),
  }));
  const written: Written = { version: VERSION, ...conversation, reports: reports.all, turns };
  return JSON.stringify(written);
}

/** Throws an Error that says which part is not as it should be. */
export function conversationFromText(text: string): Conversation {
  const value: unknown = JSON.parse(text);
  const written = objectAt(value, 'the file');
  if (written.version !== VERSION) throw new Error(`its version is ${String(written.version)}, not ${VERSION}`);
  const reports = listAt(written.reports, 'reports') as MediaReport[];
  return {
    id: textAt(written.id, 'id'),
    title: textAt(written.title, 'title'),
    isNamed: written.isNamed === true,
    created: numberAt(written.created, 'created'),
    updated: numberAt(written.updated, 'updated'),
    attachments: listAt(written.attachments, 'attachments').map(attachmentOf),
    attached: textsAt(written.attached, 'attached'),
    turns: listAt(written.turns, 'turns').map((turn, index) => turnOf(turn, `turns[${index}]`, reports)),
  };
}

/** Equal reports are one entry. */
class ReportTable {
  readonly all: MediaReport[] = [];
  private readonly known = new Map<string, number>();

  indexOf(report: MediaReport): number {
    const key = JSON.stringify(report);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.all.length);
    return this.all.push(report) - 1;
  }
}

function writtenAnswer({ result, ...answer }: Answer, reports: ReportTable): WrittenAnswer {
  if (result === undefined) return answer;
  // the answer's own text is what was shown
  const { text: _, media, ...rest } = result;
  return { ...answer, result: { ...rest, media: media.map((report) => reports.indexOf(report)) } };
}

function attachmentOf(value: unknown, index: number): KeptAttachment {
  const where = `attachments[${index}]`;
  const { id, name, address } = objectAt(value, where);
  return {
    id: textAt(id, `${where}.id`),
    name: textAt(name, `${where}.name`),
    address: address === null ? null : addressOf(address, `${where}.address`),
  };
}

function addressOf(value: unknown, where: string): NonNullable<KeptAttachment['address']> {
  const { uri, as, photo } = objectAt(value, where);
  return {
    uri: textAt(uri, `${where}.uri`),
    ...(as === 'depth' || as === 'normal' ? { as } : {}),
    ...(typeof photo === 'string' ? { photo } : {}),
  };
}

function turnOf(value: unknown, where: string, reports: readonly MediaReport[]): KeptTurn {
  const { id, asked, question, attachments, answers, shown } = objectAt(value, where);
  const read = listAt(answers, `${where}.answers`).map((one, i) => answerOf(one, `${where}.answers[${i}]`, reports));
  if (read.length === 0) throw new Error(`${where}.answers is empty`);
  return {
    id: textAt(id, `${where}.id`),
    asked: numberAt(asked, `${where}.asked`),
    question: textAt(question, `${where}.question`),
    attachments: textsAt(attachments, `${where}.attachments`),
    answers: read,
    shown: Math.max(0, Math.min(read.length - 1, numberAt(shown, `${where}.shown`))),
  };
}

const STATES = ['waiting', 'streaming', 'done', 'stopped', 'failed'] as const;

function answerOf(value: unknown, where: string, reports: readonly MediaReport[]): Answer {
  const { answer, state, error, result, interrupted } = objectAt(value, where);
  const known = STATES.find((one) => one === state);
  if (known === undefined) throw new Error(`${where}.state is ${JSON.stringify(state)}`);
  return {
    answer: textAt(answer, `${where}.answer`),
    state: known,
    ...(error === undefined ? {} : { error: errorOf(error, `${where}.error`) }),
    ...(result === undefined ? {} : { result: resultOf(result, `${where}.result`, String(answer), reports) }),
    ...(interrupted === true ? { interrupted } : {}),
  };
}

function errorOf(value: unknown, where: string): NonNullable<Answer['error']> {
  const { code, text } = objectAt(value, where);
  return { code: textAt(code, `${where}.code`), text: textAt(text, `${where}.text`) };
}

function resultOf(value: unknown, where: string, text: string, reports: readonly MediaReport[]): AskResult {
  const written = objectAt(value, where);
  for (const part of ['usage', 'timings', 'cached']) objectAt(written[part], `${where}.${part}`);
  numberAt(written.confidence, `${where}.confidence`);
  const media = listAt(written.media, `${where}.media`).map((index) => {
    const report = reports[numberAt(index, `${where}.media`)];
    if (report === undefined) throw new Error(`${where}.media names report ${String(index)}, which is not there`);
    return report;
  });
  return { ...(written as unknown as AskResult), text, media };
}

function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${where} is no object`);
}

function listAt(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${where} is no list`);
}

function textAt(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${where} is no text`);
}

function textsAt(value: unknown, where: string): string[] {
  return listAt(value, where).map((one, index) => textAt(one, `${where}[${index}]`));
}

function numberAt(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`${where} is no number`);
}
