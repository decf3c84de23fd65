/**
 * Undoes the two-dimensional Haar-like transform of 16-bit values in place (ImfWav.cpp of OpenEXR). `ox` and `oy`: values
 * from one to the next in a row and a column; `most`: the largest value, which decides the arithmetic.
 */
export function undoWavelet(
  data: Uint16Array,
  start: number,
  nx: number,
  ox: number,
  ny: number,
  oy: number,
  most: number,
): void {
  const undo = most < 1 << 14 ? undo14 : undo16;
  const pair = (low: number, high: number) => undo(data, low, high);
  let p = 1;
  while (p <= Math.min(nx, ny)) p <<= 1;
  p >>= 1;
  let p2 = p;
  p >>= 1;
  while (p >= 1) {
    const [ox1, oy1, ox2, oy2] = [ox * p, oy * p, ox * p2, oy * p2];
    let py = start;
    for (const ey = start + oy * (ny - p2); py <= ey; py += oy2) {
      let px = py;
      for (const ex = py + ox * (nx - p2); px <= ex; px += ox2) {
        pair(px, px + oy1);
        pair(px + ox1, px + ox1 + oy1);
        pair(px, px + ox1);
        pair(px + oy1, px + oy1 + ox1);
      }
      if (nx & p) pair(px, px + oy1);
    }
    if (ny & p) {
      let px = py;
      for (const ex = py + ox * (nx - p2); px <= ex; px += ox2) pair(px, px + ox1);
    }
    p2 = p;
    p >>= 1;
  }
}

/** Values below 2^14: differences fit 16 bits. */
function undo14(data: Uint16Array, low: number, high: number): void {
  const l = (data[low]! << 16) >> 16;
  const h = (data[high]! << 16) >> 16;
  const a = l + (h & 1) + (h >> 1);
  data[low] = a;
  data[high] = a - h;
}

/** Any values, modulo 2^16. */
function undo16(data: Uint16Array, low: number, high: number): void {
  const [m, d] = [data[low]!, data[high]!];
  const b = (m - (d >> 1)) & 0xffff;
  data[high] = b;
  data[low] = d + b - 0x8000;
}
