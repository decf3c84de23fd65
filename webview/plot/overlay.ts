import type { PlotDataResult, PlotOverlay } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';

const SVG = 'http://www.w3.org/2000/svg';

/** The picture with the series that were read drawn over it; the drawing can be taken away. */
export function createOverlay(result: PlotDataResult, name: string): { element: HTMLElement; show(on: boolean): void } {
  const drawing = createDrawing(result.overlay);
  const picture = h('img', { alt: t('The plot {0}', name), src: `data:image/png;base64,${result.pngBase64 ?? ''}` });
  const element = h('div', { class: 'plot-picture' }, picture);
  element.append(drawing);
  return { element, show: (on) => drawing.toggleAttribute('hidden', !on) };
}

/** What was read in a plot, in the picture's own coordinates. */
export function createDrawing(overlay: PlotOverlay): SVGElement {
  const drawing = svg('svg', {
    class: 'plot-overlay',
    viewBox: `0 0 ${overlay.width} ${overlay.height}`,
    'aria-hidden': 'true',
  });
  const unit = overlay.width / 400;
  for (const { left, top, right, bottom } of overlay.areas) {
    drawing.append(
      svg('rect', {
        class: 'area',
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        'stroke-width': unit / 2,
      }),
    );
  }
  for (const series of overlay.series) drawing.append(...marksOf(series, unit));
  return drawing;
}

/** A light and a dark stroke over each other are seen on every colour of a plot. */
function marksOf({ mark, points, color }: PlotOverlay['series'][number], unit: number): SVGElement[] {
  if (points.length === 0) return [];
  const dots = points.map(([x, y]) =>
    svg('circle', { class: 'dot', cx: x, cy: y, r: unit * 1.6, 'stroke-width': unit * 0.7, stroke: color }),
  );
  if (mark !== 'line') return dots;
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return [
    svg('path', { class: 'line-under', d: path, 'stroke-width': unit * 2 }),
    svg('path', { class: 'line-over', d: path, 'stroke-width': unit * 0.8 }),
    ...(points.length <= 60 ? dots : []),
  ];
}

function svg(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
