import type { PlotData } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';

/** Each series with its colour, how many points it has, and its ends: enough to see whether the reading is right. */
export function createSeriesTable({ series, y }: PlotData): HTMLElement {
  if (series.length === 0) return h('p', { class: 'plot-summary' }, t('No series could be read.'));
  const head = [t('Series'), t('Points'), t('First'), t('Last'), t('Lowest'), t('Highest')];
  const rows = series.map(({ name, color, points }, i) => {
    const values = points.map(([, value]) => value);
    const lowest = Math.min(...values);
    const highest = Math.max(...values);
    const ends = points.length === 0 ? ['', ''] : [pair(points[0]!), pair(points.at(-1)!)];
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, swatch(color), name ?? t('Series {0}', i + 1)),
      ...[String(points.length), ...ends, number(lowest), number(highest)].map((text) => h('td', {}, text)),
    );
  });
  return h(
    'table',
    { class: 'plot-series' },
    h('caption', { class: 'sr-only' }, y.label === null ? t('Series') : t('Series of {0}', y.label)),
    h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', {}, ...rows),
  );
}

/** SVG, because the policy allows no inline style. */
function swatch(color: string): SVGElement {
  const SVG = 'http://www.w3.org/2000/svg';
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', 'swatch');
  element.setAttribute('viewBox', '0 0 1 1');
  element.setAttribute('aria-hidden', 'true');
  const square = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ width: '1', height: '1', fill: color }))
    square.setAttribute(name, value);
  element.append(square);
  return element;
}

const number = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(5))) : '');
const pair = ([x, y]: [number | string, number]): string => `${typeof x === 'number' ? number(x) : x}: ${number(y)}`;
