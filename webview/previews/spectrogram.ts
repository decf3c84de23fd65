import type { SpectrogramPicture } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { type CanvasFrame, keepDrawn } from './canvas';

/** Loudness over time and frequency, in the text's colour: the louder, the more opaque. */
export function createSpectrogram(picture: SpectrogramPicture, name: string): HTMLElement {
  const label = t(
    'Spectrogram of {0}, {1} to {2}, frequency upwards',
    name,
    hertz(picture.minHz),
    hertz(picture.maxHz),
  );
  const canvas = h('canvas', { class: 'spectrogram', role: 'img', 'aria-label': label, title: label });
  const levels = Uint8Array.from(atob(picture.base64), (char) => char.charCodeAt(0));
  keepDrawn(canvas, (frame) => draw(frame, picture, levels));
  return canvas;
}

function draw({ context, width, height, color }: CanvasFrame, picture: SpectrogramPicture, levels: Uint8Array): void {
  const { columns, rows } = picture;
  const small = new OffscreenCanvas(columns, rows);
  const inner = small.getContext('2d');
  if (inner === null) return;
  inner.fillStyle = color;
  inner.fillRect(0, 0, columns, rows);
  const image = inner.getImageData(0, 0, columns, rows);
  for (let i = 0; i < levels.length && i < columns * rows; i++) image.data[4 * i + 3] = levels[i]!;
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, width, height);
}

function hertz(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(2))} kHz` : `${Math.round(value)} Hz`;
}
