import type { Conversation } from '../chat/conversation';
import type { HistoryEntry } from './historyIndex';

/** A conversation with all that is said in it. */
export interface Searchable {
  entry: HistoryEntry;
  text: string;
}

export interface Hit {
  entry: HistoryEntry;
  /** The words around what was found; '' where the title alone has it. */
  snippet: string;
}

const BEFORE = 30;
const LONGEST_SNIPPET = 110;

export function searchableText({ turns, attachments }: Conversation): string {
  const said = turns.flatMap(({ question, answers, shown }) => [question, answers[shown]?.answer ?? '']);
  return [...attachments.map(({ name }) => name), ...said].join(' \u00b7 ').replace(/\s+/g, ' ');
}

/** Every word has to be in the title or in what was said; titles that have them all come first, then the newest. */
export function searchHistory(items: readonly Searchable[], query: string): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.flatMap((item) => {
    const title = item.entry.title.toLowerCase();
    const text = item.text.toLowerCase();
    if (!words.every((word) => title.includes(word) || text.includes(word))) return [];
    const inTitle = words.every((word) => title.includes(word));
    const word = words.find((one) => text.includes(one));
    const snippet = inTitle || word === undefined ? '' : snippetAt(item.text, text.indexOf(word));
    return [{ entry: item.entry, snippet, inTitle }];
  });
  return found
    .sort((a, b) => Number(b.inTitle) - Number(a.inTitle) || b.entry.updated - a.entry.updated)
    .map(({ entry, snippet }) => ({ entry, snippet }));
}

function snippetAt(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE);
  const to = Math.min(text.length, from + LONGEST_SNIPPET);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}
