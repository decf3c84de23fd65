import { describe, expect, it } from 'vitest';
import { joinPieces } from '../../../../../../daemon/facts/plot/marks/lines/joinPieces';
import type { LineTrack } from '../../../../../../daemon/facts/plot/marks/lines/readLines';

/** A level track from one column to another, at row `y`. */
const track = (from: number, to: number, y: number): LineTrack => ({
  vertices: [
    [from, y],
    [to, y],
  ],
  samples: Array.from({ length: to - from + 1 }, (_, k) => [from + k, y] as [number, number]),
  markers: [],
  corners: [],
  covered: 1,
  longestGap: 0,
  cornersHold: 0,
  stepShare: 0,
  jumps: 0,
});

describe('joinPieces', () => {
  it('joins what lies one after the other, and tells the gap between', () => {
    const [line, ...more] = joinPieces([track(61, 100, 20), track(0, 50, 10)], 1);
    expect(more).toEqual([]);
    expect(line?.vertices).toEqual([
      [0, 10],
      [50, 10],
      [61, 20],
      [100, 20],
    ]);
    expect(line?.longestGap).toBe(11);
    expect(line?.covered).toBeCloseTo(91 / 101);
  });

  it('leaves lines that lie over each other', () =>
    expect(joinPieces([track(0, 60, 10), track(40, 100, 20)], 1)).toHaveLength(2));

  it('leaves the lines of several entries in one colour', () =>
    expect(joinPieces([track(0, 50, 10), track(61, 100, 20)], 2)).toHaveLength(2));
});
