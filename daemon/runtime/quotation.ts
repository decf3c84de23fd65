import type { TokenBytes } from './tokenStream';

const QUOTE = '"';

/** A measured text that an answer may quote. */
export interface Quotable {
  /** Of its line in the facts: "title", "x label" ... */
  key: string;
  /** Of the question, from 1. */
  file: number;
  /** Bytes as Latin-1. */
  text: string;
}

/** What a sentence says that it quotes, by the key of the fact; the word that stands last counts. */
const NAMED: ReadonlyArray<readonly [key: string, words: RegExp]> = [
  ['title', /\btitled?\b/g],
  ['x label', /\bx axis\b/g],
  ['y label', /\by axis\b/g],
  ['text', /\b(?:says|reads|text|written)\b/g],
  ['highest', /\bhighest bar\b/g],
  ['lowest', /\blowest bar\b/g],
  ['highest of', /(?<=\bhighest bar is\s*)\bof\b/g],
  ['lowest of', /(?<=\blowest bar is\s*)\bof\b/g],
];

/** A sentence, without its quotations, that goes on to say how high the highest or lowest bar is. */
const BAR_AT = /\b(highest|lowest) bar is\s*(?:of\s*)?, at (\S*)$/;
const FILES: ReadonlyArray<readonly [file: number, words: RegExp]> = [
  [1, /\bfirst\b/g],
  [2, /\bsecond\b/g],
  [3, /\bthird\b/g],
  [4, /\bfourth\b/g],
];

interface Open {
  /** Bytes since the opening quote. */
  open: string;
  /** What it may become. */
  among: readonly Quotable[];
}

/**
 * Keeps quotations literal: between double quotes an answer may only spell what was measured or read in the files, to the letter,
 * and the quote closes where that ends. Where the sentence names what it quotes (the title, the label of an axis, the text of the
 * second file), it quotes that. Which sentence it is, and which of several texts, stays the model's choice, token by token. Where no
 * token fits, the quotation is left to the model. All texts here are bytes as Latin-1, so that a character split over tokens is no exception.
 */
export class Quotation {
  /** Undefined outside quotes. */
  private quote: Open | undefined;
  private isFree = false;
  /** The answer without its quotations. */
  private said = '';

  constructor(
    private readonly values: readonly Quotable[],
    private readonly pieces: readonly string[],
  ) {}

  /** Logits [V] without those that would misquote; the same array where all may stay. */
  restrict(logits: Float32Array): Float32Array {
    if (this.values.length === 0 || this.isFree) return logits;
    const out = Float32Array.from(logits);
    const isNumber = this.quote === undefined && /, at ?\S*$/.test(this.said);
    let some = false;
    for (let id = 0; id < out.length; id++) {
      const piece = this.pieces[id] ?? '';
      // outside quotes, which is nearly always, only a quotation mark matters, or the number of a bar
      const isPlain = this.quote === undefined && !isNumber && !piece.includes(QUOTE);
      const isFine = isPlain || this.after(piece) !== 'misquoted';
      if (isFine) some = true;
      else out[id] = Number.NEGATIVE_INFINITY;
    }
    return some ? out : logits;
  }

  /** The token that was chosen. */
  push(id: number): void {
    const piece = this.pieces[id] ?? '';
    const next = this.isFree ? 'misquoted' : this.after(piece);
    if (next !== 'misquoted') {
      this.quote = next.quote;
      this.said += next.said;
      return;
    }
    // nothing fitted: free until the next quotation mark
    this.isFree = !piece.includes(QUOTE);
    this.quote = undefined;
  }

  private after(piece: string): 'misquoted' | { quote: Open | undefined; said: string } {
    let quote = this.quote;
    // a token without text, such as the end of the answer, ends no quotation
    if (piece === '' && quote !== undefined) return 'misquoted';
    let said = '';
    for (const byte of piece) {
      if (quote === undefined) {
        if (byte === QUOTE) quote = { open: '', among: namedIn(this.said + said, this.values) };
        else said += byte;
        if (!isMeasured(this.said + said, this.values)) return 'misquoted';
        continue;
      }
      const { open, among }: Open = quote;
      if (among.some(({ text }) => text.startsWith(open + byte))) quote = { open: open + byte, among };
      else if (byte === QUOTE && among.some(({ text }) => text === open)) quote = undefined;
      else return 'misquoted';
    }
    return { quote, said };
  }
}

/** The values that the last sentence names; all where it names none that was measured. */
function namedIn(said: string, values: readonly Quotable[]): readonly Quotable[] {
  const sentence = sentenceOf(said);
  const key = last(NAMED, sentence);
  const file = last(FILES, sentence);
  const named = values.filter((v) => (key === undefined || v.key === key) && (file === undefined || v.file === file));
  return named.length > 0 ? named : values.filter((v) => !v.key.endsWith(' at'));
}

/** Whether the number with which a sentence about a bar ends may become the measured one. */
function isMeasured(said: string, values: readonly Quotable[]): boolean {
  const [, which, number = ''] = BAR_AT.exec(sentenceOf(said)) ?? [];
  if (number === '') return true;
  const measured = values.filter(({ key }) => key === `${which} at`);
  return (
    measured.length === 0 ||
    measured.some(
      ({ text }) => text.startsWith(number) || (number.startsWith(text) && /^[.,]$/.test(number.slice(text.length))),
    )
  );
}

const sentenceOf = (said: string): string => said.split(/[.!?]\s|\n/).at(-1)!;

/** What the word that stands last in a sentence stands for. */
function last<T>(words: ReadonlyArray<readonly [T, RegExp]>, sentence: string): T | undefined {
  let best: { at: number; what: T } | undefined;
  for (const [what, pattern] of words)
    for (const match of sentence.matchAll(pattern))
      if (!best || match.index > best.at) best = { at: match.index, what };
  return best?.what;
}

/**
 * The texts in facts as `groundingText` writes them ("key: value" lines): values whole and, where they are lists, item by item; of a
 * bar, slice or series ("- NAME: value", "highest: NAME, 5.2, GROUP", "series: 2: NAME, NAME") its name.
 */
export function quotable(facts: string): Quotable[] {
  const found = new Map<string, Quotable>();
  let file = 1;
  for (const line of facts.split('\n')) {
    file = Number(/^Measured in file (\d+):$/.exec(line)?.[1] ?? file);
    const at = line.indexOf(': ');
    if (at < 0) continue;
    const [key, value] = [line.slice(0, at), line.slice(at + 2).trim()];
    for (const [of, text] of textsOf(key, value, line))
      if (text !== '') found.set(`${file} ${of} ${text}`, { key: of, file, text: latin1(text) });
  }
  return [...found.values()];
}

/** [key, text] of what a line says. */
function textsOf(key: string, value: string, line: string): Array<[string, string]> {
  if (key.startsWith('- ')) return [['-', line.slice(2, line.lastIndexOf(': '))]];
  const extreme = key === 'highest' || key === 'lowest' ? /^(.*?), ([-\d.e?]+)(?:, (.*))?$/.exec(value) : null;
  if (extreme) {
    const [, name, number, group = ''] = extreme;
    return [
      [key, name!],
      [`${key} at`, number!],
      [`${key} of`, group],
    ];
  }
  const list = key === 'series' ? value.replace(/^\d+: /, '') : value;
  return [list, ...list.split(', '), ...list.split(' | ')].map((text) => [key, text]);
}

const known = new WeakMap<TokenBytes, string[]>();

/** Every token's bytes as Latin-1; made once for a tokenizer. */
export function piecesOf(tokenizer: TokenBytes, count: number): readonly string[] {
  let pieces = known.get(tokenizer);
  if (pieces === undefined || pieces.length !== count) {
    pieces = Array.from({ length: count }, (_, id) => Buffer.from(tokenizer.pieceBytes(id)).toString('latin1'));
    known.set(tokenizer, pieces);
  }
  return pieces;
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
