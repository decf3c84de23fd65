import type { ImageMedia } from '../../../../../daemon/media/media';
import type { PanelLayout, PlotAxis, PlotLayout, Rgb } from '../../../../../daemon/media/plot';

/** A white picture on which a test draws; anti-aliased where edges have fractions. */
export class Drawing {
  readonly data: Uint8ClampedArray;

  constructor(
    readonly width = 240,
    readonly height = 200,
    background: Rgb = [255, 255, 255],
  ) {
    this.data = new Uint8ClampedArray(width * height * 4).fill(255);
    this.rect(0, 0, width, height, background);
  }

  /** Fills an upright rectangle; pixels that it covers in part are mixed. */
  rect(left: number, top: number, right: number, bottom: number, color: Rgb, alpha = 1): this {
    for (let y = Math.floor(top); y < bottom; y++) {
      for (let x = Math.floor(left); x < right; x++) {
        const wide = Math.min(right, x + 1) - Math.max(left, x);
        const high = Math.min(bottom, y + 1) - Math.max(top, y);
        this.mix(x, y, color, wide * high * alpha);
      }
    }
    return this;
  }

  /** Colours each pixel that `color` gives one for, by 16 samples a pixel. */
  fill(color: (x: number, y: number) => Rgb | null): this {
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const sum = [0, 0, 0];
        let hits = 0;
        for (let k = 0; k < 16; k++) {
          const c = color(x + ((k % 4) + 0.5) / 4, y + (Math.floor(k / 4) + 0.5) / 4);
          if (!c) continue;
          hits++;
          c.forEach((part, i) => {
            sum[i] += part;
          });
        }
        if (hits > 0) this.mix(x, y, sum.map((part) => part / hits) as Rgb, hits / 16);
      }
    }
    return this;
  }

  private mix(x: number, y: number, color: Rgb, share: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const i = (y * this.width + x) * 4;
    for (let c = 0; c < 3; c++) this.data[i + c] = Math.round(this.data[i + c] * (1 - share) + color[c] * share);
  }

  get image(): ImageMedia {
    return {
      kind: 'image',
      width: this.width,
      height: this.height,
      data: this.data,
      format: 'png',
      channels: 3,
      bitDepth: 8,
      hasAlpha: false,
      frames: 1,
      warnings: [],
    };
  }
}

/** y = value axis: `zero` is the row of 0, `unit` pixels a unit upwards. */
export function valueAxis(zero: number, unit: number): PlotAxis {
  return { label: null, scale: 'linear', ticks: [], slope: -1 / unit, offset: zero / unit };
}

export function numberAxis(zero: number, unit: number): PlotAxis {
  return { label: null, scale: 'linear', ticks: [], slope: 1 / unit, offset: -zero / unit };
}

export function categoryAxis(...categories: Array<[string, number]>): PlotAxis {
  return {
    label: null,
    scale: 'category',
    ticks: [],
    categories: categories.map(([name, pixel]) => ({ name, pixel })),
  };
}

export function panelOf(drawing: Drawing, x: PlotAxis, y: PlotAxis, more: Partial<PanelLayout> = {}): PanelLayout {
  return {
    area: { left: 0, top: 0, right: drawing.width, bottom: drawing.height },
    background: [255, 255, 255],
    grid: { x: [], y: [], color: null },
    x,
    y,
    title: null,
    legend: [],
    annotations: [],
    warnings: [],
    ...more,
  };
}

export function layoutOf(panel: PanelLayout): PlotLayout {
  return { title: null, background: [255, 255, 255], panels: [panel], lines: panel.annotations, warnings: [] };
}
