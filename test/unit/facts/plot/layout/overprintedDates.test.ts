import { describe, expect, it } from 'vitest';
import { arePieces, overprintedDates } from '../../../../../daemon/facts/plot/layout/overprintedDates';
import { readScale } from '../../../../../daemon/facts/plot/layout/readScale';

/** Pieces at the places that dates have on an axis of `perDay` pixels a day. */
const placed = (perDay: number, ...pieces: Array<[text: string, date: string]>) =>
  pieces.map(([text, date]) => ({
    text,
    pixel: 100 + (perDay * Date.parse(date)) / 86_400_000 - perDay * 14_000,
    slack: 1.5,
  }));

const halfMonths = placed(
  6.5,
  ['2009-12-DQ', '2009-12-01'],
  ['09-12-1', '2009-12-15'],
  ['5010-01-DQ', '2010-01-01'],
  ['10-01-15', '2010-01-15'],
  ['010-02-', '2010-02-01'],
  ['DQ10-02-2', '2010-02-15'],
  ['610-03-01', '2010-03-01'],
);

describe('overprintedDates', () => {
  it('reads half months from the parts that stand free', () =>
    expect(overprintedDates(halfMonths)?.map((d) => d.text)).toEqual([
      '2009-12-01',
      '2009-12-15',
      '2010-01-01',
      '2010-01-15',
      '2010-02-01',
      '2010-02-15',
      '2010-03-01',
    ]));

  it('reads months', () =>
    expect(
      overprintedDates(
        placed(
          5.3,
          ['2020-09', '2020-09-01'],
          ['020-1Q', '2020-10-01'],
          ['020-1D', '2020-11-01'],
          ['020-12', '2020-12-01'],
          ['021-01', '2021-01-01'],
          ['021-032', '2021-02-01'],
        ),
      )?.map((d) => d.text),
    ).toEqual(['2020-09', '2020-10', '2020-11', '2020-12', '2021-01', '2021-02']));

  it('gives nothing where the places contradict the calendar', () =>
    expect(overprintedDates(halfMonths.map((p, i) => ({ ...p, pixel: p.pixel + (i === 3 ? 12 : 0) })))).toBeNull());

  it('gives nothing where two calendars explain as much', () =>
    expect(
      overprintedDates(
        placed(0.5, ['2020-', '2020-01-01'], ['020-', '2020-02-01'], ['020-', '2020-03-01'], ['020-', '2020-04-01']),
      ),
    ).toBeNull());

  it('takes no numbers for pieces of dates', () => {
    expect(arePieces(['-10', '-5', '0', '5'])).toBe(false);
    expect(arePieces(['2000', '2100', '2200', '2300'])).toBe(false);
  });

  it('makes a time axis and says how', () => {
    const scale = readScale(
      halfMonths.map((p) => ({ ...p, score: 1 })),
      700,
      'x',
    );
    expect(scale.scale).toBe('time');
    expect(scale.offset! + scale.slope! * halfMonths[4]!.pixel).toBeCloseTo(Date.parse('2010-02-01'), -6);
    expect(scale.warnings[0]).toMatch(/printed over each other/);
  });
});
