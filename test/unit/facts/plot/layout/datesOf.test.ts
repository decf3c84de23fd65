import { describe, expect, it } from 'vitest';
import { datesOf } from '../../../../../daemon/facts/plot/layout/datesOf';

describe('datesOf', () => {
  it('takes a bare number beside times or months for a day, and alone for none', () => {
    expect(datesOf(['18', '02:00', '04:00'])).toEqual([{ day: 18 }, { minutes: 120 }, { minutes: 240 }]);
    expect(datesOf(['29', 'Apr', '40'])).toEqual([{ day: 29 }, { month: 4 }, null]);
    expect(datesOf(['18', '20', '22'])).toEqual([null, null, null]);
    expect(datesOf(['18', '2020', '22'])).toEqual([null, { year: 2020 }, null]);
  });

  it('leaves the half of the day open beside hours that say theirs', () =>
    expect(datesOf(['06 PM', '07:30'])).toEqual([{ minutes: 1080 }, { minutes: 450, eitherHalf: true }]));

  it('reads years of two digits in the one order that makes dates which rise', () => {
    expect(datesOf(['25/06/09', '02/07/09', '09/07/09', '06/08'])).toEqual([
      { year: 2009, month: 6, day: 25 },
      { year: 2009, month: 7, day: 2 },
      { year: 2009, month: 7, day: 9 },
      null,
    ]);
    expect(datesOf(['12/20/99', '01/03/00', '01/17/00'])[1]).toEqual({ year: 2000, month: 1, day: 3 });
  });

  it('does not choose between two orders that would both do', () =>
    expect(datesOf(['01/01/09', '01/02/09', '01/03/09'])).toEqual([null, null, null]));
});
