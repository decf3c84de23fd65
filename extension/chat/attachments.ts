import type { MediaReport, MediaSource, SuppliedFrame } from '../../daemon/protocol/messages';
import type { PanelAttachment } from '../../daemon/protocol/panelMessages';

/** Where a file is found again, and what the person said of it. */
export interface FileAddress {
  uri: string;
  as?: 'depth' | 'normal';
  /** The photograph of a map, where the person named one. */
  photo?: string;
}

/** A file that can be attached, wherever it is. */
export interface Attachable {
  /** The file's name, for people. */
  name: string;
  /** Where several folders are open: with its folder's name, so that files of one name are told apart. */
  label?: string;
  /** The same key is the same file; it is attached once. */
  key: string;
  /** Absent where the bytes are all there is. */
  address?: FileAddress;
  /** What goes to the daemon; reads the bytes where the file is not on its disk. Rejects with a Failure. */
  load(): Promise<MediaSource>;
  /** The whole file; rejects with a Failure, also for one of more than `limit` bytes. */
  readBytes?(limit: number): Promise<Uint8Array>;
}

/** One attached file. `panel` is what the panel sees of it; it is replaced, never changed. */
export interface Attachment {
  readonly id: string;
  readonly file: Attachable;
  panel: PanelAttachment;
  /** Frames of a video that the panel decoded; empty where it could not. */
  frames?: SuppliedFrame[];
  /** Settles when the file's facts, and a video's frames, were asked for. */
  inspected?: Promise<void>;
}

/** The files that the next question is about, in the order they were attached. */
export class Attachments {
  private items: Attachment[] = [];
  private count = 0;

  get all(): readonly Attachment[] {
    return this.items;
  }

  get panel(): PanelAttachment[] {
    return this.items.map((item) => item.panel);
  }

  /** Adds what is not there yet; returns the new ones. */
  add(files: readonly Attachable[]): Attachment[] {
    const added: Attachment[] = [];
    for (const file of files) {
      if (this.items.some((item) => item.file.key === file.key)) continue;
      this.count += 1;
      const id = `a${this.count}`;
      const item = { id, file, panel: { id, name: file.label ?? file.name } };
      this.items.push(item);
      added.push(item);
    }
    return added;
  }

  /** Leaves exactly these, keeping what is already known about a file that stays; returns the new ones. */
  replace(files: readonly Attachable[]): Attachment[] {
    this.items = this.items.filter((item) => files.some((file) => file.key === item.file.key));
    return this.add(files);
  }

  /** Leaves exactly these, which were attached before and keep their ids. */
  restore(items: readonly Attachment[]): void {
    this.items = [...items];
    const numbers = items.map(({ id }) => Number(/^a(\d+)$/.exec(id)?.[1] ?? 0));
    this.count = Math.max(this.count, ...numbers);
  }

  remove(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  clear(): void {
    this.items = [];
  }
}

/** A report joins what is known: the preview of an earlier one stays where the later has none. */
export function withReport(panel: PanelAttachment, report: MediaReport): PanelAttachment {
  const preview = report.preview ?? panel.report?.preview;
  return { id: panel.id, name: panel.name, report: preview === undefined ? report : { ...report, preview } };
}
