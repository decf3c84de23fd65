import { describe, expect, it } from 'vitest';
import { parseDate, resolveDates } from '../../../../../daemon/facts/plot/layout/parseDate';

describe('parseDate', () => {
  it.each([
    ['2012', { year: 2012 }],
    ['2012-03', { year: 2012, month: 3 }],
    ['2012-03-05', { year: 2012, month: 3, day: 5 }],
    ['2012/3/5', { year: 2012, month: 3, day: 5 }],
    ['3/25/2012', { year: 2012, month: 3, day: 25 }],
    ['05.03.2012', { year: 2012, month: 3, day: 5 }],
    ['Jan 2020', { year: 2020, month: 1 }],
    ['January 2020', { year: 2020, month: 1 }],
    ['Sept 2020', { year: 2020, month: 9 }],
    ['Jan', { month: 1 }],
    ['Jan 05', { month: 1, day: 5 }],
    ['5 Jan', { month: 1, day: 5 }],
    ['Jan 5, 2020', { year: 2020, month: 1, day: 5 }],
    ['Sep 23 2004', { year: 2004, month: 9, day: 23 }],
    ['5 Jan 2020', { year: 2020, month: 1, day: 5 }],
    ['01-15', { month: 1, day: 15 }],
    ['12:00', { minutes: 720 }],
    ['6:30 PM', { minutes: 1110 }],
    ['12 AM', { minutes: 0 }],
    ['03 PM', { minutes: 900 }],
    ['10:00:15', { minutes: 600.25 }],
    [':30', { seconds: 30 }],
    ['2012-03-05 06:30', { year: 2012, month: 3, day: 5, minutes: 390 }],
    ['12:00 Sep 23, 2004', { year: 2004, month: 9, day: 23, minutes: 720 }],
  ])('reads %s', (text, expected) => expect(parseDate(text)).toEqual(expected));

  it.each(['', '50', '1234567', '10k', 'Perth', 'Marching', '13-45', '25:00', '1500'])(
    'takes "%s" for no date',
    (text) => expect(parseDate(text)).toBeNull(),
  );
});

describe('resolveDates', () => {
  const iso = (labels: string[]) =>
    resolveDates(labels.map(parseDate)).map((ms) =>
      ms === undefined ? null : new Date(ms).toISOString().slice(0, 16),
    );

  it('keeps full dates', () => expect(iso(['2012-03', '2012-05'])).toEqual(['2012-03-01T00:00', '2012-05-01T00:00']));

  it('carries the year on, and over its end', () =>
    expect(iso(['Oct 2019', 'Nov', 'Dec', 'Jan', 'Feb'])).toEqual([
      '2019-10-01T00:00',
      '2019-11-01T00:00',
      '2019-12-01T00:00',
      '2020-01-01T00:00',
      '2020-02-01T00:00',
    ]));

  it('reckons back before the first year', () =>
    expect(iso(['Nov 15', 'Dec 15', '2021', 'Jan 15'])).toEqual([
      '2020-11-15T00:00',
      '2020-12-15T00:00',
      '2021-01-01T00:00',
      '2021-01-15T00:00',
    ]));

  it('carries the day on for times', () =>
    expect(iso(['12:00 Sep 23, 2004', '18:00', '00:00', '06:00'])).toEqual([
      '2004-09-23T12:00',
      '2004-09-23T18:00',
      '2004-09-24T00:00',
      '2004-09-24T06:00',
    ]));

  it('carries the minute on for seconds', () =>
    expect(iso(['2020-01-01 09:59', ':30', '10:00', ':30'])).toEqual([
      '2020-01-01T09:59',
      '2020-01-01T09:59',
      '2020-01-01T10:00',
      '2020-01-01T10:00',
    ]));

  it('gives nothing where no label says the year', () => expect(iso(['Jan 5', 'Jan 6'])).toEqual([null, null]));
});
