import type { MediaRecord } from '../media/mediaRecord';
import { descriptionOf, measuredText, recognizedText, titlesOf } from './fieldsOf';
import { queryWords } from './searchIndex';
import { synonymsOf } from './synonyms';
import { termOf, wordsOf } from './words';

const WIDTH = 110;

export type SnippetSource = 'model' | 'title' | 'text' | 'measured';

export interface Snippet {
  /** Whose words they are. */
  source: SnippetSource;
  text: string;
}

/** The part of what is known that has most of the words, round the first of them; without any, the description or the facts. */
export function snippetOf(record: MediaRecord, query: string): Snippet | undefined {
  const facts = record.facts ?? [];
  const parts: Snippet[] = [
    { source: 'model', text: descriptionOf(record) },
    { source: 'title', text: titlesOf(facts) },
    { source: 'text', text: recognizedText(facts) },
    { source: 'measured', text: measuredText(record) },
  ];
  const known = parts.filter(({ text }) => text !== '');
  const looked = lookedFor(query);
  const counts = known.map(({ text }) => matches(text, looked).size);
  const best = known[counts.indexOf(Math.max(...counts))];
  return best && { source: best.source, text: around(best.text, looked) };
}

interface Looked {
  terms: ReadonlySet<string>;
  beginnings: readonly string[];
}

function lookedFor(query: string): Looked {
  const words = queryWords(query);
  const terms = new Set(words.map(termOf));
  for (const term of [...terms]) for (const synonym of synonymsOf(term)) terms.add(synonym);
  return { terms, beginnings: words.slice(-1).filter((word) => word.length > 1) };
}

const isLookedFor = (word: string, { terms, beginnings }: Looked): boolean =>
  terms.has(termOf(word)) || beginnings.some((beginning) => word.startsWith(beginning));

function matches(text: string, looked: Looked): Set<string> {
  return new Set(wordsOf(text).filter((word) => isLookedFor(word, looked)));
}

function around(text: string, looked: Looked): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= WIDTH) return line;
  const first = [...line.matchAll(/\S+/g)].find(({ 0: word }) =>
    wordsOf(word).some((part) => isLookedFor(part, looked)),
  );
  const wanted = Math.max(0, (first?.index ?? 0) - WIDTH / 3);
  const start = wanted === 0 ? 0 : line.indexOf(' ', wanted) + 1;
  const end = Math.min(line.length, start + WIDTH);
  return `${start > 0 ? '…' : ''}${line.slice(start, end).trim()}${end < line.length ? '…' : ''}`;
}
