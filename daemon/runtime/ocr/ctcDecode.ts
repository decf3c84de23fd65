import type { RecognizedText } from '../../media/text';

/** What the recogniser can write. Class 0 is the blank, then the lines of the key file, then the space. */
export interface Alphabet {
  /** Class -> character; '' for the blank. */
  characters: string[];
}

/** The alphabet of a PP-OCR key file (one character a line). */
export function alphabetOf(keys: string): Alphabet {
  const lines = keys.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return { characters: ['', ...lines, ' '].map(plain) };
}

/** Full-width forms (U+FF01 to U+FF5E) as ASCII, dashes and minus as '-'. */
function plain(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  return char === '\u2212' || char === '\u2014' || char === '\u2013' ? '-' : char;
}

export interface DecodedLine extends RecognizedText {
  /** Largest probability of a space between character i and i + 1. */
  spaceAfter: number[];
}

/**
 * Best path of a CTC output [steps, classes] of probabilities: the likeliest class of each step, repetitions merged,
 * blanks dropped (Graves et al., ICML 2006). `allowed` (one byte a class) masks the others out.
 */
export function ctcDecode(probabilities: Float32Array, { characters }: Alphabet, allowed?: Uint8Array): DecodedLine {
  const classes = characters.length;
  const steps = Math.floor(probabilities.length / classes);
  const found: Array<{ char: string; score: number; first: number; last: number }> = [];
  const spaceAt = new Float32Array(steps);
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const row = probabilities.subarray(step * classes, (step + 1) * classes);
    spaceAt[step] = row[classes - 1]!;
    const best = largest(row, allowed);
    const score = row[best]!;
    const last = found.at(-1);
    if (best !== 0 && best === previous && last) {
      last.last = step;
      last.score = Math.max(last.score, score);
    } else if (best !== 0) found.push({ char: characters[best]!, score, first: step, last: step });
    previous = best;
  }
  return {
    text: found.map((f) => f.char).join(''),
    score: found.length === 0 ? 0 : found.reduce((sum, f) => sum + f.score, 0) / found.length,
    characters: found.map((f) => ({ char: f.char, score: f.score, at: ((f.first + f.last) / 2 + 0.5) / steps })),
    spaceAfter: found.map((f, i) => {
      const end = found[i + 1]?.first ?? f.last;
      return spaceAt.subarray(f.last, end + 1).reduce((most, p) => Math.max(most, p), 0);
    }),
  };
}

function largest(row: Float32Array, allowed?: Uint8Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]! && (!allowed || allowed[i])) best = i;
  return best;
}
