import type { DecodedLine } from './ctcDecode';
import { type LineInk, stretches } from './lineInk';

/** A part of a line that stands by itself. */
export interface LinePiece {
  text: string;
  score: number;
  characters: DecodedLine['characters'];
  /** Ends of its ink, 0..1 of the crop's width. */
  from: number;
  to: number;
}

/** Gaps in ems. A word space is 0.28 wide or more with the sides of its letters; within words gaps end at 0.23. */
const WORD_GAP = 0.26;
/** An f leans over the space after it. */
const WORD_GAP_AFTER_F = 0.2;
/** What the recogniser calls a space although nothing is there. */
const NO_GAP = 0.12;
/** In spaced-out or fixed-pitch type a word gap is this many usual gaps. */
const USUAL_GAPS = 2.2;
const USUAL_GAP_IS_WIDE = 0.17;
/** From here two labels stand side by side. */
const LABEL_GAP = 1.1;

/** Heights of letters in ems (the mean of common sans faces). */
const CAPITAL = 0.74;
const SMALL = 0.55;
const DESCENDER = 0.22;
const HAS_ASCENDER = /[A-Z0-9bdfhijklt()[\]{}|/\\%$&!?'"#]/;
const HAS_DESCENDER = /[gjpqy()[\]{},;/|$Q]/;

/**
 * Puts right what the recogniser gets wrong and the ink shows: lost and invented spaces, small letters for capitals of
 * the same form and the other way round, the letter O for a zero. Splits the line where two labels stand side by side.
 */
export function refineLine(line: DecodedLine, ink: LineInk): LinePiece[] {
  const letters = line.characters.filter((c) => c.char !== ' ');
  if (letters.length === 0 || ink.runs.length === 0) return [];
  const spaced = new Set(spacesOf(line));
  const chars = letters.map((c) => ({ ...c, char: inRightCase(c, letters, ink) }));
  const gaps = gapsAfter(letters, ink);
  const em = emOf(letters, ink);
  const limit = wordGap(gaps.map((g) => g.width / em));
  const pieces: LinePiece[] = [];
  let current: LinePiece['characters'] = [];
  let from = ink.runs[0]![0];
  const end = (to: number) => {
    const score = current.reduce((sum, c) => sum + c.score, 0) / current.length;
    const text = current.map((c) => c.char).join('');
    pieces.push({ text, score, characters: current, from: from / ink.width, to: to / ink.width });
    current = [];
  };
  chars.forEach((c, i) => {
    current.push(c);
    const gap = gaps[i];
    if (!gap || i === chars.length - 1) return;
    const width = gap.width / em;
    if (width > LABEL_GAP) {
      end(gap.start);
      from = gap.start + gap.width;
    } else if (
      width > (c.char === 'f' ? Math.min(limit, WORD_GAP_AFTER_F) : limit) ||
      (spaced.has(i) && width > NO_GAP)
    )
      current.push({ char: ' ', score: 1, at: (gap.start + gap.width / 2) / ink.width });
  });
  end(ink.runs.at(-1)![1]);
  return pieces;
}

/** Indices, among the letters, after which the recogniser wrote a space. */
function spacesOf(line: DecodedLine): number[] {
  const found: number[] = [];
  let letter = -1;
  for (const { char } of line.characters) {
    if (char === ' ') found.push(letter);
    else letter++;
  }
  return found;
}

/** The widest gap in the ink between each letter and the next, in pixels of the crop. */
function gapsAfter(letters: DecodedLine['characters'], ink: LineInk): Array<{ start: number; width: number }> {
  const gaps = letters.map(() => ({ start: 0, width: 0 }));
  for (let r = 0; r + 1 < ink.runs.length; r++) {
    const [start, end] = [ink.runs[r]![1], ink.runs[r + 1]![0]];
    const middle = (start + end) / 2 / ink.width;
    const after = letters.filter((c) => c.at < middle).length - 1;
    if (after >= 0 && end - start > gaps[after]!.width) gaps[after] = { start, width: end - start };
  }
  return gaps;
}

function wordGap(gaps: number[]): number {
  const sorted = gaps
    .slice(0, -1)
    .filter((g) => g > 0)
    .sort((a, b) => a - b);
  const usual = sorted[sorted.length >> 1] ?? 0;
  return sorted.length >= 4 && usual > USUAL_GAP_IS_WIDE ? Math.max(WORD_GAP, USUAL_GAPS * usual) : WORD_GAP;
}

/** Size of the type in pixels of the crop, from the height of the ink and the kinds of letters in it. */
function emOf(letters: DecodedLine['characters'], ink: LineInk): number {
  const text = letters.map((c) => c.char).join('');
  const above = HAS_ASCENDER.test(text) ? CAPITAL : SMALL;
  const below = HAS_DESCENDER.test(text) ? DESCENDER : 0;
  return (ink.bottom - ink.top) / (above + below);
}

/** Letters whose small form is their capital made smaller. */
const SAME_FORM = /[CcOoSsUuVvWwXxZz]/;
const SMALL_LETTERS = /[aemnr]/;
const CAPITALS = /[ABDEFGHKLMNPRTY0-9bdfhkl]/;
/** A zero is narrower than it is high, the letter is round. */
const ZERO_ASPECT = 0.78;

function inRightCase(c: DecodedLine['characters'][number], letters: DecodedLine['characters'], ink: LineInk): string {
  if (!SAME_FORM.test(c.char)) return c.char;
  const glyph = glyphOf(c, letters, ink);
  if (!glyph) return c.char;
  const heights = (kind: RegExp) =>
    letters.filter((l) => l !== c && kind.test(l.char)).flatMap((l) => glyphOf(l, letters, ink)?.height ?? []);
  const small = middleOf(heights(SMALL_LETTERS));
  const capital = middleOf(heights(CAPITALS));
  const edge = small && capital ? (small + capital) / 2 : small ? small * 1.17 : capital ? capital * 0.87 : undefined;
  if (/[Oo]/.test(c.char) && glyph.width < ZERO_ASPECT * glyph.height && (edge === undefined || glyph.height > edge))
    return '0';
  if (edge === undefined) return c.char;
  return glyph.height > edge ? c.char.toUpperCase() : c.char.toLowerCase();
}

/** Size of the ink of one letter; undefined where it touches its neighbours. */
function glyphOf(c: DecodedLine['characters'][number], letters: DecodedLine['characters'], ink: LineInk) {
  const x = c.at * ink.width;
  const run = ink.runs.find(([start, end]) => x >= start - 3 && x < end + 3);
  if (!run) return undefined;
  const inside = letters.filter((l) => l.at * ink.width >= run[0] - 3 && l.at * ink.width < run[1] + 3);
  if (inside.length !== 1) return undefined;
  const rows = stretches(ink.height, (y) =>
    ink.mask.subarray(y * ink.width + run[0], y * ink.width + run[1]).includes(1),
  );
  return { width: run[1] - run[0], height: rows.at(-1)![1] - rows[0]![0] };
}

function middleOf(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
