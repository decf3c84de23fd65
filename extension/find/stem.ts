/**
 * The stem of an English word, by M. F. Porter, "An algorithm for suffix stripping" (1980): "recordings" and "recorded"
 * are both "record". Words of other letters than a to z stay as they are.
 */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  return [plurals, pastAndGoing, yToI, doubleSuffixes, suffixes, lastSuffixes, tidy].reduce((w, step) => step(w), word);
}

const CONSONANT = '[^aeiou]';
const VOWEL = '[aeiouy]';
const C = `${CONSONANT}[^aeiouy]*`;
const V = `${VOWEL}[aeiou]*`;
/** The number of vowel-consonant turns: m > 0, m = 1, m > 1. */
const M_OVER_0 = new RegExp(`^(${C})?${V}${C}`);
const M_IS_1 = new RegExp(`^(${C})?${V}${C}(${V})?$`);
const M_OVER_1 = new RegExp(`^(${C})?${V}${C}${V}${C}`);
const HAS_VOWEL = new RegExp(`^(${C})?${VOWEL}`);
/** Ends consonant, vowel, consonant, the last not w, x or y: "hop", not "snow". */
const SHORT = new RegExp(`^${C}${VOWEL}[^aeiouwxy]$`);

function plurals(word: string): string {
  return word.replace(/(ss|i)es$/, '$1').replace(/([^s])s$/, '$1');
}

function pastAndGoing(word: string): string {
  if (word.endsWith('eed')) return M_OVER_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const base = word.replace(/(ed|ing)$/, '');
  if (base === word || !HAS_VOWEL.test(base)) return word;
  if (/(at|bl|iz)$/.test(base)) return `${base}e`;
  if (/([^aeiouylsz])\1$/.test(base)) return base.slice(0, -1);
  return SHORT.test(base) ? `${base}e` : base;
}

function yToI(word: string): string {
  return word.endsWith('y') && HAS_VOWEL.test(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}

const DOUBLE: Record<string, string> = {
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
};
const SINGLE: Record<string, string> = {
  icate: 'ic',
  ative: '',
  alize: 'al',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
};

const longestFirst = (table: Record<string, string>) => Object.entries(table).sort(([a], [b]) => b.length - a.length);
const DOUBLES = longestFirst(DOUBLE);
const SINGLES = longestFirst(SINGLE);
const doubleSuffixes = (word: string): string => replaced(word, DOUBLES);
const suffixes = (word: string): string => replaced(word, SINGLES);

/** The longest suffix of the table that the word has is exchanged where enough of a word is left. */
function replaced(word: string, table: ReadonlyArray<[string, string]>): string {
  const row = table.find(([suffix]) => word.endsWith(suffix));
  if (row === undefined) return word;
  const base = word.slice(0, -row[0].length);
  return M_OVER_0.test(base) ? base + row[1] : word;
}

const LAST = /(ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|ou)$/;

function lastSuffixes(word: string): string {
  const ion = /[st]ion$/.test(word) ? word.slice(0, -3) : undefined;
  const base = ion ?? word.replace(LAST, '');
  return base !== word && M_OVER_1.test(base) ? base : word;
}

function tidy(word: string): string {
  let tidied = word;
  if (word.endsWith('e')) {
    const base = word.slice(0, -1);
    if (M_OVER_1.test(base) || (M_IS_1.test(base) && !SHORT.test(base))) tidied = base;
  }
  return tidied.endsWith('ll') && M_OVER_1.test(tidied) ? tidied.slice(0, -1) : tidied;
}
