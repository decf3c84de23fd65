import { describe, expect, it } from 'vitest';
import { alphabetOf, ctcDecode } from '../../../../daemon/runtime/ocr/ctcDecode';

const alphabet = alphabetOf('a\nb\n1\n');
/** Rows of [blank, a, b, 1, space]. */
const steps = (...rows: number[][]) => Float32Array.from(rows.flat());

describe('ctcDecode', () => {
  it('merges repetitions, keeps letters that a blank parts, and places them', () => {
    const a = [0, 1, 0, 0, 0];
    const blank = [1, 0, 0, 0, 0];
    const line = ctcDecode(steps(a, a, blank, a, [0, 0, 0.75, 0, 0.25]), alphabet);
    expect(line.text).toBe('aab');
    expect(line.characters.map((c) => c.at)).toEqual([0.2, 0.7, 0.9]);
    expect(line.score).toBeCloseTo((1 + 1 + 0.75) / 3, 6);
  });

  it('masks what is not allowed', () => {
    const probabilities = steps([0.1, 0.6, 0, 0.3, 0]);
    expect(ctcDecode(probabilities, alphabet).text).toBe('a');
    expect(ctcDecode(probabilities, alphabet, Uint8Array.of(0, 0, 0, 1, 0)).text).toBe('1');
  });

  it('writes full-width forms and dashes as ASCII', () => {
    expect(alphabetOf('％\n—\n−').characters).toEqual(['', '%', '-', '-', ' ']);
  });

  it('reads nothing from blanks', () => {
    expect(ctcDecode(steps([1, 0, 0, 0, 0]), alphabet)).toMatchObject({ text: '', score: 0, characters: [] });
  });
});
