/** Tensor operations as plain loops in float64: slow, obvious, sharing nothing with the product. */

/** Rows of numbers, [rows][columns]. */
export type Rows = number[][];

export interface Weight {
  shape: number[];
  data: Float32Array;
}

/** x W^T + b for each row; W is [out, in]. */
export function linear(x: Rows, w: Weight, b?: Weight): Rows {
  const [out = 0, inner = 0] = w.shape;
  return x.map((row) =>
    Array.from({ length: out }, (_, o) => {
      let sum = b ? b.data[o]! : 0;
      for (let i = 0; i < inner; i++) sum += w.data[o * inner + i]! * row[i]!;
      return sum;
    }),
  );
}

export function add(a: Rows, b: Rows): Rows {
  return a.map((row, r) => row.map((x, c) => x + b[r]![c]!));
}

export function map(a: Rows, f: (x: number) => number): Rows {
  return a.map((row) => row.map(f));
}

export function layerNorm(x: Rows, weight: Weight, bias: Weight): Rows {
  return x.map((row) => {
    const mean = row.reduce((s, v) => s + v, 0) / row.length;
    const variance = row.reduce((s, v) => s + (v - mean) ** 2, 0) / row.length;
    return row.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * weight.data[i]! + bias.data[i]!);
  });
}

export function rmsNorm(x: Rows, weight: Weight, eps: number): Rows {
  return x.map((row) => {
    const scale = Math.sqrt(row.reduce((s, v) => s + v * v, 0) / row.length + eps);
    return row.map((v, i) => (v / scale) * weight.data[i]!);
  });
}

/** Softmax attention, head by head; `causal`: a query sees keys up to its own position. */
export function attention(q: Rows, k: Rows, v: Rows, heads: number, causal: boolean): Rows {
  const width = q[0]!.length / heads;
  return q.map((query, s) => {
    const out: number[] = [];
    for (let h = 0; h < heads; h++) {
      const seen = causal ? s + 1 : k.length;
      const scores = k.slice(0, seen).map((key) => {
        let dot = 0;
        for (let i = h * width; i < (h + 1) * width; i++) dot += query[i]! * key[i]!;
        return dot / Math.sqrt(width);
      });
      const top = Math.max(...scores);
      const shares = scores.map((x) => Math.exp(x - top));
      const total = shares.reduce((a, b) => a + b, 0);
      for (let i = h * width; i < (h + 1) * width; i++) {
        out.push(shares.reduce((sum, share, t) => sum + (share / total) * v[t]![i]!, 0));
      }
    }
    return out;
  });
}

/** [channels][height][width] */
export type Planes = number[][][];

/** Convolution of [in][h][w] with [out, in, kh, kw], zero padding on every side. */
export function conv2d(x: Planes, w: Weight, b: Weight | undefined, stride: [number, number], pad = 0): Planes {
  const [out = 0, inputs = 0, kh = 0, kw = 0] = w.shape;
  const height = Math.floor((x[0]!.length + 2 * pad - kh) / stride[0]) + 1;
  const width = Math.floor((x[0]![0]!.length + 2 * pad - kw) / stride[1]) + 1;
  const at = (o: number, i: number, j: number) => {
    let sum = b ? b.data[o]! : 0;
    for (let c = 0; c < inputs; c++)
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++) {
          const pixel = x[c]![i * stride[0] + u - pad]?.[j * stride[1] + v - pad] ?? 0;
          sum += pixel * w.data[((o * inputs + c) * kh + u) * kw + v]!;
        }
    return sum;
  };
  return Array.from({ length: out }, (_, o) =>
    Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => at(o, i, j))),
  );
}

export function mapPlanes(x: Planes, f: (v: number) => number): Planes {
  return x.map((plane) => map(plane, f));
}

export function addPlanes(a: Planes, b: Planes): Planes {
  return a.map((plane, c) => add(plane, b[c]!));
}

export const relu = (x: number): number => Math.max(0, x);
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** x Phi(x), the normal distribution function by Simpson's rule. */
export function gelu(x: number): number {
  const steps = 400;
  const h = x / steps;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let area = density(0) + density(x);
  for (let i = 1; i < steps; i++) area += (i % 2 === 1 ? 4 : 2) * density(i * h);
  return x * (0.5 + (area * h) / 3);
}
