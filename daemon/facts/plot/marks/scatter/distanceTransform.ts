import type { Steps } from '../../steps';

/**
 * Euclidean distance of every set pixel's centre to the nearest unset pixel's centre, 0 for unset ones; the outside of
 * the picture counts as unset. Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions" (2012).
 */
export function* distanceTransform(mask: ArrayLike<number>, width: number, height: number): Steps<Float32Array> {
  const far = (width + height) ** 2;
  const squared = new Float64Array(width * height);
  const size = Math.max(width, height) + 2;
  const line = new Float64Array(size);
  const out = new Float64Array(size);
  const scratch = { v: new Int32Array(size), z: new Float64Array(size + 1) };
  for (let x = 0; x < width; x++) {
    yield;
    line[0] = line[height + 1] = 0;
    for (let y = 0; y < height; y++) line[y + 1] = mask[y * width + x] ? far : 0;
    transformLine(line, out, height + 2, scratch);
    for (let y = 0; y < height; y++) squared[y * width + x] = out[y + 1]!;
  }
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    yield;
    line[0] = line[width + 1] = 0;
    for (let x = 0; x < width; x++) line[x + 1] = squared[y * width + x]!;
    transformLine(line, out, width + 2, scratch);
    for (let x = 0; x < width; x++) result[y * width + x] = Math.sqrt(out[x + 1]!);
  }
  return result;
}

/** Lower envelope of parabolas. */
function transformLine(
  f: Float64Array,
  out: Float64Array,
  n: number,
  { v, z }: { v: Int32Array; z: Float64Array },
): void {
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  for (let q = 1; q < n; q++) {
    let s = crossing(f, q, v[k]!);
    while (s <= z[k]!) {
      k--;
      s = crossing(f, q, v[k]!);
    }
    k++;
    v[k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while (z[k + 1]! < q) k++;
    out[q] = (q - v[k]!) ** 2 + f[v[k]!]!;
  }
}

function crossing(f: Float64Array, q: number, p: number): number {
  return (f[q]! + q * q - (f[p]! + p * p)) / (2 * q - 2 * p);
}
