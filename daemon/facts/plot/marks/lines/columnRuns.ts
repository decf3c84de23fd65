import type { Steps } from '../../steps';
import type { ColorLayer } from '../colorLayers';

/** One stretch of a layer's pixels in a column. Area coordinates; pixel edges, so a lone pixel y has top y, bottom y + 1. */
export interface Run {
  x: number;
  top: number;
  bottom: number;
  /** Centre of mass, weighted with coverage. */
  centre: number;
  /** Sum of the coverage: the stretch's length in pixels. */
  length: number;
}

/** Less of a pixel than this is no part of a stretch. */
const FAINT = 0.15;

/** The stretches of every column, from the top; those of less than `least` pixels' ink are left out. */
export function* columnRuns(layer: ColorLayer, width: number, height: number, least = 0.45): Steps<Run[][]> {
  const { coverage, mask, box } = layer;
  const columns: Run[][] = [];
  for (let x = 0; x < width; x++) {
    yield;
    const runs: Run[] = [];
    // a stretch has at least one pixel of the mask
    const inside = x >= box.left && x < box.right;
    for (let y = 0; inside && y < height; y++) {
      if (coverage[y * width + x]! < FAINT) continue;
      const top = y;
      let sum = 0;
      let moment = 0;
      let solid = false;
      while (y < height && coverage[y * width + x]! >= FAINT) {
        const share = coverage[y * width + x]!;
        sum += share;
        moment += share * (y + 0.5);
        solid ||= mask[y * width + x] === 1;
        y++;
      }
      if (sum >= least && solid) runs.push({ x, top, bottom: y, centre: moment / sum, length: sum });
    }
    columns.push(runs);
  }
  return columns;
}
