import { describe, expect, it } from 'vitest';
import { exponentStart, startsWithMinus } from '../../../../daemon/runtime/ocr/exponent';

const glyph = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const one = glyph(0, 10, 4, 20);
const zero = glyph(6, 10, 12, 20);

describe('exponentStart', () => {
  it('finds a raised, smaller end', () => {
    expect(exponentStart([one, zero, glyph(14, 5, 18, 12)])).toBe(2);
  });
  it('takes the minus along', () => {
    expect(exponentStart([one, zero, glyph(14, 8, 18, 9), glyph(19, 5, 23, 12)])).toBe(2);
  });
  it('sees none where all stand on the line, and none in a lone minus', () => {
    expect(exponentStart([one, zero])).toBeUndefined();
    expect(exponentStart([one, zero, glyph(14, 14, 20, 16)])).toBeUndefined();
  });
});

describe('startsWithMinus', () => {
  it('takes a flat bar half-way up for one', () => {
    expect(startsWithMinus([glyph(0, 15, 6, 16), glyph(8, 10, 14, 20)])).toBe(true);
  });
  it('takes no digit, no low dash and no lone bar for one', () => {
    expect(startsWithMinus([one, zero])).toBe(false);
    expect(startsWithMinus([glyph(0, 19, 6, 20), zero])).toBe(false);
    expect(startsWithMinus([glyph(0, 15, 6, 16)])).toBe(false);
  });
});
