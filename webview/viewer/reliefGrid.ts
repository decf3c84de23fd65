import type { DepthRelief } from '../../daemon/protocol/messages';

/** Share of the range beyond which two neighbours are no one surface. */
const TEAR = 0.08;
/** How deep the relief is, of the longer side. */
const DEPTH = 0.7;

export interface ReliefGrid {
  /** x to the right, y up, z towards the eye; the longer side is 1, the middle 0. */
  positions: Float32Array;
  /** Corners of the triangles; none over a hole or a tear. */
  triangles: Uint32Array;
}

/** A depth map as a surface, near parts towards the eye: pure, so that it can be tested. */
export function reliefGrid({ columns, rows, range, quantity }: DepthRelief, values: Float32Array): ReliefGrid {
  const [low, high] = range;
  const span = high - low || 1;
  const share = Float32Array.from(values, (value) => Math.min(1.2, Math.max(-0.2, (value - low) / span)));
  const towards = quantity === 'disparity' ? 1 : -1;
  const side = Math.max(columns, rows);
  const positions = new Float32Array(3 * columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    positions[3 * i] = (x - (columns - 1) / 2) / side;
    positions[3 * i + 1] = ((rows - 1) / 2 - y) / side;
    positions[3 * i + 2] = Number.isNaN(share[i]!) ? 0 : towards * (share[i]! - 0.5) * DEPTH;
  }
  return { positions, triangles: trianglesOf(columns, rows, share) };
}

function trianglesOf(columns: number, rows: number, share: Float32Array): Uint32Array {
  const triangles: number[] = [];
  const add = (a: number, b: number, c: number) => {
    const [low, high] = [Math.min(share[a]!, share[b]!, share[c]!), Math.max(share[a]!, share[b]!, share[c]!)];
    if (high - low <= TEAR) triangles.push(a, b, c);
  };
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const at = y * columns + x;
      add(at, at + columns, at + 1);
      add(at + 1, at + columns, at + columns + 1);
    }
  }
  return Uint32Array.from(triangles);
}
