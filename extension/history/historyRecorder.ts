import type { Conversation } from '../chat/conversation';
import type { SessionHistory } from '../chat/sessionPorts';
import { toFailure } from '../supervisor/failure';
import type { HistoryStore } from './historyStore';

/** A crash loses at most the words of this long. */
const INTERVAL_MS = 750;

/**
 * Writes the running conversation down as it grows: the first change at once, then at most every 750 ms, one write
 * after the other.
 */
export class HistoryRecorder implements SessionHistory {
  private timer: NodeJS.Timeout | undefined;
  private lastWrite = 0;
  private queue: Promise<void>;
  private isFailing = false;
  private isClosed = false;
  /** Conversations that another window went on with, by their old id. */
  private readonly moved = new Map<string, string>();

  constructor(
    private readonly store: HistoryStore,
    /** Nothing is written before. */
    opened: Promise<void>,
    private readonly kept: () => Conversation | null,
    private readonly log: (line: string) => void,
  ) {
    this.queue = opened;
  }

  changed(): void {
    if (this.isClosed || this.timer !== undefined) return;
    const wait = Math.max(0, this.lastWrite + INTERVAL_MS - Date.now());
    this.timer = setTimeout(() => this.writeNow(), wait);
  }

  keep(conversation: Conversation): void {
    if (!this.isClosed) this.enqueue(() => this.write(conversation));
  }

  /** What the conversation is called on disk. */
  idOf(id: string): string {
    return this.moved.get(id) ?? id;
  }

  /** Resolves when all is on disk that was changed before. */
  async flush(): Promise<void> {
    if (this.timer !== undefined) this.writeNow();
    await this.queue;
  }

  /** Writes what is left; what changes afterwards is not the person's doing but the window's end. */
  async close(): Promise<void> {
    const done = this.flush();
    this.isClosed = true;
    await done;
  }

  private writeNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastWrite = Date.now();
    const conversation = this.kept();
    this.enqueue(async () => {
      const id = conversation === null ? null : await this.write(conversation);
      await this.store.setCurrent(id);
    });
  }

  private async write(conversation: Conversation): Promise<string> {
    const known = this.idOf(conversation.id);
    const id = await this.store.write({ ...conversation, id: known });
    if (id !== conversation.id) this.moved.set(conversation.id, id);
    return id;
  }

  private enqueue(work: () => Promise<unknown>): void {
    this.queue = this.queue.then(work).then(
      () => {
        this.isFailing = false;
      },
      (error) => {
        // a full disk is told once, not at every word
        if (!this.isFailing) this.log(`The conversation could not be written down: ${toFailure(error).message}`);
        this.isFailing = true;
      },
    );
  }
}
