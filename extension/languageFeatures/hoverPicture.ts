import type { MediaPreview } from '../../daemon/protocol/messages';

export interface HoverPicture {
  uri: string;
  width?: number;
  height?: number;
}

/** The hover's picture stays inside this: with the facts beside it, all fits a hover's 250 pixels of height. */
const WIDE = 160;
const HIGH = 130;
/** VS Code cuts a hover's text at 100,000 characters. */
const LONGEST_URI = 64_000;
/** A larger file is not given to the window for a look in passing. */
const LARGEST_FILE = 16 * 1024 * 1024;
/** What VS Code's own browser shows. */
const SHOWN_AS_IS = /\.(png|apng|jpe?g|jfif|webp|gif|bmp|avif|svg)$/i;
/** Blue that stands on light and dark alike: a picture cannot know the theme. */
const INK = '#3794ff';
const LOW = 60;
const MOST_DOTS = 500;
const RIM = 4;

export interface PictureFile {
  /** Its address, as the window may open it; null where it cannot (a virtual file). */
  uri: string | null;
  name: string;
  size: number;
  width?: number;
  height?: number;
}

/** Whether the window can draw the file itself, so that no preview needs to be made. */
export function isShownAsIs({ uri, name, size }: PictureFile): boolean {
  return uri !== null && SHOWN_AS_IS.test(name) && size <= LARGEST_FILE;
}

/** The file itself where the window can draw it, else a small picture of what was decoded; undefined without either. */
export function hoverPicture(file: PictureFile, preview: MediaPreview | undefined): HoverPicture | undefined {
  if (isShownAsIs(file) && file.uri !== null) return { uri: file.uri, ...boxed(file.width, file.height) };
  const picture = preview === undefined ? undefined : drawn(preview);
  return picture !== undefined && picture.uri.length <= LONGEST_URI ? picture : undefined;
}

/** Never larger than it is, inside the box. A file that was not measured gets its height only: most are wider. */
function boxed(width: number | undefined, height: number | undefined): { width?: number; height?: number } {
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return { height: HIGH };
  const scale = Math.min(1, WIDE / width, HIGH / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function drawn(preview: MediaPreview): HoverPicture | undefined {
  switch (preview.kind) {
    case 'thumbnail':
      return pngPicture(preview);
    case 'pictures': {
      // of a map and its photograph the map, of a video a frame from its middle
      const { pictures, duration } = preview;
      const shown = duration === undefined ? pictures.at(-1) : pictures[pictures.length >> 1];
      return shown && pngPicture(shown);
    }
    case 'waveform':
      return svgPicture(WIDE, LOW, waveform(preview.peaks));
    case 'points':
      return cloud(preview.xyz, preview.rgb);
    case 'traces':
      return svgPicture(WIDE, LOW, preview.traces.map(({ values }) => trace(values)).join(''));
    default:
      return undefined;
  }
}

function pngPicture({ pngBase64, width, height }: { pngBase64: string; width: number; height: number }): HoverPicture {
  return { uri: `data:image/png;base64,${pngBase64}`, ...boxed(width, height) };
}

function svgPicture(width: number, height: number, marks: string): HoverPicture | undefined {
  if (marks === '') return undefined;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${marks}</svg>`;
  return { uri: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, width, height };
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** One stroke a column, from the middle both ways. */
function waveform(peaks: readonly number[]): string {
  if (peaks.length === 0) return '';
  const strokes = peaks.map((peak, i) => {
    const half = Math.max(0.5, Math.min(1, peak) * (LOW / 2 - 1));
    return `M${short(((i + 0.5) * WIDE) / peaks.length)} ${short(LOW / 2 - half)}v${short(half * 2)}`;
  });
  return `<path d="${strokes.join('')}" stroke="${INK}" fill="none"/>`;
}

function trace(values: readonly number[]): string {
  if (values.length < 2) return '';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => (high === low ? LOW / 2 : 2 + (1 - (value - low) / (high - low)) * (LOW - 4));
  const points = values.map((value, i) => `${short((i * WIDE) / (values.length - 1))},${short(y(value))}`);
  return `<polyline points="${points.join(' ')}" stroke="${INK}" stroke-opacity=".7" fill="none"/>`;
}

/** Seen from the front and a little from above and the side; every n-th point, so that the whole is there. */
function cloud(xyz: readonly number[], rgb: readonly number[] | undefined): HoverPicture | undefined {
  const count = Math.floor(xyz.length / 3);
  const kept = Math.min(count, MOST_DOTS);
  const dots = Array.from({ length: kept }, (_, i) => {
    const at = Math.floor((i * count) / kept) * 3;
    const [x, y, z] = [xyz[at]!, xyz[at + 1]!, xyz[at + 2]!];
    const color = rgb?.slice(at, at + 3).map((c) => Math.round(c * 255));
    return { x: x * 0.87 - z * 0.5, y: -y * 0.87 + (x * 0.25 + z * 0.43), color };
  });
  const [xs, ys] = [dots.map(({ x }) => x), dots.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [across, down] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const scale = Math.min((WIDE - 2 * RIM) / (across || 1), (HIGH - 2 * RIM) / (down || 1));
  const at = (value: number, from: number) => short(RIM + (value - from) * scale);
  const marks = dots
    .map(({ x, y, color }) => {
      const fill = color?.length === 3 ? `rgb(${color.join()})` : INK;
      return `<circle cx="${at(x, left)}" cy="${at(y, top)}" r="1.2" fill="${fill}"/>`;
    })
    .join('');
  return svgPicture(Math.ceil(across * scale) + 2 * RIM, Math.ceil(down * scale) + 2 * RIM, marks);
}
