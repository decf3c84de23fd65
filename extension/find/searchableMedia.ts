import type { MediaRecord } from '../media/mediaRecord';
import type { MediaStore } from '../media/mediaStore';
import { fieldsOf } from './fieldsOf';
import { SearchIndex } from './searchIndex';
import { type Snippet, snippetOf } from './snippet';

export interface FoundMedia {
  record: MediaRecord;
  snippet: Snippet | undefined;
}

/** Entries made between two turns of the event loop. */
const AT_ONCE = 50;
const MOST_RECENT = 50;

/** The store's records under the workspace as an index of words, which follows every change of the store. */
export class SearchableMedia {
  private readonly index = new SearchIndex();
  private readonly listener: { dispose(): void };
  private building: Promise<void> | undefined;

  constructor(
    private readonly store: MediaStore,
    /** Relative to the workspace; undefined for what is outside and so is not looked for. */
    private readonly pathOf: (uri: string) => string | undefined,
  ) {
    this.listener = store.onChange((changes) => {
      if (this.building === undefined) return;
      for (const { uri, record } of changes) {
        if (record === undefined) this.index.remove(uri);
        else this.add(record);
      }
    });
  }

  get size(): number {
    return this.index.size;
  }

  /** Once; later calls wait for the first. Others have their turn meanwhile. */
  build(): Promise<void> {
    this.building ??= this.addAll();
    return this.building;
  }

  /** The best first; without a word of a query, the newest files. */
  search(query: string, most: number): FoundMedia[] {
    if (query.trim() === '') return this.newest(Math.min(most, MOST_RECENT));
    return this.index
      .search(query, most)
      .map(({ id }) => this.store.get(id))
      .filter((record) => record !== undefined)
      .map((record) => ({ record, snippet: snippetOf(record, query) }));
  }

  dispose(): void {
    this.listener.dispose();
  }

  private newest(most: number): FoundMedia[] {
    return [...this.store.all()]
      .filter(({ uri }) => this.pathOf(uri) !== undefined)
      .sort((a, b) => b.mtime - a.mtime)
      .slice(0, most)
      .map((record) => ({ record, snippet: snippetOf(record, '') }));
  }

  private async addAll(): Promise<void> {
    let count = 0;
    for (const record of [...this.store.all()]) {
      // it may have changed since, and then is there already
      const now = this.store.get(record.uri);
      if (now !== undefined) this.add(now);
      count += 1;
      if (count % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private add(record: MediaRecord): void {
    const path = this.pathOf(record.uri);
    if (path !== undefined) this.index.put(record.uri, fieldsOf(record, path));
  }
}
