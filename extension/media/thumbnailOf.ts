import type { MediaPreview } from '../../daemon/protocol/messages';

export interface ThumbnailFile {
  extension: 'png' | 'svg';
  bytes: Buffer;
}

const SIDE = 64;
const MOST_DOTS = 500;
const MOST_COLUMNS = 48;
/** Seen on light and on dark. */
const INK = '#3f8fd2';
const INKS = [INK, '#d2763f', '#4fa65b', '#a05fb4', '#b8433f', '#8a8a3c'];

/** A small picture of a file, from what the panel draws: pictures as they are, everything else as a drawing. */
export function thumbnailOf(preview: MediaPreview): ThumbnailFile | undefined {
  if (preview.kind === 'thumbnail') return png(preview.pngBase64);
  if (preview.kind === 'pictures') {
    // the map itself, where its photograph stands beside it
    const picture = preview.duration === undefined ? preview.pictures.at(-1) : preview.pictures[0];
    return picture && png(picture.pngBase64);
  }
  if (preview.kind === 'waveform') return svg(waveform(preview.peaks));
  if (preview.kind === 'points') return svg(cloud(preview.xyz, preview.rgb));
  if (preview.kind === 'traces')
    return svg(preview.traces.map(({ values }, i) => trace(values, INKS[i % INKS.length]!)).join(''));
  return undefined;
}

const png = (base64: string): ThumbnailFile => ({ extension: 'png', bytes: Buffer.from(base64, 'base64') });

function svg(marks: string): ThumbnailFile {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}">${marks}</svg>`;
  return { extension: 'svg', bytes: Buffer.from(text) };
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** Bars from the middle, the loudest of each stretch. */
function waveform(peaks: readonly number[]): string {
  const columns = Math.min(MOST_COLUMNS, peaks.length);
  const loudest = Math.max(1e-6, ...peaks);
  const bars = Array.from({ length: columns }, (_, i) => {
    const stretch = peaks.slice(
      Math.floor((i * peaks.length) / columns),
      Math.floor(((i + 1) * peaks.length) / columns),
    );
    const half = Math.max(0.5, (Math.max(...stretch) / loudest) * (SIDE / 2 - 4));
    const x = 2 + ((i + 0.5) * (SIDE - 4)) / columns;
    return `M${short(x)} ${short(SIDE / 2 - half)}V${short(SIDE / 2 + half)}`;
  });
  return `<path d="${bars.join('')}" stroke="${INK}" stroke-width="1.1" stroke-linecap="round" fill="none"/>`;
}

/** From the front, a little from the side and from above, the nearest last. */
function cloud(xyz: readonly number[], rgb: readonly number[] | undefined): string {
  const count = Math.floor(xyz.length / 3);
  const step = Math.max(1, Math.floor(count / MOST_DOTS));
  const dots = Array.from({ length: Math.ceil(count / step) }, (_, k) => {
    const at = 3 * k * step;
    const [x, y, z] = [xyz[at]!, xyz[at + 1]!, xyz[at + 2]!];
    return { x: 0.9 * x + 0.43 * z, y: 0.2 * x - 0.9 * y - 0.35 * z, depth: z - 0.4 * x, color: colorAt(rgb, at) };
  });
  const place = placeIn(dots);
  const sorted = dots.sort((a, b) => a.depth - b.depth);
  return sorted
    .map((dot) => `<circle cx="${place.x(dot.x)}" cy="${place.y(dot.y)}" r="1" fill="${dot.color}"/>`)
    .join('');
}

function colorAt(rgb: readonly number[] | undefined, at: number): string {
  if (rgb === undefined) return INK;
  return `#${[0, 1, 2].map((k) => byteHex(rgb[at + k] ?? 0)).join('')}`;
}

const byteHex = (share: number): string =>
  Math.round(255 * Math.min(1, Math.max(0, share)))
    .toString(16)
    .padStart(2, '0');

/** Puts what is drawn into the square with its proportions kept. */
function placeIn(dots: ReadonlyArray<{ x: number; y: number }>) {
  const range = (values: number[]) =>
    values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const [left, right] = range(dots.map(({ x }) => x)) as [number, number];
  const [top, bottom] = range(dots.map(({ y }) => y)) as [number, number];
  const scale = (SIDE - 6) / Math.max(right - left, bottom - top, 1e-9);
  const middle = (value: number, low: number, high: number) => short(SIDE / 2 + scale * (value - (low + high) / 2));
  return { x: (v: number) => middle(v, left, right), y: (v: number) => middle(v, top, bottom) };
}

function trace(values: readonly number[], ink: string): string {
  const step = Math.max(1, Math.floor(values.length / (2 * MOST_COLUMNS)));
  const kept = values.filter((value, i) => i % step === 0 && Number.isFinite(value));
  const [low, high] = [Math.min(...kept), Math.max(...kept)];
  const points = kept.map((value, i) => {
    const x = 2 + (i * (SIDE - 4)) / Math.max(1, kept.length - 1);
    return `${short(x)},${short(SIDE - 6 - ((value - low) / (high - low || 1)) * (SIDE - 12))}`;
  });
  return `<polyline points="${points.join(' ')}" stroke="${ink}" stroke-width="1" fill="none"/>`;
}
