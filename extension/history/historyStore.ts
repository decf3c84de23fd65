import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { Conversation } from '../chat/conversation';
import { failures } from '../supervisor/failure';
import { UNFINISHED, writeAtomically } from './atomicFile';
import { conversationFromText, conversationText } from './conversationFile';
import { beyondLimits, entryOf, type HistoryEntry, type HistoryIndex, indexFromText, indexText } from './historyIndex';

const INDEX = 'index.json';
const DAMAGED = 'damaged';
/** Nothing takes this long to write. */
const UNFINISHED_AGE_MS = 60_000;
const NAME = /^([\w-]{1,64})\.json$/;

/**
 * The conversations of one workspace on disk: one JSON file each, an index beside them, at most MOST_CONVERSATIONS and
 * MOST_BYTES, the oldest going first. A file that cannot be read is moved to "damaged", and the log says so.
 */
export class HistoryStore {
  private index: HistoryIndex = { current: null, entries: [] };
  /** Files as this window left them: another window may write to them, too. */
  private readonly stamps = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly log: (line: string) => void,
  ) {}

  /** Reads the index, and puts right what does not fit the files. A folder that is not there yet is empty. */
  async open(): Promise<void> {
    const names = await fs.readdir(this.folder).catch(() => []);
    await Promise.all(names.filter((name) => name.endsWith(UNFINISHED)).map((name) => this.discardOld(name)));
    this.index = await this.readIndex();
    const ids = names.filter((name) => name !== INDEX).flatMap((name) => NAME.exec(name)?.[1] ?? []);
    this.index.entries = this.index.entries.filter(({ id }) => ids.includes(id));
    for (const id of ids.filter((one) => !this.index.entries.some((entry) => entry.id === one))) {
      await this.read(id).catch((error) => this.log(String(error.message)));
    }
  }

  /** The newest first. */
  list(): HistoryEntry[] {
    return [...this.index.entries].sort((a, b) => b.updated - a.updated);
  }

  get current(): string | null {
    return this.index.current;
  }

  async setCurrent(id: string | null): Promise<void> {
    if (this.index.current === id) return;
    this.index.current = id;
    await this.writeIndex();
  }

  /** Rejects with HISTORY_DAMAGED, and the file is set aside, where it cannot be understood. */
  async read(id: string): Promise<Conversation> {
    const text = await fs.readFile(this.fileOf(id), 'utf8');
    let conversation: Conversation;
    try {
      conversation = conversationFromText(text);
    } catch (error) {
      throw await this.setAside(id, error instanceof Error ? error.message : String(error));
    }
    this.enter(entryOf({ ...conversation, id }, Buffer.byteLength(text)));
    return { ...conversation, id };
  }

  /** Returns the id that it has now: another one where another window wrote to the same conversation meanwhile. */
  async write(conversation: Conversation): Promise<string> {
    await fs.mkdir(this.folder, { recursive: true });
    const id = (await this.wasChangedElsewhere(conversation)) ? randomUUID() : conversation.id;
    if (id !== conversation.id) {
      this.log(
        `Another window went on with the conversation ${conversation.id}; what this window has is kept as ${id}.`,
      );
    }
    const text = conversationText({ ...conversation, id });
    await writeAtomically(this.fileOf(id), text);
    this.stamps.set(id, await this.stampOf(id));
    const before = this.index.entries.find((entry) => entry.id === id);
    this.enter(entryOf({ ...conversation, id }, Buffer.byteLength(text)));
    if (before?.turns !== conversation.turns.length || before.title !== conversation.title) await this.writeIndex();
    return id;
  }

  async rename(id: string, title: string): Promise<void> {
    await this.write({ ...(await this.read(id)), title, isNamed: true });
  }

  async remove(id: string): Promise<void> {
    await fs.rm(this.fileOf(id), { force: true });
    this.stamps.delete(id);
    this.index.entries = this.index.entries.filter((entry) => entry.id !== id);
    if (this.index.current === id) this.index.current = null;
    await this.writeIndex();
  }

  private async wasChangedElsewhere({ id, turns }: Conversation): Promise<boolean> {
    const stamp = await this.stampOf(id);
    if (stamp === '' || stamp === this.stamps.get(id)) return false;
    const ours = new Set(turns.map(turnKey));
    try {
      const theirs = conversationFromText(await fs.readFile(this.fileOf(id), 'utf8'));
      return theirs.turns.some((turn) => !ours.has(turnKey(turn)));
    } catch {
      return true;
    }
  }

  /** The oldest beyond the limits go, and the log names them. */
  private async makeRoom(): Promise<void> {
    for (const { id } of beyondLimits(this.index.entries, this.index.current)) {
      this.log(`The chat history is full: the oldest conversation, ${id}, was deleted.`);
      await this.discard(`${id}.json`);
      this.stamps.delete(id);
      this.index.entries = this.index.entries.filter((entry) => entry.id !== id);
    }
  }

  private enter(entry: HistoryEntry): void {
    this.index.entries = [...this.index.entries.filter(({ id }) => id !== entry.id), entry];
  }

  private async readIndex(): Promise<HistoryIndex> {
    const text = await fs.readFile(join(this.folder, INDEX), 'utf8').catch(() => null);
    if (text === null) return { current: null, entries: [] };
    const index = indexFromText(text);
    if (index === null) this.log('The index of the chat history is damaged and was made again from the conversations.');
    return index ?? { current: null, entries: [] };
  }

  private async writeIndex(): Promise<void> {
    await fs.mkdir(this.folder, { recursive: true });
    await this.makeRoom();
    await writeAtomically(join(this.folder, INDEX), indexText(this.index));
  }

  private async setAside(id: string, reason: string): Promise<Error> {
    await fs.mkdir(join(this.folder, DAMAGED), { recursive: true });
    const aside = join(this.folder, DAMAGED, `${id}-${Date.now()}.json`);
    await fs.rename(this.fileOf(id), aside);
    this.index.entries = this.index.entries.filter((entry) => entry.id !== id);
    return failures.conversationDamaged(this.fileOf(id), reason, aside);
  }

  /** A young one may be another window's, which is about to finish it. */
  private async discardOld(name: string): Promise<void> {
    const stat = await fs.stat(join(this.folder, name)).catch(() => null);
    if (stat !== null && Date.now() - stat.mtimeMs > UNFINISHED_AGE_MS) await this.discard(name);
  }

  private async discard(name: string): Promise<void> {
    await fs.rm(join(this.folder, name), { force: true });
  }

  /** '' where there is no file. */
  private async stampOf(id: string): Promise<string> {
    return fs.stat(this.fileOf(id)).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      () => '',
    );
  }

  private fileOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

/** Windows count their turns alike; the time of the question tells them apart. */
function turnKey({ id, asked }: { id: string; asked: number }): string {
  return `${id} ${asked}`;
}
