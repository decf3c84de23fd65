import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, Rgb } from '../../../../media/plot';
import type { Steps } from '../../steps';
import { channelDistance, type PanelRaster, panelRaster } from '../solid/panelRaster';
import { type CellGrid, columnGrid, rowGrid } from './cellGrid';

export interface FoundHeatmap {
  raster: PanelRaster;
  columns: CellGrid;
  rows: CellGrid;
  /** Colour of each cell, row by row from the top. */
  colors: Rgb[][];
  /** Mean share of a cell's pixels that have its colour, 0..1. */
  flat: number;
  /** Colours that differ, and share of the cells that are not background. */
  distinct: number;
  filled: number;
}

/** A grid of cells of one colour each that fills the panel; null where there is no such grid. */
export function* findHeatmap(image: ImageMedia, panel: PanelLayout): Steps<FoundHeatmap | null> {
  const raster = yield* panelRaster(image, panel.area, panel.background);
  if (raster.width < 16 || raster.height < 16) return null;
  const columns = yield* columnGrid(raster);
  const rows = yield* rowGrid(raster);
  if (!columns || !rows || columns.count < 2 || rows.count < 2 || columns.count * rows.count > 40000) return null;
  const colors: Rgb[][] = [];
  let flat = 0;
  for (let r = 0; r < rows.count; r++) {
    const line: Rgb[] = [];
    for (let c = 0; c < columns.count; c++) {
      yield;
      const cell = cellColor(raster, columns, rows, c, r);
      line.push(cell.color);
      flat += cell.share / (rows.count * columns.count);
    }
    colors.push(line);
  }
  const all = colors.flat();
  const different: Rgb[] = [];
  for (const color of all)
    if (different.length < 60 && !different.some((d) => channelDistance(d, color) <= 6)) different.push(color);
  const filled = all.filter((color) => channelDistance(color, panel.background) > 8).length / all.length;
  return { raster, columns, rows, colors, flat, distinct: different.length, filled };
}

/** The most frequent colour in the middle of a cell (numbers may be printed on it), and its share there. */
function cellColor(
  raster: PanelRaster,
  columns: CellGrid,
  rows: CellGrid,
  c: number,
  r: number,
): { color: Rgb; share: number } {
  const inset = (grid: CellGrid, k: number): [number, number] => {
    const margin = Math.min(grid.width * 0.3, Math.max(1.5, grid.width * 0.12));
    return [Math.ceil(grid.first + k * grid.width + margin), Math.floor(grid.first + (k + 1) * grid.width - margin)];
  };
  const [left, right] = inset(columns, c);
  const [top, bottom] = inset(rows, r);
  const counts = new Map<number, number>();
  let all = 0;
  for (let y = Math.max(0, top); y < Math.min(raster.height, Math.max(bottom, top + 1)); y++) {
    for (let x = Math.max(0, left); x < Math.min(raster.width, Math.max(right, left + 1)); x++) {
      const i = (y * raster.width + x) * 3;
      const key = (raster.rgb[i] << 16) | (raster.rgb[i + 1] << 8) | raster.rgb[i + 2];
      counts.set(key, (counts.get(key) ?? 0) + 1);
      all++;
    }
  }
  let best = 0;
  let most = 0;
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count];
  const color: Rgb = [best >> 16, (best >> 8) & 255, best & 255];
  let same = 0;
  for (const [key, count] of counts)
    if (channelDistance([key >> 16, (key >> 8) & 255, key & 255], color) <= 8) same += count;
  return { color, share: all === 0 ? 0 : same / all };
}
