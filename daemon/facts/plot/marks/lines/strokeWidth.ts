import { every, type Steps } from '../../steps';
import type { ColorLayer } from '../colorLayers';

const known = new WeakMap<ColorLayer, number>();

/**
 * Usual thickness of what the layer draws, in pixels: of every pixel the shorter of its horizontal and vertical
 * stretch (ink, not pixels), then the weighted low median, since markers and crossings are thicker than the stroke. Measured once a layer.
 */
export function* strokeWidth(layer: ColorLayer, width: number, height: number): Steps<number> {
  const before = known.get(layer);
  if (before !== undefined) return before;
  const measured = yield* measure(layer, width, height);
  known.set(layer, measured);
  return measured;
}

function* measure(layer: ColorLayer, width: number, height: number): Steps<number> {
  const across = yield* stretches(layer, width, height, true);
  const down = yield* stretches(layer, width, height, false);
  const values: number[] = [];
  const step = Math.max(1, Math.floor(layer.count / 20000));
  let seen = 0;
  for (let i = 0; i < layer.mask.length; i++) {
    if (every(i)) yield;
    if (!layer.mask[i] || seen++ % step !== 0) continue;
    values.push(Math.min(across[i]!, down[i]!));
  }
  if (values.length === 0) return 1;
  values.sort((a, b) => a - b);
  return Math.max(0.6, values[Math.floor(values.length * 0.45)]!);
}

function* stretches({ coverage, box }: ColorLayer, width: number, height: number, rows: boolean): Steps<Float32Array> {
  const out = new Float32Array(coverage.length);
  const inner = rows ? width : height;
  // only those of the mask's own rows and columns are asked for
  const [first, last] = rows ? [box.top, box.bottom] : [box.left, box.right];
  for (let a = first; a < last; a++) {
    yield;
    for (let b = 0; b < inner; b++) {
      const index = (k: number) => (rows ? a * width + k : k * width + a);
      if (coverage[index(b)]! < 0.15) continue;
      const from = b;
      let sum = 0;
      while (b < inner && coverage[index(b)]! >= 0.15) sum += coverage[index(b++)]!;
      for (let k = from; k < b; k++) out[index(k)] = sum;
    }
  }
  return out;
}
