/**
 * How well `query` fits `name` in `folder`; higher is better, null where its letters do not appear in order. The name
 * counts more than the folder, a run of letters and the beginnings of words more than letters strewn about.
 */
export function fuzzyScore(query: string, name: string, folder: string): number | null {
  if (query === '') return 0;
  const inName = score(query.toLowerCase(), name);
  if (inName !== null) return inName + 100;
  return score(query.toLowerCase(), folder === '' ? name : `${folder}/${name}`);
}

const RUN = 10;
const WORD_START = 6;
const FIRST = 12;

/** Greedy from each place where the first letter is, the best of these. */
function score(query: string, text: string): number | null {
  const lower = text.toLowerCase();
  let best: number | null = null;
  for (let start = lower.indexOf(query[0]!); start >= 0; start = lower.indexOf(query[0]!, start + 1)) {
    const one = scoreFrom(query, text, lower, start);
    if (one !== null && (best === null || one > best)) best = one;
  }
  return best;
}

function scoreFrom(query: string, text: string, lower: string, start: number): number | null {
  let total = start === 0 ? FIRST : 0;
  let before = start - 1;
  for (const letter of query) {
    const at = lower.indexOf(letter, before + 1);
    if (at < 0) return null;
    if (at === before + 1 && at !== start) total += RUN;
    if (isWordStart(text, at)) total += WORD_START;
    // letters in between cost, so that the tightest place is found
    total -= Math.min(at - before - 1, 5);
    before = at;
  }
  return total - text.length / 100;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const previous = text[at - 1]!;
  return /[^a-z0-9]/i.test(previous) || (/[a-z]/.test(previous) && /[A-Z]/.test(text[at]!));
}
