import type { ImageMedia } from '../../../../../daemon/media/media';
import type { PanelLayout, Rgb } from '../../../../../daemon/media/plot';

/** Samples a pixel's side is divided into for anti-aliasing. */
const FINE = 5;

/** A small picture to draw on; shapes are anti-aliased by sampling 25 places a pixel. */
export class Drawing {
  readonly image: ImageMedia;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly background: Rgb = [255, 255, 255],
  ) {
    const data = new Uint8ClampedArray(width * height * 4);
    for (let i = 0; i < data.length; i += 4) data.set([...background, 255], i);
    this.image = {
      kind: 'image',
      width,
      height,
      data,
      format: 'png',
      channels: 3,
      bitDepth: 8,
      hasAlpha: false,
      frames: 1,
      warnings: [],
    };
  }

  /** Paints every place for which `inside` holds. */
  fill(color: Rgb, inside: (x: number, y: number) => boolean, alpha = 1): this {
    const { data } = this.image;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        let hits = 0;
        for (let v = 0; v < FINE; v++)
          for (let u = 0; u < FINE; u++) if (inside(x + (u + 0.5) / FINE, y + (v + 0.5) / FINE)) hits++;
        const share = (alpha * hits) / (FINE * FINE);
        const at = 4 * (y * this.width + x);
        if (share > 0)
          for (let c = 0; c < 3; c++) data[at + c] = Math.round(data[at + c]! * (1 - share) + color[c]! * share);
      }
    }
    return this;
  }

  disc(color: Rgb, x: number, y: number, radius: number, alpha = 1): this {
    return this.fill(color, (u, v) => Math.hypot(u - x, v - y) <= radius, alpha);
  }

  box(color: Rgb, left: number, top: number, right: number, bottom: number, alpha = 1): this {
    return this.fill(color, (u, v) => u >= left && u < right && v >= top && v < bottom, alpha);
  }

  /** A stroke through the points; `dash` gives lengths drawn and left out along it. */
  line(color: Rgb, points: Array<[number, number]>, width: number, dash?: [number, number]): this {
    const starts = points.map((_, k) =>
      points.slice(1, k + 1).reduce((sum, [x, y], j) => sum + Math.hypot(x - points[j]![0], y - points[j]![1]), 0),
    );
    return this.fill(color, (u, v) =>
      points.slice(1).some(([bx, by], k) => {
        const [ax, ay] = points[k]!;
        const length = Math.hypot(bx - ax, by - ay);
        const t = Math.max(0, Math.min(1, ((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / (length * length)));
        if (Math.hypot(u - ax - t * (bx - ax), v - ay - t * (by - ay)) > width / 2) return false;
        return !dash || (starts[k]! + t * length) % (dash[0] + dash[1]) <= dash[0];
      }),
    );
  }

  /** A panel over the whole picture: x = pixel, y = height - pixel, unless told else. */
  panel(changes: Partial<PanelLayout> = {}): PanelLayout {
    const axis = { label: null, scale: 'linear' as const, ticks: [] };
    return {
      area: { left: 0, top: 0, right: this.width, bottom: this.height },
      background: this.background,
      grid: { x: [], y: [], color: null },
      x: { ...axis, slope: 1, offset: 0 },
      y: { ...axis, slope: -1, offset: this.height },
      title: null,
      legend: [],
      annotations: [],
      warnings: [],
      ...changes,
    };
  }
}

export const BLUE: Rgb = [31, 119, 180];
export const ORANGE: Rgb = [255, 127, 14];
export const GREEN: Rgb = [44, 160, 44];
export const BLACK: Rgb = [0, 0, 0];
