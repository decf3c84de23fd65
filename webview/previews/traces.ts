import type { MediaPreview } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { type CanvasFrame, keepDrawn } from './canvas';
import { secondsText } from './waveform';

type TracesPreview = Extract<MediaPreview, { kind: 'traces' }>;

const COLORS = ['--vscode-charts-red', '--vscode-charts-green', '--vscode-charts-blue'] as const;

/** Lines over time: the channels of one unit share a strip and a scale, and are told apart by colour and legend. */
export function createTraces(preview: TracesPreview, name: string): HTMLElement {
  const units = [...new Set(preview.traces.map(({ unit }) => unit))];
  return h(
    'div',
    { class: 'traces-frame' },
    ...units.map((unit) =>
      strip(
        preview.traces.filter((trace) => trace.unit === unit),
        unit,
        name,
      ),
    ),
    h('span', { class: 'duration' }, secondsText(preview.duration)),
  );
}

function strip(traces: TracesPreview['traces'], unit: string, name: string): HTMLElement {
  const labels = traces.map(({ label }) => label);
  const canvas = h('canvas', {
    class: 'traces',
    role: 'img',
    'aria-label': t('{0} of {1} over time, in {2}', labels.join(', '), name, unit),
  });
  keepDrawn(canvas, (frame) =>
    draw(
      frame,
      traces.map(({ values }) => values),
    ),
  );
  const legend = labels.map((label, i) => h('span', { class: `trace-${i % COLORS.length}` }, label));
  return h('div', {}, canvas, h('div', { class: 'traces-legend', 'aria-hidden': 'true' }, ...legend, unit));
}

function draw({ context, width, height }: CanvasFrame, channels: number[][]): void {
  const all = channels.flat();
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const style = getComputedStyle(document.documentElement);
  channels.forEach((values, c) => {
    context.strokeStyle = style.getPropertyValue(COLORS[c % COLORS.length]!).trim() || context.strokeStyle;
    context.beginPath();
    values.forEach((value, i) => {
      const x = (i / Math.max(1, values.length - 1)) * width;
      context.lineTo(x, height - 2 - ((value - low) / span) * (height - 4));
    });
    context.stroke();
  });
}
