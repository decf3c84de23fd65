import { every, type Steps } from '../../steps';
import { BACKGROUND, UNLABELLED } from './labels';

/** Colours, by size, whose holes are looked for. */
const MOST_COLORS = 12;
/** Largest island as a share of the colour's pixels: what an outline encloses is larger. */
const LARGEST = 0.05;

/**
 * Gives small islands inside one colour that colour: numbers printed on bars, slices and areas. An island is a connected
 * part (8 sides) that touches nothing else, lower than a sixth of the map. Changes `labels`.
 */
export function* fillGlyphs(labels: Uint8Array, width: number, height: number): Steps<void> {
  const counts = new Float64Array(256);
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    counts[labels[i]]++;
  }
  const order = [...counts.keys()]
    .filter((label) => label !== BACKGROUND && label !== UNLABELLED && counts[label] > 60)
    .sort((a, b) => counts[b] - counts[a]);
  for (const label of order.slice(0, MOST_COLORS)) yield* fillIn(labels, width, height, label, counts[label] * LARGEST);
}

function* fillIn(labels: Uint8Array, width: number, height: number, label: number, largest: number): Steps<void> {
  const seen = new Uint8Array(labels.length);
  const most = Math.min(labels.length * 0.01, 20000, largest);
  const queue = new Int32Array(Math.ceil(most) + 8);
  for (let start = 1; start < labels.length; start++) {
    if ((start & 0xfff) === 0) yield;
    if (labels[start] === label || labels[start - 1] !== label || seen[start] || start % width === 0) continue;
    const found = island(labels, width, height, label, start, seen, queue, most);
    for (let k = 0; k < found; k++) labels[queue[k]] = label;
  }
}

/** Collects the island at `start` in `queue` and gives its size; 0 where it is none. */
function island(
  labels: Uint8Array,
  width: number,
  height: number,
  label: number,
  start: number,
  seen: Uint8Array,
  queue: Int32Array,
  most: number,
): number {
  let length = 1;
  let enclosed = true;
  let [top, bottom] = [height, 0];
  queue[0] = start;
  seen[start] = 1;
  for (let k = 0; k < length; k++) {
    const x = queue[k] % width;
    const y = (queue[k] - x) / width;
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) enclosed = false;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const q = v * width + u;
        if (labels[q] === label) continue;
        // another part of something seen before, which was no island
        if (seen[q] === 2) enclosed = false;
        if (seen[q]) continue;
        if (length >= most) enclosed = false;
        else {
          seen[q] = 1;
          queue[length++] = q;
        }
      }
    }
    if (!enclosed) break;
  }
  if (enclosed && bottom - top < height / 6) return length;
  for (let k = 0; k < length; k++) seen[queue[k]] = 2;
  return 0;
}
