import type { Conversation } from '../chat/conversation';

/** What a list of conversations shows; made from the conversations' own files and never the only copy of anything. */
export interface HistoryEntry {
  id: string;
  title: string;
  updated: number;
  turns: number;
  bytes: number;
}

export interface HistoryIndex {
  /** The conversation that the window goes on with when it opens. */
  current: string | null;
  entries: HistoryEntry[];
}

export const MOST_CONVERSATIONS = 200;
export const MOST_BYTES = 64 * 1024 * 1024;

export function entryOf({ id, title, updated, turns }: Conversation, bytes: number): HistoryEntry {
  return { id, title, updated, turns: turns.length, bytes };
}

/** null where it is damaged: it is made again from the files. */
export function indexFromText(text: string): HistoryIndex | null {
  try {
    const { version, current, entries } = JSON.parse(text) as Record<string, unknown>;
    if (version !== 1 || !Array.isArray(entries) || !entries.every(isEntry)) return null;
    return { current: typeof current === 'string' ? current : null, entries };
  } catch {
    return null;
  }
}

export function indexText({ current, entries }: HistoryIndex): string {
  return JSON.stringify({ version: 1, current, entries }, null, 1);
}

/** The oldest ones beyond the limits, without `kept`. */
export function beyondLimits(entries: readonly HistoryEntry[], kept: string | null): HistoryEntry[] {
  const byAge = [...entries].sort((a, b) => b.updated - a.updated);
  let bytes = 0;
  return byAge.filter((entry, position) => {
    bytes += entry.bytes;
    return entry.id !== kept && (position >= MOST_CONVERSATIONS || bytes > MOST_BYTES);
  });
}

function isEntry(value: unknown): value is HistoryEntry {
  const { id, title, updated, turns, bytes } = (value ?? {}) as Record<string, unknown>;
  const numbers = [updated, turns, bytes].every((one) => typeof one === 'number');
  return typeof id === 'string' && typeof title === 'string' && numbers;
}
