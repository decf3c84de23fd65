import { describe, expect, it } from 'vitest';
import { namedPlaces } from '../../../../daemon/facts/plot/namedPlaces';
import type { PlotPanel } from '../../../../daemon/media/plot';

/** Bars at the given places over labels 100 px apart. */
function bars(texts: string[], places: number[]): PlotPanel {
  const ticks = texts.map((text, i) => ({ pixel: 100 * (i + 1), text, value: Number(text) }));
  const axis = { label: null, scale: 'linear' as const, slope: 0.01, offset: 0 };
  return {
    kind: 'bar',
    layout: { x: { ...axis, ticks }, y: { ...axis, ticks: [{ pixel: 5, text: '0.5', value: 0.5 }] } },
    series: [{ pixels: places.map((x) => [x, 50]) }],
  } as unknown as PlotPanel;
}

const YEARS = ['2016', '2017', '2018', '2019', '2020'];

describe('namedPlaces', () => {
  it('gives years as names though a bar was missed', () => {
    const named = namedPlaces(bars(YEARS, [100, 200, 300, 500]));
    expect(named?.x.categories?.map((c) => c.name)).toEqual(YEARS);
  });

  it('leaves other numbers, years that leave some out, and many bars a year as they are', () => {
    expect(namedPlaces(bars(['10', '11', '12', '13', '14'], [100, 200, 300, 500]))).toBeNull();
    expect(namedPlaces(bars(['2000', '2005', '2010', '2015', '2020'], [100, 200, 300, 500]))).toBeNull();
    expect(namedPlaces(bars(YEARS, [60, 100, 140, 160, 200, 240, 300, 400]))).toBeNull();
  });
});
