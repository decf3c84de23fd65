import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, Rgb } from '../../../../media/plot';
import type { Steps } from '../../steps';
import { chroma } from '../colors/colorMath';
import { channelDistance, type PanelRaster, panelRaster } from './panelRaster';

/** Share of the rim that the most frequent colour must have for it to be the background. */
const CLEAR = 0.3;
/** Of the rim so much in the figure's colour shows that a strong colour there is of marks: bars that reach to all sides. */
const BARE = 0.2;
const INSET = 3;

/** Rows and columns from the rim that are looked at: a grid line beside the rim lies on one of them, not on all. */
const DEPTHS = [INSET, INSET + 3, INSET + 6];

/**
 * The background of a panel: the colour along its rim, where there is a clear one. Wide bars can cover more of the area
 * than the background does, but not of its rim. A filled curve covers three sides, but leaves one in the `figure`'s colour.
 */
export function* panelGround(image: ImageMedia, panel: PanelLayout, figure: Rgb): Steps<Rgb> {
  const raster = yield* panelRaster(image, panel.area, panel.background);
  const { width, height, rgb } = raster;
  if (width < 4 * INSET || height < 4 * INSET) return panel.background;
  if (hasBareSide(raster, figure)) return figure;
  const counts = new Map<number, number>();
  let all = 0;
  const add = (x: number, y: number) => {
    const i = (y * width + x) * 3;
    const key = (rgb[i] << 16) | (rgb[i + 1] << 8) | rgb[i + 2];
    counts.set(key, (counts.get(key) ?? 0) + 1);
    all++;
  };
  for (const depth of DEPTHS) {
    for (let x = depth; x < width - depth; x++) for (const y of [depth, height - 1 - depth]) add(x, y);
    for (let y = depth; y < height - depth; y++) for (const x of [depth, width - 1 - depth]) add(x, y);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!best) return panel.background;
  const color: Rgb = [best[0] >> 16, (best[0] >> 8) & 255, best[0] & 255];
  const shareOf = (wanted: Rgb) => {
    let share = 0;
    for (const [key, count] of counts)
      if (channelDistance([key >> 16, (key >> 8) & 255, key & 255], wanted) <= 6) share += count / all;
    return share;
  };
  if (chroma(color) > chroma(figure) + 40 && shareOf(figure) >= BARE) return figure;
  return shareOf(color) >= CLEAR ? color : panel.background;
}

/** Whether the upper or the lower side lies in the figure's colour from corner to corner. */
function hasBareSide({ width, height, rgb }: PanelRaster, figure: Rgb): boolean {
  const isBare = (y: number) => {
    let bare = 0;
    for (let x = INSET; x < width - INSET; x++) {
      const i = (y * width + x) * 3;
      if (channelDistance(rgb.subarray(i, i + 3), figure) <= 6) bare++;
    }
    return bare >= 0.9 * (width - 2 * INSET);
  };
  return DEPTHS.every(isBare) || DEPTHS.every((depth) => isBare(height - 1 - depth));
}
