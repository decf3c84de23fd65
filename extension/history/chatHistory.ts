import type { Attachable } from '../chat/attachments';
import type { Conversation, KeptAttachment } from '../chat/conversation';
import type { ChatSession } from '../chat/session';
import type { SessionHistory } from '../chat/sessionPorts';
import { toFailure } from '../supervisor/failure';
import type { HistoryEntry } from './historyIndex';
import { HistoryRecorder } from './historyRecorder';
import { HistoryStore } from './historyStore';
import { type Searchable, searchableText } from './searchHistory';

/** A slow disk delays the commands for this long at most; the conversation is then not resumed. */
const OPEN_LIMIT_MS = 3000;

export interface ChatHistoryPorts {
  /** Where this workspace's conversations are. */
  folder: string;
  session(): ChatSession;
  fileOf(kept: KeptAttachment): Attachable;
  log(line: string): void;
}

/** The conversations of this workspace: the one that is shown is written down as it grows, the others can be opened. */
export class ChatHistory implements SessionHistory {
  private readonly store: HistoryStore;
  private readonly recorder: HistoryRecorder;
  private readonly opened: Promise<void>;

  constructor(private readonly ports: ChatHistoryPorts) {
    this.store = new HistoryStore(ports.folder, ports.log);
    this.opened = this.store.open().catch((error) => {
      ports.log(`The chat history cannot be read: ${toFailure(error).message}`);
    });
    this.recorder = new HistoryRecorder(this.store, this.opened, () => ports.session().kept(), ports.log);
  }

  changed(): void {
    this.recorder.changed();
  }

  keep(conversation: Conversation): void {
    this.recorder.keep(conversation);
  }

  /** Goes on with the conversation that the window had before it closed. Never rejects. */
  async resume(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise<'slow'>((resolve) => {
      timer = setTimeout(resolve, OPEN_LIMIT_MS, 'slow');
    });
    const read = this.opened.then(() => (this.store.current === null ? null : this.store.read(this.store.current)));
    try {
      const conversation = await Promise.race([read, slow]);
      if (conversation === 'slow') this.ports.log('The disk is slow: the last conversation is in the history only.');
      else if (conversation !== null) this.show(conversation);
    } catch (error) {
      this.ports.log(toFailure(error).message);
    } finally {
      clearTimeout(timer);
      // a late failure was told to nobody else
      read.catch(() => {});
    }
  }

  /** Rejects with a Failure where the conversation is damaged. */
  async open(id: string): Promise<void> {
    if (this.isShown(id)) return;
    await this.recorder.flush();
    this.show(await this.store.read(id));
  }

  isShown(id: string): boolean {
    return id === this.recorder.idOf(this.ports.session().conversationId);
  }

  /** The newest first, with all that is said in them; damaged ones are set aside and logged. */
  async *all(): AsyncGenerator<Searchable> {
    await this.recorder.flush();
    for (const entry of this.store.list()) {
      const conversation = await this.store.read(entry.id).catch((error) => {
        this.ports.log(toFailure(error).message);
        return null;
      });
      if (conversation !== null) yield { entry, text: searchableText(conversation) };
    }
  }

  async list(): Promise<HistoryEntry[]> {
    await this.recorder.flush();
    return this.store.list();
  }

  async read(id: string): Promise<Conversation> {
    await this.recorder.flush();
    return this.store.read(id);
  }

  async rename(id: string, title: string): Promise<void> {
    if (this.isShown(id)) this.ports.session().rename(title);
    else await this.store.rename(id, title);
    await this.recorder.flush();
  }

  async remove(id: string): Promise<void> {
    if (this.isShown(id)) this.ports.session().newChat();
    await this.recorder.flush();
    await this.store.remove(id);
  }

  async close(): Promise<void> {
    await this.recorder.close();
  }

  private show(conversation: Conversation): void {
    this.ports.session().open(conversation, this.ports.fileOf);
  }
}
