import type {
  AskParams,
  AskProgress,
  AskResult,
  MediaReport,
  MediaSource,
  StatusInfo,
  SuppliedFrame,
} from '../../daemon/protocol/messages';
import type { PanelAttachment, PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';
import type { DaemonApi } from '../supervisor/daemonApi';
import { type Failure, toFailure } from '../supervisor/failure';
import { type Attachable, type Attachment, Attachments, withReport } from './attachments';
import { FRAME_BYTES_LIMIT } from './frameDecoder';
import { historyFor } from './history';
import { orAborted, settledAfterAbort } from './waiting';

/** What the session needs of the world; none of it is VS Code's. */
export interface SessionPorts {
  /** The daemon, started if need be; rejects with a Failure. */
  daemon(): Promise<DaemonApi>;
  /** The person's settings, read at each question. */
  options(): Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  post(message: ToPanel): void;
  /** Frames of a video at these seconds, by the panel's decoders; none where it cannot. */
  decodeFrames(bytes: Uint8Array, times: number[]): Promise<{ frames: SuppliedFrame[]; reason?: string }>;
  log(line: string): void;
}

/** A daemon that does not answer a cancel holds the next question back for this long at most. */
const STOP_GRACE_MS = 5000;
const INSPECT_LIMIT_MS = 60_000;

/** A question on its way: the panel's turn with what only this side knows. */
interface Running {
  turn: PanelTurn;
  media: readonly Attachment[];
  abort: AbortController;
}

/**
 * The conversation of one window: the files attached, the turns, and one question at a time. The panel may come and
 * go; what it shows is here.
 */
export class ChatSession {
  private readonly attachments = new Attachments();
  private turns: Running[] = [];
  private running: Running | null = null;
  private status: StatusInfo | null = null;
  private count = 0;

  constructor(private readonly ports: SessionPorts) {}

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

  setStatus(status: StatusInfo | null): void {
    this.status = status;
    this.ports.post({ type: 'status', status });
  }

  attach(files: readonly Attachable[]): void {
    this.inspectAll(this.attachments.add(files));
  }

  detach(id: string): void {
    this.attachments.remove(id);
    this.postAttachments();
  }

  /** These files, and no others, are what the next question is about. */
  attachOnly(files: readonly Attachable[]): void {
    this.inspectAll(this.attachments.replace(files));
  }

  /** The file behind an attachment of this conversation. */
  fileOf(id: string): Attachable | undefined {
    const all = [...this.turns.flatMap(({ media }) => media), ...this.attachments.all];
    return all.find((attachment) => attachment.id === id)?.file;
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
      stage: this.running === null ? 'starting' : 'queued',
    };
    const item = { turn, media: [...this.attachments.all], abort: new AbortController() };
    this.turns.push(item);
    this.ports.post({ type: 'turn', turn });
    void this.pump();
  }

  stop(id: string): void {
    const item = this.turns.find((candidate) => candidate.turn.id === id);
    if (item === undefined || isOver(item.turn)) return;
    this.update(item, { state: 'stopped', stage: undefined });
    item.abort.abort();
  }

  newChat(): void {
    for (const item of this.turns) item.abort.abort();
    this.turns = [];
    this.attachments.clear();
    this.ports.post(this.restore());
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

  private async run(item: Running): Promise<void> {
    try {
      this.update(item, { stage: 'starting' });
      const result = await settledAfterAbort(this.request(item), item.abort.signal, STOP_GRACE_MS);
      this.finish(item, result);
    } catch (error) {
      this.fail(item, toFailure(error));
    }
  }

  private async request(item: Running): Promise<AskResult> {
    const { signal } = item.abort;
    const daemon = await orAborted(this.ports.daemon(), signal);
    const media = await orAborted(Promise.all(item.media.map((one) => this.sourceOf(one))), signal);
    const earlier = this.turns.slice(0, this.turns.indexOf(item)).map(({ turn }) => turn);
    const ids = item.media.map(({ id }) => id);
    const history = historyFor(earlier, ids);
    const params = { ...this.ports.options(), media, question: item.turn.question };
    return this.askWithHistory(daemon, params, history, item);
  }

  /** A video that the daemon cannot decode is shown to it as the frames that the panel can. */
  private async sourceOf(attachment: Attachment): Promise<MediaSource> {
    if (isVideoName(attachment.file.name)) {
      attachment.inspected ??= this.inspect(attachment);
      await attachment.inspected;
    }
    const source = await attachment.file.load();
    const { frames } = attachment;
    return frames !== undefined && frames.length > 0 ? { ...source, frames } : source;
  }

  /** A history that the model's context cannot take loses its older half, until none is left. */
  private async askWithHistory(
    daemon: DaemonApi,
    params: AskParams,
    history: NonNullable<AskParams['history']>,
    item: Running,
  ): Promise<AskResult> {
    try {
      const whole = history.length === 0 ? params : { ...params, history };
      return await daemon.ask(whole, (progress) => this.progress(item, progress), item.abort.signal);
    } catch (error) {
      if (toFailure(error).code !== 'PROMPT_TOO_LONG' || history.length === 0) throw error;
      return this.askWithHistory(daemon, params, history.slice(Math.ceil(history.length / 2)), item);
    }
  }

  private progress(item: Running, progress: AskProgress): void {
    if (item.abort.signal.aborted || isOver(item.turn)) return;
    if (progress.kind === 'stage') this.update(item, { stage: progress.stage });
    else if (progress.kind === 'media') this.report(item, progress.media);
    else this.piece(item, progress.text);
  }

  private piece(item: Running, text: string): void {
    item.turn = { ...item.turn, answer: item.turn.answer + text, state: 'streaming', stage: undefined };
    if (this.turns.includes(item)) this.ports.post({ type: 'piece', id: item.turn.id, text });
  }

  private report(item: Running, media: readonly MediaReport[]): void {
    item.media.forEach((attachment, index) => {
      const report = media[index];
      if (report !== undefined) this.setPanel(attachment, withReport(attachment.panel, report));
    });
  }

  private finish(item: Running, result: AskResult): void {
    const media = result.media.map(({ preview: _, ...report }) => report);
    this.update(item, {
      // what was on the screen when it was stopped is what stays
      answer: item.turn.state === 'stopped' ? item.turn.answer : result.text,
      state: item.turn.state === 'stopped' || result.stopped === 'cancelled' ? 'stopped' : 'done',
      stage: undefined,
      result: { ...result, media },
    });
  }

  private fail(item: Running, failure: Failure): void {
    if (failure.code === 'CANCELLED' || item.abort.signal.aborted) {
      this.update(item, { state: 'stopped', stage: undefined });
      return;
    }
    this.ports.log(`Question failed: error[${failure.code}]: ${failure.message}`);
    this.update(item, { state: 'failed', stage: undefined, error: { code: failure.code, text: failure.message } });
    // which of the files it was
    if (isAboutTheFile(failure)) for (const attachment of item.media) void this.inspect(attachment);
  }

  private update(item: Running, change: Partial<PanelTurn>): void {
    item.turn = { ...item.turn, ...change };
    if (this.turns.includes(item)) this.ports.post({ type: 'turn', turn: item.turn });
  }

  private inspectAll(added: readonly Attachment[]): void {
    this.postAttachments();
    for (const attachment of added) attachment.inspected = this.inspect(attachment);
  }

  /** Fetches what the panel draws and the facts, before anything is asked. */
  private async inspect(attachment: Attachment): Promise<void> {
    try {
      const source = await attachment.file.load();
      const daemon = await this.ports.daemon();
      const ask = (media: MediaSource) =>
        daemon.facts({ source: media, preview: true }, AbortSignal.timeout(INSPECT_LIMIT_MS));
      let report = await ask(source);
      this.setPanel(attachment, withReport(attachment.panel, report));
      const frames = await this.framesFor(attachment, report);
      if (frames.length === 0) return;
      report = await ask({ ...source, frames });
      this.setPanel(attachment, withReport(attachment.panel, report));
    } catch (error) {
      const failure = toFailure(error);
      this.ports.log(`${attachment.file.name}: error[${failure.code}]: ${failure.message}`);
      // a daemon that does not start is told once, under the question, and not on each file
      if (isAboutTheFile(failure)) this.setPanel(attachment, { ...attachment.panel, error: failure.message });
    }
  }

  /** Asked of the panel once a file. */
  private async framesFor(attachment: Attachment, report: MediaReport): Promise<SuppliedFrame[]> {
    const { file } = attachment;
    if (report.wantsFrames === undefined || file.readBytes === undefined) return [];
    if (attachment.frames === undefined) {
      const bytes = await file.readBytes(FRAME_BYTES_LIMIT);
      const { frames, reason } = await this.ports.decodeFrames(bytes, report.wantsFrames);
      if (reason !== undefined) this.ports.log(`${file.name}: its frames were not decoded in the panel: ${reason}.`);
      attachment.frames = frames;
    }
    return attachment.frames;
  }

  /** The strip and every turn about the file show the same. */
  private setPanel(attachment: Attachment, panel: PanelAttachment): void {
    attachment.panel = panel;
    if (this.attachments.all.includes(attachment)) this.postAttachments();
    for (const item of this.turns) {
      if (!item.media.includes(attachment)) continue;
      this.update(item, { attachments: item.media.map((one) => one.panel) });
    }
  }

  private postAttachments(): void {
    this.ports.post({ type: 'attachments', attachments: this.attachments.panel });
  }
}

function isOver(turn: PanelTurn): boolean {
  return turn.state === 'done' || turn.state === 'stopped' || turn.state === 'failed';
}

/** By its name: others are decoded by the daemon alone. */
function isVideoName(name: string): boolean {
  return /\.(mp4|m4v|mov|webm|mkv|avi)$/i.test(name);
}

function isAboutTheFile(failure: Failure): boolean {
  return /^(FILE|MEDIA|MODALITY)_/.test(failure.code);
}
