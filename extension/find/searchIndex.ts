import { synonymsOf } from './synonyms';
import { termOf, termsOf, wordsOf } from './words';

/** What a word counts in each part of what is known of a file: what was measured or read more than what the model says. */
export const FIELD_WEIGHTS = { name: 3, title: 3, kind: 2, description: 1, text: 1.5, facts: 1, folder: 0.8 } as const;
export type Field = keyof typeof FIELD_WEIGHTS;
export type Fields = Partial<Record<Field, string>>;

export interface Hit {
  id: string;
  score: number;
}

/** BM25: how soon more of the same word counts less, and how much a long text is held against it. */
const K1 = 1.2;
const B = 0.3;
/** Instead of the word itself: another word for it, and a longer word that begins like what is being typed. */
const SYNONYM = 0.35;
const PREFIX = 0.6;
const LEAST_PREFIX = 2;
const MOST_PREFIXES = 60;
/** Dead entries are taken out when they are a quarter of all. */
const LEAST_DEAD = 500;

interface Entry {
  id: string;
  terms: readonly string[];
  /** Weighted count of its words. */
  length: number;
}

/**
 * A search of short texts by words, ranked by BM25F (Robertson, Zaragoza 2009): counts of a word are weighted by field
 * and added before the saturation. Files with all words of the query come before those with some.
 */
export class SearchIndex {
  private entries: Array<Entry | undefined> = [];
  private readonly places = new Map<string, number>();
  /** Per term: place, weighted count, place, weighted count ... in order of place; dead places stay until the clearing. */
  private postings = new Map<string, number[]>();
  private readonly frequencies = new Map<string, number>();
  private length = 0;

  get size(): number {
    return this.places.size;
  }

  /** Replaces what was known under this id. */
  put(id: string, fields: Fields): void {
    this.remove(id);
    const counts = weighted(fields);
    const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const place = this.entries.push({ id, terms: [...counts.keys()], length }) - 1;
    this.places.set(id, place);
    this.length += length;
    for (const [term, count] of counts) {
      const posting = this.postings.get(term);
      if (posting === undefined) this.postings.set(term, [place, count]);
      else posting.push(place, count);
      this.frequencies.set(term, (this.frequencies.get(term) ?? 0) + 1);
    }
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    const { terms, length } = this.entries[place]!;
    this.entries[place] = undefined;
    this.places.delete(id);
    this.length -= length;
    for (const term of terms) this.frequencies.set(term, this.frequencies.get(term)! - 1);
    const dead = this.entries.length - this.places.size;
    if (dead > LEAST_DEAD && dead > this.entries.length / 4) this.clear();
  }

  /** The best first. The last word may be the beginning of one, unless a space follows it. */
  search(query: string, most: number): Hit[] {
    const words = queryWords(query);
    const scores = new Map<number, { score: number; found: number }>();
    words.forEach((word, i) => {
      const isOpen = i === words.length - 1 && !/\s$/.test(query);
      for (const [place, score] of this.scoresOf(word, isOpen)) {
        const known = scores.get(place);
        if (known === undefined) scores.set(place, { score, found: 1 });
        else {
          known.score += score;
          known.found += 1;
        }
      }
    });
    return [...scores]
      .map(([place, { score, found }]) => ({ id: this.entries[place]!.id, score: score * (found / words.length) ** 2 }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, most);
  }

  /** Of one word: each file's best among the word, its synonyms, and the words that begin with it. */
  private scoresOf(word: string, isOpen: boolean): Map<number, number> {
    const best = new Map<number, number>();
    for (const [term, weight] of this.variants(word, isOpen)) this.addScores(term, weight, best);
    return best;
  }

  private variants(word: string, isOpen: boolean): Map<string, number> {
    const term = termOf(word);
    const variants = new Map<string, number>();
    for (const synonym of synonymsOf(term)) variants.set(synonym, SYNONYM);
    if (isOpen && word.length >= LEAST_PREFIX) {
      let found = 0;
      for (const longer of this.postings.keys()) {
        if (!longer.startsWith(word) || longer === term) continue;
        variants.set(longer, PREFIX);
        if (++found === MOST_PREFIXES) break;
      }
    }
    return variants.set(term, 1);
  }

  private addScores(term: string, weight: number, best: Map<number, number>): void {
    const posting = this.postings.get(term);
    if (posting === undefined) return;
    const frequency = this.frequencies.get(term) ?? 0;
    const rarity = Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
    const mean = this.length / Math.max(1, this.size);
    for (let i = 0; i < posting.length; i += 2) {
      const place = posting[i]!;
      const entry = this.entries[place];
      if (entry === undefined) continue;
      const count = posting[i + 1]!;
      const score = (weight * rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * entry.length) / mean));
      if (score > (best.get(place) ?? 0)) best.set(place, score);
    }
  }

  /** Takes the dead out: places are given anew. */
  private clear(): void {
    const moved = new Map<number, number>();
    const alive = this.entries.filter((entry, place) => {
      if (entry !== undefined) moved.set(place, moved.size);
      return entry !== undefined;
    });
    const postings = new Map<string, number[]>();
    for (const [term, posting] of this.postings) {
      const kept: number[] = [];
      for (let i = 0; i < posting.length; i += 2) {
        const place = moved.get(posting[i]!);
        if (place !== undefined) kept.push(place, posting[i + 1]!);
      }
      if (kept.length > 0) postings.set(term, kept);
      else this.frequencies.delete(term);
    }
    this.entries = alive;
    this.postings = postings;
    for (const [place, entry] of alive.entries()) this.places.set(entry!.id, place);
  }
}

/** Words that are everywhere count only where there are no others. */
export function queryWords(query: string): string[] {
  const words = [...new Set(wordsOf(query))];
  const telling = words.filter((word) => termsOf(word).length > 0);
  return telling.length > 0 ? telling : words;
}

function weighted(fields: Fields): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [field, text] of Object.entries(fields)) {
    const weight = FIELD_WEIGHTS[field as Field];
    for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + weight);
  }
  return counts;
}
