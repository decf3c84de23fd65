import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, Rgb } from '../../../../media/plot';
import { channelDistance, panelRaster } from './panelRaster';

/** Share of the rim that the most frequent colour must have for it to be the background. */
const CLEAR = 0.3;
const INSET = 3;

/**
 * The background of a panel: the colour along its rim, where there is a clear one. Wide bars can cover more of the area
 * than the background does, but not of its rim.
 */
export function panelGround(image: ImageMedia, panel: PanelLayout): Rgb {
  const raster = panelRaster(image, panel.area, panel.background);
  const { width, height, rgb } = raster;
  if (width < 4 * INSET || height < 4 * INSET) return panel.background;
  const counts = new Map<number, number>();
  let all = 0;
  const add = (x: number, y: number) => {
    const i = (y * width + x) * 3;
    const key = (rgb[i] << 16) | (rgb[i + 1] << 8) | rgb[i + 2];
    counts.set(key, (counts.get(key) ?? 0) + 1);
    all++;
  };
  for (let x = INSET; x < width - INSET; x++) for (const y of [INSET, height - 1 - INSET]) add(x, y);
  for (let y = INSET; y < height - INSET; y++) for (const x of [INSET, width - 1 - INSET]) add(x, y);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!best) return panel.background;
  const color: Rgb = [best[0] >> 16, (best[0] >> 8) & 255, best[0] & 255];
  let share = 0;
  for (const [key, count] of counts) {
    if (channelDistance([key >> 16, (key >> 8) & 255, key & 255], color) <= 6) share += count / all;
  }
  return share >= CLEAR ? color : panel.background;
}
