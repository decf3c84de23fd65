import { describe, expect, it } from 'vitest';
import { offsetFactor, readScale } from '../../../../../daemon/facts/plot/layout/readScale';

const labels = (...pairs: Array<[string, number]>) =>
  pairs.map(([text, pixel]) => ({ text, pixel, score: 1, slack: 1.2 }));

describe('readScale', () => {
  it('reads numbers', () => {
    const scale = readScale(labels(['0', 400], ['10', 300], ['20', 200]), 400, 'y');
    expect(scale).toMatchObject({ scale: 'linear', warnings: [] });
    expect(scale.offset! + scale.slope! * 250).toBeCloseTo(15, 10);
    expect(scale.ticks.map((t) => t.value)).toEqual([0, 10, 20]);
  });

  it('multiplies by an offset text', () => {
    const scale = readScale(labels(['0', 400], ['1', 300], ['2', 200]), 400, 'y', 1e6);
    expect(scale.offset! + scale.slope! * 250).toBeCloseTo(1.5e6, 3);
    expect(scale.ticks[1]).toEqual({ pixel: 300, text: '1', value: 1e6 });
  });

  it('leaves a power of ten that lost its exponent out', () => {
    const scale = readScale(labels(['10', 42.5], ['10^2', 115.5], ['10^1', 188.5]), 230, 'y');
    expect(scale.scale).toBe('log');
    expect(scale.offset! + scale.slope! * 42.5).toBeCloseTo(3, 6);
    expect(scale.ticks[0]).toEqual({ pixel: 42.5, text: '10' });
  });

  it('leaves a misread label out, without a value, and says so', () => {
    const scale = readScale(labels(['0', 400], ['10', 300], ['70', 200], ['30', 100]), 400, 'y');
    expect(scale.ticks[2]).toEqual({ pixel: 200, text: '70' });
    expect(scale.warnings).toEqual(['The label "70" of the y axis does not fit its scale and was left out.']);
  });

  it('invents no scale for labels whose first digits lie outside the picture', () => {
    const pixels = [900, 800, 700, 600, 500, 400, 300, 200, 100];
    const texts = [6, 8, 0, 2, 4, 6, 8, 0, 2].map((digit) => `${digit},000,000`);
    const scale = readScale(labels(...texts.map((text, i): [string, number] => [text, pixels[i]!])), 900, 'y');
    expect(scale.slope).toBeUndefined();
    expect(scale.warnings.join()).toContain('are cut off');
  });

  it('says so where labels that look like dates are given as names', () => {
    const torn = readScale(labels(['20a4b0', 10], ['4c567', 100], ['8d90', 200], ['12f3', 290]), 400, 'x');
    expect(torn.scale).toBe('category');
    expect(torn.warnings).toEqual([
      'Most labels of an axis look like numbers or dates but agree on no scale; they are given as names.',
    ]);
    const ages = readScale(labels(['0-17', 10], ['18-24', 100], ['25-34', 200], ['65+', 390]), 400, 'x');
    expect(ages).toMatchObject({ scale: 'category', warnings: [] });
  });

  it('takes 102 and 103 beside 10^4 for powers of ten', () => {
    const scale = readScale(labels(['102', 100], ['103', 200], ['10^4', 300], ['105', 400]), 400, 'x');
    expect(scale).toMatchObject({ scale: 'log', warnings: [] });
    expect(scale.ticks.map((t) => t.value)).toEqual([100, 1000, 10000, 100000]);
  });

  it('takes a U behind every number for the prefix micro', () => {
    const scale = readScale(labels(['350U', 100], ['400U', 200], ['450U', 300]), 400, 'x');
    expect(scale.ticks.map((t) => t.value)).toEqual([350e-6, 400e-6, 450e-6]);
  });

  it('gives years at even steps but in no order as names', () => {
    const years = [
      ['2019', 344],
      ['2023', 505],
      ['2020', 671],
      ['2021', 836],
      ['2022', 998],
    ] as Array<[string, number]>;
    const scale = readScale(labels(...years), 700, 'x');
    expect(scale.categories?.map((c) => c.name)).toEqual(['2019', '2023', '2020', '2021', '2022']);
    expect(scale.warnings).toEqual([]);
  });

  it('gives no scale where labels contradict each other', () => {
    const scale = readScale(labels(['1', 10], ['9', 100], ['4', 200], ['7', 300], ['2', 390]), 400, 'x');
    expect(scale.slope).toBeUndefined();
    expect(scale.warnings).toEqual(['The labels of the x axis (1, 9, 4, 7, 2) do not agree on a scale.']);
  });

  it('reads powers of ten as a log scale', () => {
    const scale = readScale(labels(['10^0', 400], ['10^1', 300], ['10^2', 200]), 400, 'y');
    expect(scale.scale).toBe('log');
    expect(scale.slope).toBeCloseTo(-0.01, 12);
  });

  it('reads dates as milliseconds', () => {
    const scale = readScale(labels(['2020-01-01', 100], ['2020-01-11', 200], ['2020-01-21', 300]), 400, 'x');
    expect(scale.scale).toBe('time');
    expect(scale.offset! + scale.slope! * 150).toBeCloseTo(Date.UTC(2020, 0, 6), -1);
  });

  it('counts dates without a year from 1970 and says so', () => {
    const scale = readScale(labels(['Jan 1', 100], ['Jan 11', 200], ['Jan 21', 300]), 400, 'x');
    expect(scale.offset! + scale.slope! * 150).toBeCloseTo(Date.UTC(1970, 0, 6), -1);
    expect(scale.warnings).toEqual(['The labels of the x axis do not print the year; 1970 stands for it.']);
  });

  it('reads hours of the day beside a weekday', () => {
    const scale = readScale(labels(['Mon 19', 0], ['03 AM', 30], ['06 AM', 60], ['12 PM', 120]), 130, 'x');
    expect(scale.ticks.map((t) => t.value! / 3_600_000)).toEqual([18 * 24, 18 * 24 + 3, 18 * 24 + 6, 18 * 24 + 12]);
    expect(scale.warnings).toEqual(['The labels of the x axis do not print the month and year; 1970 stands for it.']);
  });

  it('takes bare numbers beside a month for days of the month', () => {
    const scale = readScale(labels(['29', 0], ['31', 20], ['Apr', 30], ['3', 50], ['5', 70]), 80, 'x');
    expect(scale.scale).toBe('time');
    expect(scale.ticks.map((t) => new Date(t.value!).toISOString().slice(5, 10))).toEqual([
      '03-29',
      '03-31',
      '04-01',
      '04-03',
      '04-05',
    ]);
  });

  it('puts weekdays into the month that another label names', () => {
    const scale = readScale(labels(['Fri 24', 0], ['Sat 25', 50], ['Feb 26', 100], ['Mon 27', 150]), 160, 'x');
    expect(new Date(scale.ticks[0]!.value!).toISOString()).toBe('1970-02-24T00:00:00.000Z');
  });

  it('reads half hours of a clock of twelve between marked hours', () => {
    const scale = readScale(
      labels(['11 AM', 0], ['11:30', 30], ['12 PM', 60], ['12:30', 90], ['01 PM', 120]),
      130,
      'x',
    );
    expect(scale.ticks.map((t) => t.value! / 60_000)).toEqual([660, 690, 720, 750, 780]);
  });

  it('takes months as far apart as months are long for dates, and even ones for names', () => {
    const uneven = readScale(labels(['Jan', 228], ['Feb', 435], ['Mar', 622]), 700, 'x');
    expect(uneven.scale).toBe('time');
    expect(uneven.warnings).toEqual(['The labels of the x axis do not print the year; 1970 stands for it.']);
    expect(readScale(labels(['Jan', 228], ['Feb', 425], ['Mar', 622]), 700, 'x').scale).toBe('category');
  });

  it('takes names, and months alone, for categories', () => {
    expect(readScale(labels(['Oslo', 100], ['Lima', 200]), 400, 'x')).toMatchObject({
      scale: 'category',
      categories: [
        { name: 'Oslo', pixel: 100 },
        { name: 'Lima', pixel: 200 },
      ],
    });
    expect(readScale(labels(['Jan', 100], ['Feb', 200], ['Mar', 300]), 400, 'x').scale).toBe('category');
  });

  it('gives no scale where its only two labels were hardly read', () => {
    const faint = labels(['8', 84], ['9', 177]).map((l) => ({ ...l, score: 0.6 }));
    const scale = readScale(faint, 220, 'y');
    expect(scale.slope).toBeUndefined();
    expect(scale.warnings).toEqual(['The labels of the y axis (8, 9) were not read for certain.']);
  });

  it('leaves a date that does not fit out, and says so', () => {
    const dates = labels(['2020-01-01', 0], ['2020-01-11', 100], ['2020-01-21', 200], ['2020-06-31', 300]);
    const scale = readScale(dates, 400, 'x');
    expect(scale.ticks[3]).toEqual({ pixel: 300, text: '2020-06-31' });
    expect(scale.warnings).toEqual(['The label "2020-06-31" of the x axis does not fit its scale and was left out.']);
  });

  it('says when nothing was read', () => {
    expect(readScale([], 400, 'y')).toEqual({
      scale: 'linear',
      ticks: [],
      warnings: ['No label of the y axis was read.'],
    });
  });
});

describe('offsetFactor', () => {
  it.each([
    ['1e6', 1e6],
    ['1e-3', 1e-3],
    ['×10^3', 1000],
    ['×10⁻²', 0.01],
  ])('%s', (text, factor) => expect(offsetFactor(text)).toBeCloseTo(factor, 12));
  it.each(['1', '10^3', 'Loss', '2e5'])('"%s" is none', (text) => expect(offsetFactor(text)).toBeNull());
});
