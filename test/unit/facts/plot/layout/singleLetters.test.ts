import { describe, expect, it } from 'vitest';
import { singleLetters } from '../../../../../daemon/facts/plot/layout/singleLetters';

describe('singleLetters', () => {
  it('takes a tall c among capitals for a capital', () =>
    expect(singleLetters(['B', 'c', 'D'], [10, 11, 10])).toEqual(['B', 'C', 'D']));

  it('leaves a low one, words and small letters alone', () => {
    expect(singleLetters(['B', 'c', 'D'], [10, 7, 10])).toEqual(['B', 'c', 'D']);
    expect(singleLetters(['Bo', 'c', 'D'], [10, 10, 10])).toEqual(['Bo', 'c', 'D']);
    expect(singleLetters(['b', 'c', 'd'], [10, 10, 10])).toEqual(['b', 'c', 'd']);
  });
});
