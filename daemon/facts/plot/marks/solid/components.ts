import { every, type Steps } from '../../steps';
import { BACKGROUND, UNLABELLED } from './labels';

/** Neighbouring pixels (4 sides) of one solid colour. Pixels of the raster; right and bottom exclusive. */
export interface Component {
  label: number;
  count: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Any one of its pixels. */
  start: number;
}

/** Components of the solid colours, largest first, and for each pixel the index of its component plus one (0: none). */
export function* components(
  labels: Uint8Array,
  width: number,
  takes: (label: number) => boolean = (label) => label !== BACKGROUND && label !== UNLABELLED,
): Steps<{ parts: Component[]; of: Int32Array }> {
  const of = new Int32Array(labels.length);
  const parts: Component[] = [];
  const queue = new Int32Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (every(start)) yield;
    const label = labels[start];
    if (of[start] !== 0 || !takes(label)) continue;
    const part = { label, count: 0, left: width, right: 0, top: labels.length, bottom: 0, start };
    const id = parts.push(part);
    let length = 1;
    queue[0] = start;
    of[start] = id;
    for (let k = 0; k < length; k++) {
      if (every(k)) yield;
      const p = queue[k];
      const x = p % width;
      const y = (p - x) / width;
      part.count++;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = Math.max(part.bottom, y + 1);
      const visit = (q: number) => {
        if (of[q] === 0 && labels[q] === label) {
          of[q] = id;
          queue[length++] = q;
        }
      };
      if (x > 0) visit(p - 1);
      if (x + 1 < width) visit(p + 1);
      if (p >= width) visit(p - width);
      if (p + width < labels.length) visit(p + width);
    }
  }
  return { parts, of };
}
