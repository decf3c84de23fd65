import type { DepthValues, ImageMedia } from '../../media/media';

/** A depth map on a coarser grid of its own pixels. */
export interface DepthGrid {
  columns: number;
  rows: number;
  /** Row-major; NaN where nothing was measured. */
  values: Float32Array;
  /** rgb of the photograph at the same places, one byte each. */
  colors?: Uint8Array;
  /** 1st and 99th percentile of the values; 0, 0 where none was measured. */
  range: [number, number];
}

/** Every n-th pixel, at most `side` along the longer side: a mean over an edge would be a depth that is nowhere. */
export function depthGrid(depth: DepthValues, photo: ImageMedia | undefined, side: number): DepthGrid {
  const scale = Math.min(1, side / Math.max(depth.width, depth.height));
  const columns = Math.max(1, Math.round(depth.width * scale));
  const rows = Math.max(1, Math.round(depth.height * scale));
  const values = new Float32Array(columns * rows);
  const colors = photo ? new Uint8Array(3 * columns * rows) : undefined;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      values[at] = depth.values[place(y, rows, depth.height) * depth.width + place(x, columns, depth.width)]!;
      if (!photo || !colors) continue;
      const from = 4 * (place(y, rows, photo.height) * photo.width + place(x, columns, photo.width));
      colors.set(photo.data.subarray(from, from + 3), 3 * at);
    }
  }
  return { columns, rows, values, range: rangeOf(values), ...(colors ? { colors } : {}) };
}

/** The pixel of `size` in the middle of cell `i` of `cells`. */
const place = (i: number, cells: number, size: number): number =>
  Math.min(size - 1, Math.floor(((i + 0.5) * size) / cells));

function rangeOf(values: Float32Array): [number, number] {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0.01), at(0.99)];
}
