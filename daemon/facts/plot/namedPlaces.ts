import type { PanelLayout, PlotAxis, PlotPanel } from '../../media/plot';

/** How far the marks of a label may stand from it, as a share of the distance between labels. */
const OFF = 0.15;

/**
 * The layout with axes as categories whose numbers are names ("2016", "2017" below bars): each label has a bar (or a group
 * of bars round it), a box or a column of cells of its own, and there are no others. Null where no axis is like that.
 */
export function namedPlaces({ kind, layout, series }: PlotPanel): PanelLayout | null {
  if (kind !== 'bar' && kind !== 'box' && kind !== 'heatmap') return null;
  const places = (along: 0 | 1) => series.flatMap((s) => s.pixels.map((p) => p[along]));
  const counts = (axis: PlotAxis) => kind === 'heatmap' && countsCells(axis);
  const years = (axis: PlotAxis, along: 0 | 1) => kind !== 'heatmap' && hasYears(axis, places(along), series.length);
  // years below bars say more than heights that happen to lie at labels
  const [yearsX, yearsY] = [years(layout.x, 0), years(layout.y, 1)];
  const x = yearsX || (!yearsY && isNamed(layout.x, places(0)) && !counts(layout.x));
  const y = yearsY || (!yearsX && isNamed(layout.y, places(1)) && !counts(layout.y));
  if (kind !== 'heatmap' && (x === y || layout.x.scale === 'category' || layout.y.scale === 'category')) return null;
  if (!x && !y) return null;
  return { ...layout, ...(x ? { x: asNames(layout.x) } : {}), ...(y ? { y: asNames(layout.y) } : {}) };
}

/** Labels 0, 1, 2 ... count the cells: places in a matrix, not names. */
function countsCells({ ticks }: PlotAxis): boolean {
  const values = ticks.map((t) => t.value ?? Number.NaN).sort((a, b) => a - b);
  return values.every((value, i) => value === i);
}

function isNamed({ scale, ticks, slope }: PlotAxis, places: readonly number[]): boolean {
  if (slope === undefined || ticks.length < 2 || ticks.some((t) => t.text === '')) return false;
  const areYears = scale === 'time' && ticks.every((t) => /^\d{4}$/.test(t.text));
  if (scale !== 'linear' && !areYears) return false;
  const at = ticks.map((t) => t.pixel).sort((a, b) => a - b);
  const gap = (at.at(-1)! - at[0]!) / (at.length - 1);
  if (at.slice(1).some((t, i) => Math.abs(t - at[i]! - gap) > OFF * gap)) return false;
  const inReach = (label: number) => places.filter((p) => Math.abs(p - label) < gap / 2);
  const covered = at.reduce((sum, label) => sum + inReach(label).length, 0);
  return (
    covered === places.length &&
    at.every((label) => {
      const own = inReach(label);
      if (own.length === 0) return false;
      return Math.abs((Math.min(...own) + Math.max(...own)) / 2 - label) <= OFF * gap;
    })
  );
}

/**
 * Whether the labels are years, one after the other, and the bars or boxes stand at them, a few missed or torn ones aside:
 * at most one of each series (and a stray one) a year.
 */
function hasYears({ scale, ticks }: PlotAxis, places: readonly number[], series: number): boolean {
  if (scale !== 'linear' && scale !== 'time') return false;
  const ordered = [...ticks].sort((a, b) => a.pixel - b.pixel);
  if (ordered.length < 3 || !ordered.every((t, i) => isYearAfter(t.text, ordered[0]!.text, i))) return false;
  const at = ordered.map((t) => t.pixel);
  const gap = (at.at(-1)! - at[0]!) / (at.length - 1);
  if (at.slice(1).some((t, i) => Math.abs(t - at[i]! - gap) > OFF * gap)) return false;
  const counts = at.map((label) => places.filter((p) => Math.abs(p - label) < gap / 2).length);
  const covered = counts.reduce((sum, count) => sum + count, 0);
  return (
    covered >= 0.9 * places.length &&
    places.length <= 1.3 * series * at.length &&
    counts.filter((count) => count > 0).length >= 0.7 * at.length
  );
}

const isYearAfter = (text: string, first: string, years: number): boolean =>
  /^(?:1[89]|20)\d\d$/.test(text) && Number(text) === Number(first) + years;

function asNames({ label, ticks }: PlotAxis): PlotAxis {
  const ordered = [...ticks].sort((a, b) => a.pixel - b.pixel);
  return {
    label,
    scale: 'category',
    ticks: ordered.map(({ pixel, text }, i) => ({ pixel, text, value: i })),
    categories: ordered.map(({ pixel, text }) => ({ name: text, pixel })),
  };
}
