import { randomInt, randomUUID } from 'node:crypto';
import type {
  AskParams,
  AskProgress,
  AskResult,
  MediaReport,
  MediaSource,
  StatusInfo,
} from '../../daemon/protocol/messages';
import type { PanelAttachment, PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';
import { t } from '../l10n';
import type { DaemonApi } from '../supervisor/daemonApi';
import { type Failure, toFailure } from '../supervisor/failure';
import { type Attachable, type Attachment, Attachments, withReport } from './attachments';
import { type Answer, answerOf, asInterrupted, type Conversation, isOver, showAnswer, titleOf } from './conversation';
import { historyFor } from './history';
import { Inspector, isAboutTheFile } from './inspector';
import type { SessionPorts } from './sessionPorts';
import { orAborted, settledAfterAbort } from './waiting';

/** A daemon that does not answer a cancel holds the next question back for this long at most. */
const STOP_GRACE_MS = 5000;
/** Exclusive. Any seed will do; it has to differ from the one before. */
const SEED_LIMIT = 2 ** 31;

/** A question with its answer: the panel's turn with what only this side knows. */
interface Item {
  turn: PanelTurn;
  media: readonly Attachment[];
  abort: AbortController;
  /** When, in milliseconds since 1970. */
  asked: number;
  /** Answers that are over, oldest first; the turn shows one of them, or the next one as it comes. */
  answers: Answer[];
  /** Of an answer asked for anew. */
  seed?: number;
}

/** Which of the kept conversations this is. */
type Identity = Pick<Conversation, 'id' | 'title' | 'isNamed' | 'created'>;

/**
 * The conversation of one window: the files attached, the turns, and one question at a time. The panel may come and
 * go; what it shows is here.
 */
export class ChatSession {
  private readonly attachments = new Attachments();
  private readonly inspector: Inspector;
  private identity: Identity = newIdentity();
  private turns: Item[] = [];
  private running: Item | null = null;
  private status: StatusInfo | null = null;
  private count = 0;

  constructor(private readonly ports: SessionPorts) {
    this.inspector = new Inspector(ports, (attachment, panel) => this.setPanel(attachment, panel));
  }

  /** Everything, for a panel that just opened. */
  restore(): ToPanel {
    return {
      type: 'restore',
      turns: this.panelTurns(),
      attachments: this.attachments.panel,
      status: this.status,
    };
  }

  /** Oldest first; a later change makes new turns and leaves these as they are. */
  panelTurns(): PanelTurn[] {
    return this.turns.map((item) => item.turn);
  }

  get conversationId(): string {
    return this.identity.id;
  }

  setStatus(status: StatusInfo | null): void {
    this.status = status;
    this.ports.post({ type: 'status', status });
  }

  attach(files: readonly Attachable[]): void {
    const added = this.attachments.add(files);
    this.postAttachments();
    for (const attachment of added) void this.inspector.inspect(attachment);
  }

  /** The workspace was trusted: what only its header told is measured now. */
  trusted(): void {
    for (const attachment of this.attachments.all) attachment.inspected = this.inspector.inspectAgain(attachment);
  }

  detach(id: string): void {
    this.attachments.remove(id);
    this.postAttachments();
  }

  /** These files, and no others, are what the next question is about. */
  attachOnly(files: readonly Attachable[]): void {
    const added = this.attachments.replace(files);
    this.postAttachments();
    for (const attachment of added) void this.inspector.inspect(attachment);
  }

  /** Looks at files of which nothing is known yet, as those of a conversation that was kept. */
  inspect(ids: readonly string[]): void {
    for (const attachment of this.allMedia()) {
      if (ids.includes(attachment.id)) void this.inspector.inspect(attachment);
    }
  }

  /** The file behind an attachment of this conversation. */
  fileOf(id: string): Attachable | undefined {
    return this.allMedia().find((attachment) => attachment.id === id)?.file;
  }

  /** What is asked about: with the frames that the panel decoded, for one. Undefined where it is no longer attached. */
  async sourceOf(id: string): Promise<MediaSource | undefined> {
    const attachment = this.allMedia().find((one) => one.id === id);
    return attachment && this.inspector.sourceOf(attachment);
  }

  /** A question about exactly these files: they replace what was attached. The answer brings facts and previews. */
  askAbout(files: readonly Attachable[], question: string): void {
    this.attachments.replace(files);
    this.postAttachments();
    this.ask(question);
  }

  /** Asks about what is attached; waits its turn. */
  ask(question: string): void {
    const text = question.trim();
    if (text === '') return;
    this.count += 1;
    const turn: PanelTurn = {
      id: `t${this.count}`,
      question: text,
      attachments: this.attachments.panel,
      answer: '',
      state: 'waiting',
      stage: this.stageNow(),
    };
    const media = [...this.attachments.all];
    if (this.turns.length === 0 && !this.identity.isNamed) {
      const names = media.map(({ file }) => file.name);
      this.identity = { ...this.identity, title: titleOf(text, names) };
    }
    this.turns.push({ turn, media, abort: new AbortController(), asked: Date.now(), answers: [] });
    this.post({ type: 'turn', turn });
    void this.pump();
  }

  stop(id: string): void {
    const item = this.find(id);
    if (item === undefined || isOver(item.turn)) return;
    this.update(item, { state: 'stopped', stage: undefined });
    item.abort.abort();
  }

  /** A new answer to the question of a turn that is over; the answers before stay to choose from. */
  regenerate(id: string): void {
    const item = this.find(id);
    if (item === undefined || !isOver(item.turn)) return;
    if (item.answers.length === 0) item.answers.push(answerOf(item.turn));
    const blank: Answer = { answer: '', state: 'waiting' };
    item.turn = { ...showAnswer(item.turn, [blank], 0), stage: this.stageNow() };
    item.abort = new AbortController();
    item.seed = randomInt(SEED_LIMIT);
    this.post({ type: 'turn', turn: item.turn });
    void this.pump();
  }

  chooseAnswer(id: string, index: number): void {
    const item = this.find(id);
    if (item === undefined || !isOver(item.turn) || item.answers[index] === undefined) return;
    item.turn = showAnswer(item.turn, item.answers, index);
    this.post({ type: 'turn', turn: item.turn });
  }

  /**
   * Asks the question of a turn otherwise, about the same files. The turn and those after it are replaced; where an
   * answer goes with them, the conversation as it was is kept as another one.
   */
  resend(id: string, question: string): void {
    const item = this.find(id);
    if (item === undefined || question.trim() === '') return;
    const from = this.turns.indexOf(item);
    if (this.turns.slice(from).some(({ turn }) => turn.answer !== '')) this.keepCopy();
    for (const removed of this.turns.splice(from)) removed.abort.abort();
    this.attachments.restore(item.media);
    this.post(this.restore());
    this.ask(question);
  }

  newChat(): void {
    this.leave();
    this.identity = newIdentity();
    this.turns = [];
    this.attachments.clear();
    this.post(this.restore());
  }

  /** Goes on with a conversation that was kept. */
  open(conversation: Conversation, fileOf: (kept: Conversation['attachments'][number]) => Attachable): void {
    this.leave();
    const { id, title, isNamed, created } = conversation;
    this.identity = { id, title, isNamed, created };
    const media = new Map<string, Attachment>();
    for (const kept of conversation.attachments) {
      media.set(kept.id, { id: kept.id, file: fileOf(kept), panel: { id: kept.id, name: kept.name } });
    }
    const all = (ids: readonly string[]) => ids.map((one) => media.get(one)).filter((one) => one !== undefined);
    this.turns = conversation.turns.map((kept) => {
      const answers = kept.answers.map(asInterrupted);
      const files = all(kept.attachments);
      const bare: PanelTurn = {
        id: kept.id,
        question: kept.question,
        attachments: files.map(({ panel }) => panel),
        answer: '',
        state: 'stopped',
      };
      const turn = showAnswer(bare, answers, kept.shown);
      return { turn, media: files, abort: new AbortController(), asked: kept.asked, answers };
    });
    // all of them first, so that no new file gets the id of an old one
    this.attachments.restore([...media.values()]);
    this.attachments.restore(all(conversation.attached));
    this.count = Math.max(0, ...conversation.turns.map(({ id }) => Number(/^t(\d+)$/.exec(id)?.[1] ?? 0)));
    this.ports.post(this.restore());
    this.ports.history?.changed();
  }

  rename(title: string): void {
    this.identity = { ...this.identity, title, isNamed: true };
    this.ports.history?.changed();
  }

  /** The conversation as it is now; null while nothing was asked. */
  kept(): Conversation | null {
    if (this.turns.length === 0) return null;
    return {
      ...this.identity,
      updated: Date.now(),
      attachments: this.allMedia().map(({ id, file }) => ({ id, name: file.name, address: file.address ?? null })),
      attached: this.attachments.all.map(({ id }) => id),
      turns: this.turns.map(({ turn, media, asked, answers }) => {
        const isNew = !isOver(turn) || answers.length === 0;
        return {
          id: turn.id,
          asked,
          question: turn.question,
          attachments: media.map(({ id }) => id),
          answers: isNew ? [...answers, answerOf(turn)] : [...answers],
          shown: isNew ? answers.length : (turn.answers?.shown ?? 0),
        };
      }),
    };
  }

  /** Every file of the conversation, attached or asked about, once. */
  private allMedia(): Attachment[] {
    return [...new Set([...this.turns.flatMap(({ media }) => media), ...this.attachments.all])];
  }

  private find(id: string): Item | undefined {
    return this.turns.find((item) => item.turn.id === id);
  }

  private stageNow(): string {
    return this.running === null ? 'starting' : 'queued';
  }

  private leave(): void {
    const kept = this.kept();
    if (kept !== null) this.ports.history?.keep(kept);
    for (const item of this.turns) item.abort.abort();
  }

  private keepCopy(): void {
    const kept = this.kept();
    if (kept === null) return;
    const title = t('{0} (before an edit)', kept.title);
    this.ports.history?.keep({ ...kept, ...newIdentity(), created: kept.created, title, isNamed: true });
  }

  private async pump(): Promise<void> {
    if (this.running !== null) return;
    const next = this.turns.find((item) => item.turn.state === 'waiting');
    if (next === undefined) return;
    this.running = next;
    try {
      await this.run(next);
    } finally {
      this.running = null;
      void this.pump();
    }
  }

  private async run(item: Item): Promise<void> {
    const { abort } = item;
    try {
      this.update(item, { stage: 'starting' });
      const result = await settledAfterAbort(this.request(item), abort.signal, STOP_GRACE_MS);
      if (item.abort === abort) this.finish(item, result);
    } catch (error) {
      if (item.abort === abort) this.fail(item, toFailure(error));
    }
  }

  private async request(item: Item): Promise<AskResult> {
    const { signal } = item.abort;
    const daemon = await orAborted(this.ports.daemon(), signal);
    const media = await orAborted(Promise.all(item.media.map((one) => this.inspector.sourceOf(one))), signal);
    const earlier = this.turns.slice(0, this.turns.indexOf(item)).map(({ turn }) => turn);
    const ids = item.media.map(({ id }) => id);
    const history = historyFor(earlier, ids);
    const seed = item.seed === undefined ? {} : { seed: item.seed };
    const params = { ...this.ports.options(), ...seed, media, question: item.turn.question };
    return this.askWithHistory(daemon, params, history, item);
  }

  /** A history that the model's context cannot take loses its older half, until none is left. */
  private async askWithHistory(
    daemon: DaemonApi,
    params: AskParams,
    history: NonNullable<AskParams['history']>,
    item: Item,
  ): Promise<AskResult> {
    const { signal } = item.abort;
    try {
      const whole = history.length === 0 ? params : { ...params, history };
      return await daemon.ask(whole, (progress) => this.progress(item, progress, signal), signal);
    } catch (error) {
      if (toFailure(error).code !== 'PROMPT_TOO_LONG' || history.length === 0) throw error;
      return this.askWithHistory(daemon, params, history.slice(Math.ceil(history.length / 2)), item);
    }
  }

  private progress(item: Item, progress: AskProgress, signal: AbortSignal): void {
    if (signal.aborted || isOver(item.turn)) return;
    if (progress.kind === 'stage') this.update(item, { stage: progress.stage });
    else if (progress.kind === 'media') this.report(item, progress.media);
    else this.piece(item, progress.text);
  }

  private piece(item: Item, text: string): void {
    item.turn = { ...item.turn, answer: item.turn.answer + text, state: 'streaming', stage: undefined };
    if (this.turns.includes(item)) this.post({ type: 'piece', id: item.turn.id, text });
  }

  private report(item: Item, media: readonly MediaReport[]): void {
    item.media.forEach((attachment, index) => {
      const report = media[index];
      if (report !== undefined) this.setPanel(attachment, withReport(attachment.panel, report));
    });
  }

  private finish(item: Item, result: AskResult): void {
    const media = result.media.map(({ preview: _, ...report }) => report);
    this.conclude(item, {
      // what was on the screen when it was stopped is what stays
      answer: item.turn.state === 'stopped' ? item.turn.answer : result.text,
      state: item.turn.state === 'stopped' || result.stopped === 'cancelled' ? 'stopped' : 'done',
      result: { ...result, media },
    });
  }

  private fail(item: Item, failure: Failure): void {
    const { answer } = item.turn;
    if (failure.code === 'CANCELLED' || item.abort.signal.aborted) {
      this.conclude(item, { answer, state: 'stopped' });
      return;
    }
    this.ports.log(`Question failed: error[${failure.code}]: ${failure.message}`);
    this.conclude(item, { answer, state: 'failed', error: { code: failure.code, text: failure.message } });
    // which of the files it was
    if (isAboutTheFile(failure)) for (const attachment of item.media) void this.inspector.inspectAgain(attachment);
  }

  /** The answer is over. One that says what the answer before said is not a second one. */
  private conclude(item: Item, answer: Answer): void {
    const before = item.answers.findIndex((one) => one.state === 'done' && one.answer === answer.answer);
    if (answer.state === 'done' && before >= 0) {
      // without a setting the daemon takes the likeliest word, too
      const sameAgain = (this.ports.options().temperature ?? 0) > 0 ? 'chance' : 'greedy';
      item.turn = { ...showAnswer(item.turn, item.answers, before), sameAgain };
    } else if (item.answers.length > 0) {
      item.answers.push(answer);
      item.turn = showAnswer(item.turn, item.answers, item.answers.length - 1);
    } else {
      const { sameAgain: _, ...turn } = item.turn;
      item.turn = { ...turn, stage: undefined, ...answer };
    }
    if (this.turns.includes(item)) this.post({ type: 'turn', turn: item.turn });
  }

  private update(item: Item, change: Partial<PanelTurn>): void {
    item.turn = { ...item.turn, ...change };
    if (this.turns.includes(item)) this.post({ type: 'turn', turn: item.turn });
  }

  /** The strip and every turn about the file show the same. */
  private setPanel(attachment: Attachment, panel: PanelAttachment): void {
    attachment.panel = panel;
    for (const item of this.turns) {
      if (!item.media.includes(attachment)) continue;
      item.turn = { ...item.turn, attachments: item.media.map((one) => one.panel) };
    }
    this.ports.post({ type: 'attachment', attachment: panel });
  }

  private postAttachments(): void {
    this.post({ type: 'attachments', attachments: this.attachments.panel });
  }

  /** A message about what is kept. */
  private post(message: ToPanel): void {
    this.ports.post(message);
    this.ports.history?.changed();
  }
}

function newIdentity(): Identity {
  return { id: randomUUID(), title: '', isNamed: false, created: Date.now() };
}
