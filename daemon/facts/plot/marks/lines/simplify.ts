import type { Sample } from './pathSamples';

/** Douglas-Peucker: the fewest of the samples such that none lies farther than `tolerance` from the lines between. */
export function simplify(samples: Sample[], tolerance: number): Sample[] {
  if (samples.length < 3) return [...samples];
  const keep = new Uint8Array(samples.length);
  keep[0] = keep[samples.length - 1] = 1;
  const stack: Array<[number, number]> = [[0, samples.length - 1]];
  while (stack.length > 0) {
    const [a, b] = stack.pop()!;
    let far = tolerance;
    let at = -1;
    for (let k = a + 1; k < b; k++) {
      const d = distanceTo(samples[k]!, samples[a]!, samples[b]!);
      if (d > far) [far, at] = [d, k];
    }
    if (at < 0) continue;
    keep[at] = 1;
    stack.push([a, at], [at, b]);
  }
  return samples.filter((_, k) => keep[k]);
}

/** Distance of `p` from the line through `a` and `b`. */
function distanceTo(p: Sample, a: Sample, b: Sample): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(p.x - a.x, p.y - a.y) : Math.abs(dx * (p.y - a.y) - dy * (p.x - a.x)) / length;
}
