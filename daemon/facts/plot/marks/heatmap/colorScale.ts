import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, Rgb } from '../../../../media/plot';
import type { Steps } from '../../steps';
import { axisValue } from '../axisValue';
import { panelRaster } from '../solid/panelRaster';

/** Gives the value of a colour, and how far the colour lies from the colour bar (distance in RGB). */
export type ColorScale = (color: Rgb) => { value: number; off: number };

/**
 * The colours along the middle of a colour bar with their values: a colour's value is that of the nearest point on the line
 * through them in RGB, between two samples where it lies between. Null without a readable bar.
 */
export function* colorScale(image: ImageMedia, panel: PanelLayout): Steps<ColorScale | null> {
  const bar = panel.colorbar;
  if (!bar || bar.axis.slope === undefined || bar.axis.offset === undefined) return null;
  const raster = yield* panelRaster(image, bar.box, panel.background);
  const length = bar.vertical ? raster.height : raster.width;
  const across = bar.vertical ? raster.width : raster.height;
  if (length < 4 || across < 1) return null;
  const start = bar.vertical ? raster.top : raster.left;
  const samples: Array<{ color: Rgb; value: number }> = [];
  for (let k = 0; k < length; k++) {
    const value = axisValue(bar.axis, start + k + 0.5);
    if (value !== undefined) samples.push({ color: medianAcross(raster, bar.vertical, k, across), value });
  }
  const inner = withoutFrame(samples);
  return inner.length < 3 ? null : (color) => nearest(inner, color);
}

function medianAcross(
  raster: { width: number; rgb: Uint8Array },
  vertical: boolean,
  along: number,
  across: number,
): Rgb {
  const pick = (c: number) => {
    const values: number[] = [];
    for (let k = Math.floor(across * 0.3); k <= Math.floor(across * 0.7) && k < across; k++) {
      const [x, y] = vertical ? [k, along] : [along, k];
      values.push(raster.rgb[(y * raster.width + x) * 3 + c]);
    }
    return values.sort((a, b) => a - b)[values.length >> 1];
  };
  return [pick(0), pick(1), pick(2)];
}

/** Drops the frame at both ends: colours that jump where those inside change slowly. */
function withoutFrame<T extends { color: Rgb }>(samples: T[]): T[] {
  const jump = (a: T, b: T) => Math.hypot(...a.color.map((part, c) => part - b.color[c]));
  let from = 0;
  let to = samples.length;
  for (let k = Math.min(4, samples.length - 2); k > 0; k--) {
    if (jump(samples[k - 1], samples[k]) > 24) {
      from = k;
      break;
    }
  }
  for (let k = Math.max(samples.length - 5, from + 1); k < samples.length; k++) {
    if (jump(samples[k - 1], samples[k]) > 24) {
      to = k;
      break;
    }
  }
  return samples.slice(from, to);
}

function nearest(samples: Array<{ color: Rgb; value: number }>, color: Rgb): { value: number; off: number } {
  let best = { value: Number.NaN, off: Number.POSITIVE_INFINITY };
  for (let k = 0; k + 1 < samples.length; k++) {
    const [a, b] = [samples[k], samples[k + 1]];
    const along = b.color.map((part, c) => part - a.color[c]);
    const length = along.reduce((sum, part) => sum + part * part, 0);
    const dot = along.reduce((sum, part, c) => sum + part * (color[c] - a.color[c]), 0);
    const t = length === 0 ? 0.5 : Math.max(0, Math.min(1, dot / length));
    const off = Math.hypot(...color.map((part, c) => part - a.color[c] - t * along[c]));
    if (off < best.off - 1e-9) best = { value: a.value + t * (b.value - a.value), off };
  }
  return plateau(samples, color, best);
}

/** Where the nearest colour runs over several samples, the middle of them. */
function plateau(
  samples: Array<{ color: Rgb; value: number }>,
  color: Rgb,
  best: { value: number; off: number },
): { value: number; off: number } {
  const same = samples.filter((s) => Math.hypot(...s.color.map((part, c) => part - color[c])) <= best.off + 1e-9);
  if (same.length < 2) return best;
  return { value: (same[0].value + same[same.length - 1].value) / 2, off: best.off };
}
