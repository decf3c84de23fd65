/** Colours of points, three bytes each: pure, so that they can be tested. */

/** Viridis (Smith and van der Walt, CC0) at equal steps: seen in order by every kind of colour vision. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const;

/** @param share 0..1; beyond it the ends, grey where it is no number */
export function viridis(share: number): [number, number, number] {
  if (Number.isNaN(share)) return [128, 128, 128];
  const at = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const [from, to] = [VIRIDIS[low]!, VIRIDIS[low + 1]!];
  return [0, 1, 2].map((c) => Math.round(from[c]! + (to[c]! - from[c]!) * (at - low))) as [number, number, number];
}

/** Colours of values between `range`'s ends. */
export function colorsByValue(values: ArrayLike<number>, [low, high]: readonly [number, number]): Uint8Array {
  const colors = new Uint8Array(3 * values.length);
  const span = high - low;
  for (let i = 0; i < values.length; i++) colors.set(viridis(span > 0 ? (values[i]! - low) / span : 0.5), 3 * i);
  return colors;
}

/** The coordinate along the axis that is up, and its smallest and largest value. */
export function heightsOf(positions: Float32Array, up: 'y' | 'z'): { heights: Float32Array; range: [number, number] } {
  const axis = up === 'y' ? 1 : 2;
  const heights = new Float32Array(positions.length / 3);
  const range: [number, number] = [Infinity, -Infinity];
  for (let i = 0; i < heights.length; i++) {
    const value = positions[3 * i + axis]!;
    heights[i] = value;
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
  }
  return { heights, range };
}

/** The axis that a surface faces: x red, y green, z blue; either way round, for its sign is not known. */
export function colorsByNormal(normals: Int8Array): Uint8Array {
  return Uint8Array.from(normals, (part) => Math.min(255, 40 + Math.round((Math.abs(part) / 127) * 215)));
}
