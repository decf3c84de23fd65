/** One second-order section, direct form I; a0 is 1. */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** Below this a state is nothing, and would become a denormal number, which is slow. */
const NOTHING = 1e-30;

/**
 * The two stages of K-weighting for any sample rate. BS.1770-4 tabulates them at 48 kHz only; these are the analogue
 * prototypes behind the tables (as libebur128 derives them), brought to the rate by the bilinear transform.
 */
export function kWeighting(sampleRate: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [highShelf(sampleRate), highPass(sampleRate)];
}

function highShelf(rate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const gain = 10 ** (3.999843853973347 / 20);
  const band = gain ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (gain + (band * k) / q + k * k) / a0,
    b1: (2 * (k * k - gain)) / a0,
    b2: (gain - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}

function highPass(rate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 };
}

/** K-weighting of one channel, stretch by stretch. */
export class KFilter {
  private readonly sections: readonly [Biquad, Biquad];
  private state = [0, 0, 0, 0, 0, 0];

  constructor(sampleRate: number) {
    this.sections = kWeighting(sampleRate);
  }

  /** Sum of squares of the weighted samples[from, to), which must follow what came before. */
  energy(samples: Float32Array, from: number, to: number): number {
    const [s, h] = this.sections;
    let [x1, x2, y1, y2, z1, z2] = this.state as [number, number, number, number, number, number];
    let energy = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i]!;
      const y = s.b0 * x + s.b1 * x1 + s.b2 * x2 - s.a1 * y1 - s.a2 * y2;
      const z = h.b0 * y + h.b1 * y1 + h.b2 * y2 - h.a1 * z1 - h.a2 * z2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
      energy += z * z;
    }
    this.state = [x1, x2, y1, y2, z1, z2].map((value) => (Math.abs(value) < NOTHING ? 0 : value));
    return energy;
  }
}
