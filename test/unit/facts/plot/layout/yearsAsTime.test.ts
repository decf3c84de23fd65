import { describe, expect, it } from 'vitest';
import { yearsAsTime } from '../../../../../daemon/facts/plot/layout/yearsAsTime';
import type { PlotAxis } from '../../../../../daemon/media/plot';

const axis = (label: string | null, ...texts: string[]): PlotAxis => ({
  label,
  scale: 'linear',
  slope: 0.02,
  offset: 2000,
  ticks: texts.map((text, i) => ({ pixel: 100 * i, text, value: Number(text) })),
});

describe('yearsAsTime', () => {
  it('reads years under a name of the calendar as the first days of them', () => {
    const read = yearsAsTime(axis('Date of measurement', '2000', '2002', '2004'));
    expect(read.scale).toBe('time');
    expect(read.ticks.map((t) => t.value)).toEqual([Date.UTC(2000, 0, 1), Date.UTC(2002, 0, 1), Date.UTC(2004, 0, 1)]);
    expect(Math.abs(read.offset! + read.slope! * 100 - Date.UTC(2002, 0, 1))).toBeLessThan(86_400_000);
  });

  it.each([
    ['no name', axis(null, '2000', '2002', '2004')],
    ['another name', axis('Weight (kg)', '2000', '2002', '2004')],
    ['a duration', axis('Time (s)', '2000', '2002', '2004')],
    ['other numbers', axis('Year', '1500', '2000', '2500')],
    ['two labels', axis('Year', '2000', '2002')],
  ])('leaves numbers under %s as they are', (_, given) => expect(yearsAsTime(given)).toBe(given));
});
