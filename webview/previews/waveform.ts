import type { MediaPreview } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { type CanvasFrame, keepDrawn } from './canvas';
import { createSpectrogram } from './spectrogram';

const BAR = 2;
const GAP = 1;

/** Bars of the loudest sample in each stretch of time, and under them the frequencies. */
export function createWaveform(preview: Extract<MediaPreview, { kind: 'waveform' }>, name: string): HTMLElement {
  const label = t('Waveform of {0}, {1}', name, secondsText(preview.duration));
  const canvas = h('canvas', { class: 'waveform', role: 'img', 'aria-label': label });
  keepDrawn(canvas, (frame) => draw(frame, preview.peaks));
  return h(
    'div',
    { class: 'waveform-frame' },
    canvas,
    preview.spectrogram ? createSpectrogram(preview.spectrogram, name) : null,
    h('span', { class: 'duration' }, secondsText(preview.duration)),
  );
}

function draw({ context, width, height, color }: CanvasFrame, peaks: readonly number[]): void {
  context.fillStyle = color;
  const bars = resamplePeaks(peaks, Math.max(1, Math.floor(width / (BAR + GAP))));
  const loudest = Math.max(...bars, 1e-6);
  bars.forEach((peak, i) => {
    const tall = Math.max(1, (peak / loudest) * (height - 2));
    context.fillRect(i * (BAR + GAP), (height - tall) / 2, BAR, tall);
  });
}

/** `count` peaks from any number of them: the largest of each share, the nearest where there are fewer. */
export function resamplePeaks(peaks: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    return peaks.slice(from, to).reduce((most, peak) => Math.max(most, Math.abs(peak)), 0);
  });
}

export function secondsText(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(3))} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
}
