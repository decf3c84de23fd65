import { stem } from './stem';

/** Words that say nothing of what is looked for. */
const STOP = new Set(
  'a an the of in on at to and or is are was were be it its this that with for from by as into there which what show shows showing'.split(
    ' ',
  ),
);
/** Written without spaces: each pair of neighbours is looked for. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
/** In this order: unspaced writing, capitals in a row, a word with or without a capital, a number. */
const PARTS = new RegExp(
  `[${UNSPACED}ー]+|\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?(?:(?![${UNSPACED}])[\\p{Ll}\\p{Lo}\\p{M}])+|\\p{Lu}|\\p{N}+`,
  'gu',
);

/** The words of a text or a file name, in small letters without accents: "sunsetBeach_02.JPG" is sunset, beach, 02, jpg. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC');
  return (plain.match(PARTS) ?? []).flatMap(parted).map((word) => word.toLowerCase());
}

function parted(word: string): string[] {
  const letters = [...word];
  if (!IS_UNSPACED.test(word) || letters.length < 3) return [word];
  return letters.slice(1).map((letter, i) => letters[i]! + letter);
}

/** What the index keeps of a text: stems, without the words that are everywhere. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !STOP.has(word))
    .map(termOf);
}

const MOST_KNOWN = 20_000;
const known = new Map<string, string>();

/** Numbers without zeros in front, so that "take 2" finds "take_02". */
export function termOf(word: string): string {
  let term = known.get(word);
  if (term === undefined) {
    term = /^\d+$/.test(word) ? word.replace(/^0+(?=\d)/, '') : stem(word);
    // the same words come again and again
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(word, term);
  }
  return term;
}
