import type { PlotDataResult } from '../../daemon/protocol/messages';
import type { FromPlotPage, ToPlotPage } from '../../daemon/protocol/panelMessages';
import { h, icon, textButton } from '../dom';
import { t } from '../l10n';
import { createOverlay } from './overlay';
import { createSeriesTable } from './seriesTable';

interface PlotPageApi {
  postMessage(message: FromPlotPage): void;
}

declare function acquireVsCodeApi(): PlotPageApi;

// A page of its own, beside the chat: a plot with what was read in it drawn over it, so that a person can check it.
const host = acquireVsCodeApi();
const app = document.getElementById('app');

function show({ name, result }: ToPlotPage): void {
  const { data } = result;
  const overlay = createOverlay(result, name);
  const toggle = h('input', { type: 'checkbox', id: 'overlay', checked: true });
  toggle.addEventListener('change', () => overlay.show(toggle.checked));
  const parts: Array<HTMLElement | null> = [
    h('h1', { class: 'plot-title' }, data.title ?? name),
    h('p', { class: 'plot-summary' }, summaryOf(result)),
    h(
      'div',
      { class: 'plot-tools', role: 'group', 'aria-label': t('Extracted data') },
      h('label', { class: 'plot-toggle', for: 'overlay' }, toggle, t('Show what was read over the plot')),
      textButton(t('Open as CSV'), () => host.postMessage({ type: 'openCsv' })),
      textButton(t('Open as JSON'), () => host.postMessage({ type: 'openJson' })),
      textButton(t('Copy CSV'), () => host.postMessage({ type: 'copyCsv' })),
    ),
    warningsOf(data.warnings),
    overlay.element,
    createSeriesTable(data),
  ];
  app?.replaceChildren(...parts.filter((part) => part !== null));
}

function summaryOf({ data }: PlotDataResult): string {
  const points = data.series.reduce((sum, { points }) => sum + points.length, 0);
  const axes = [data.x, data.y].map(({ label, scale }) => (label === null ? scale : `${label} (${scale})`));
  return [
    t('Kind of plot: {0}; series: {1}; points: {2}.', data.kind, data.series.length, points),
    `x: ${axes[0]}; y: ${axes[1]}.`,
    t('Measured in the picture, not guessed by a model.'),
  ].join(' ');
}

function warningsOf(warnings: readonly string[]): HTMLElement | null {
  if (warnings.length === 0) return null;
  const items = warnings.map((warning) => h('li', {}, icon('warning'), warning));
  return h('ul', { class: 'plot-warnings', 'aria-label': t('What is not certain') }, ...items);
}

window.addEventListener('message', (event: MessageEvent<ToPlotPage>) => {
  if (event.data.type === 'plot') show(event.data);
});
host.postMessage({ type: 'ready' });
