import type { MediaView, ViewTrace } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { type CanvasFrame, keepDrawn } from '../previews/canvas';
import { secondsText } from '../previews/waveform';
import { axisTicks } from './axisTicks';
import type { ViewContext } from './viewContext';

type TracesView = Extract<MediaView, { kind: 'traces' }>;

const COLORS = ['--vscode-charts-red', '--vscode-charts-green', '--vscode-charts-blue'] as const;
const LEFT = 44;
const BOTTOM = 18;
const PIXELS_A_TICK = { x: 70, y: 34 };

/** A panel a unit over one time axis: every channel between its smallest and largest value, with ticks. */
export function createTracesView(view: TracesView, { name, report }: ViewContext): HTMLElement {
  const input = report?.input;
  const used = input?.kind === 'motion' ? input.seconds : undefined;
  const units = [...new Set(view.traces.map(({ unit }) => unit))];
  return h(
    'div',
    { class: 'viewer-view traces-view' },
    ...units.map((unit) =>
      createPanel(
        view.traces.filter((trace) => trace.unit === unit),
        { unit, name, duration: view.duration, used },
      ),
    ),
    h(
      'p',
      { class: 'viewer-note' },
      `${secondsText(view.duration)} of recording${used === undefined ? '' : '; what the model took is underlined'}.`,
    ),
  );
}

interface Panel {
  unit: string;
  name: string;
  duration: number;
  used: number | undefined;
}

function createPanel(traces: ViewTrace[], panel: Panel): HTMLElement {
  const texts = traces.map((trace) => `${trace.label} ${rangeText(trace)} ${panel.unit}`);
  const canvas = h('canvas', {
    class: 'traces-large',
    role: 'img',
    'aria-label': `${panel.name} over ${secondsText(panel.duration)}: ${texts.join('; ')}`,
  });
  keepDrawn(canvas, (frame) => draw(frame, traces, panel));
  const legend = traces.map((trace, i) =>
    h('span', { class: `trace-${i % COLORS.length}`, title: rangeText(trace) }, `${trace.label} (${rangeText(trace)})`),
  );
  return h(
    'div',
    { class: 'traces-panel' },
    h('div', { class: 'traces-legend' }, h('b', {}, panel.unit), ...legend),
    canvas,
  );
}

function rangeOf({ low, high }: Pick<ViewTrace, 'low' | 'high'>): [number, number] {
  return [low.reduce((a, b) => Math.min(a, b), Infinity), high.reduce((a, b) => Math.max(a, b), -Infinity)];
}

const rangeText = (trace: ViewTrace): string =>
  rangeOf(trace)
    .map((value) => Number(value.toPrecision(3)))
    .join(' to ');

function draw({ context, width, height, color }: CanvasFrame, traces: readonly ViewTrace[], panel: Panel): void {
  const ends = traces.map(rangeOf);
  const low = Math.min(...ends.map(([least]) => least));
  const high = Math.max(...ends.map(([, most]) => most), low + 1e-9);
  const inner = { width: width - LEFT - 2, height: height - BOTTOM - 4 };
  const x = (seconds: number) => LEFT + (seconds / (panel.duration || 1)) * inner.width;
  const y = (value: number) => 4 + (1 - (value - low) / (high - low)) * inner.height;
  const style = getComputedStyle(document.documentElement);
  context.font = `11px ${style.getPropertyValue('--vscode-font-family') || 'sans-serif'}`;
  context.fillStyle = context.strokeStyle = color;
  drawAxes(context, { width, x, y, low, high, duration: panel.duration, inner });
  traces.forEach((trace, i) => {
    context.strokeStyle = style.getPropertyValue(COLORS[i % COLORS.length]!).trim() || color;
    drawTrace(context, trace, (column) => x(((column + 0.5) / trace.low.length) * panel.duration), y);
  });
  if (panel.used === undefined) return;
  context.fillStyle = color;
  context.fillRect(LEFT, height - BOTTOM - 1, x(Math.min(panel.used, panel.duration)) - LEFT, 3);
}

interface Axes {
  width: number;
  x(seconds: number): number;
  y(value: number): number;
  low: number;
  high: number;
  duration: number;
  inner: { width: number; height: number };
}

function drawAxes(context: CanvasRenderingContext2D, { width, x, y, low, high, duration, inner }: Axes): void {
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of axisTicks(low, high, Math.max(2, inner.height / PIXELS_A_TICK.y))) {
    context.globalAlpha = 0.25;
    context.fillRect(LEFT, Math.round(y(value)), width - LEFT, 1);
    context.globalAlpha = 1;
    context.fillText(String(value), LEFT - 5, y(value));
  }
  context.textBaseline = 'alphabetic';
  for (const seconds of axisTicks(0, duration, Math.max(2, inner.width / PIXELS_A_TICK.x))) {
    context.globalAlpha = 0.25;
    context.fillRect(Math.round(x(seconds)), 4, 1, inner.height);
    context.globalAlpha = 1;
    context.textAlign = seconds === 0 ? 'left' : x(seconds) > width - 16 ? 'right' : 'center';
    context.fillText(`${seconds} s`, x(seconds), 4 + inner.height + 14);
  }
}

/** Down and up through each stretch's extremes, so that spikes are seen. */
function drawTrace(
  context: CanvasRenderingContext2D,
  { low, high }: ViewTrace,
  x: (column: number) => number,
  y: (value: number) => number,
): void {
  context.beginPath();
  for (let c = 0; c < low.length; c++) {
    const [first, second] = c % 2 === 0 ? [low[c]!, high[c]!] : [high[c]!, low[c]!];
    context.lineTo(x(c), y(first));
    context.lineTo(x(c), y(second));
  }
  context.stroke();
}
