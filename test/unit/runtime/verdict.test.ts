import { describe, expect, it } from 'vitest';
import { Verdict } from '../../../daemon/runtime/verdict';

const PIECES = ['', 'The first is ', 'zero', ', the second ', 'two', ':', ' the', ' same', ' d', 'ifferent', '.'];

function allowed(...said: string[]): string[] {
  const verdict = new Verdict(PIECES);
  for (const piece of said) verdict.push(PIECES.indexOf(piece));
  const logits = verdict.restrict(new Float32Array(PIECES.length));
  return PIECES.filter((_, i) => Number.isFinite(logits[i]!));
}

describe('Verdict', () => {
  it('is different where the names are', () => {
    const named = ['The first is ', 'zero', ', the second ', 'two', ':'];
    expect(allowed(...named)).toEqual([' d']);
    expect(allowed(...named, ' d')).toEqual(['ifferent']);
    expect(allowed(...named, ' d', 'ifferent')).toEqual(PIECES);
  });

  it('is the same where the names are', () => {
    const named = ['The first is ', 'two', ', the second ', 'two', ':'];
    expect(allowed(...named)).toEqual([' the']);
    expect(allowed(...named, ' the')).toEqual([' same']);
    expect(allowed(...named, ' the', ' same')).toEqual(PIECES);
  });

  it('is free before both are named, and where no piece fits', () => {
    expect(allowed('The first is ', 'zero', ', the second ', 'two')).toEqual(PIECES);
    const verdict = new Verdict(['The first is a, the second b:', 'x']);
    verdict.push(0);
    expect([...verdict.restrict(new Float32Array(2))]).toEqual([0, 0]);
    expect([...new Verdict([]).restrict(new Float32Array(2))]).toEqual([0, 0]);
  });
});
