import type { Point2 } from '../../media/text';
import { minAreaRectangle, rectangleAlong, type TiltedRectangle } from './minAreaRectangle';

/** Probability from which a pixel is text, and the mean from which a box is (PP-OCRv4's det_db_thresh, box_thresh). */
const PIXEL_THRESHOLD = 0.3;
const BOX_THRESHOLD = 0.5;
/** How far boxes grow, because the map shows shrunk text (det_db_unclip_ratio). */
const UNCLIP_RATIO = 1.6;
/** Pixels of the map: what is thinner is noise. */
const SMALLEST_SIDE = 3;
const MOST_BOXES = 1000;

export interface ScoredRectangle extends TiltedRectangle {
  /** Mean probability of the pixels of the box. */
  score: number;
}

/**
 * Boxes of a probability map [height, width], in pixels of the map: the post-processing of Differentiable Binarization
 * (Liao et al., AAAI 2020). Threshold, connected regions, smallest rectangle round each, grown by area * ratio /
 * perimeter on each side.
 */
export function probabilityBoxes(map: Float32Array, width: number, height: number): ScoredRectangle[] {
  const boxes: ScoredRectangle[] = [];
  for (const region of regionsOf(map, width, height)) {
    if (region.mean < BOX_THRESHOLD) continue;
    const box = snapped(region.outline);
    if (Math.min(box.width, box.height) < SMALLEST_SIDE) continue;
    boxes.push({ ...unclip(box), score: region.mean });
    if (boxes.length === MOST_BOXES) break;
  }
  return boxes;
}

/** Grows every side by area * UNCLIP_RATIO / perimeter. */
export function unclip(box: TiltedRectangle): TiltedRectangle {
  const distance = (box.width * box.height * UNCLIP_RATIO) / (2 * (box.width + box.height));
  return { ...box, width: box.width + 2 * distance, height: box.height + 2 * distance };
}

/** Smallest rectangle, but upright where a tilt would hardly move the ends of the line. */
function snapped(outline: Point2[]): TiltedRectangle {
  const tilted = minAreaRectangle(outline);
  const upright = rectangleAlong(outline, 0);
  const thickness = Math.min(tilted.width, tilted.height);
  const grown = Math.min(upright.width, upright.height) - thickness;
  const compact = Math.max(upright.width, upright.height) < 2 * Math.min(upright.width, upright.height);
  const areas = (tilted.width * tilted.height) / (upright.width * upright.height);
  return grown < 0.35 * thickness || (compact && areas > 0.6) ? upright : tilted;
}

interface Region {
  mean: number;
  /** Corners of the pixels at the ends of each row: the hull of the region is theirs. */
  outline: Point2[];
}

/** Eight-connected regions of the pixels above the threshold, by flood fill. */
function* regionsOf(map: Float32Array, width: number, height: number): Generator<Region> {
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let start = 0; start < map.length; start++) {
    if (seen[start] || map[start]! <= PIXEL_THRESHOLD) continue;
    const ends = new Map<number, [number, number]>();
    let [sum, count] = [0, 0];
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const [x, y] = [at % width, Math.floor(at / width)];
      sum += map[at]!;
      count++;
      const row = ends.get(y);
      if (!row) ends.set(y, [x, x]);
      else if (x < row[0]) row[0] = x;
      else if (x > row[1]) row[1] = x;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (seen[next] || map[next]! <= PIXEL_THRESHOLD) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    yield { mean: sum / count, outline: outlineOf(ends) };
  }
}

function outlineOf(ends: Map<number, [number, number]>): Point2[] {
  const points: Point2[] = [];
  for (const [y, [left, right]] of ends) {
    points.push([left, y], [left, y + 1], [right + 1, y], [right + 1, y + 1]);
  }
  return points;
}
