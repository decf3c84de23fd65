/** Below this loudness a block never counts, and silence is reported as it (BS.1770-4, absolute gate). */
export const SILENCE_LUFS = -70;
/** Below this rate the weighting's high shelf has no room. */
const MIN_RATE = 4000;
const BLOCK_SECONDS = 0.4;
/** Blocks overlap by three quarters. */
const STEPS_A_BLOCK = 4;
/** Relative gate below the loudness of what passed the absolute one. */
const RELATIVE_GATE = 10;
/** The constant that makes a 997 Hz sine of full scale in one channel -3.01 LUFS. */
const OFFSET = -0.691;

/** One second-order section, direct form I; a0 is 1. */
interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

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

/** Weights by channel in the usual order: for 5.1 the low frequency channel counts not, the surrounds +1.5 dB. */
function channelWeight(channel: number, channels: number): number {
  if (channels === 5) return channel >= 3 ? 1.41 : 1;
  if (channels < 6) return 1;
  if (channel === 3) return 0;
  return channel === 4 || channel === 5 ? 1.41 : 1;
}

const toLufs = (power: number): number => OFFSET + 10 * Math.log10(power);
const toPower = (lufs: number): number => 10 ** ((lufs - OFFSET) / 10);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Integrated loudness in LUFS by ITU-R BS.1770-4: K-weighting, mean square in blocks of 400 ms every 100 ms, absolute
 * gate at -70 LUFS, relative gate 10 LU below. A recording shorter than one block is measured whole, without gates.
 * Silence gives SILENCE_LUFS; undefined below 4 kHz, where the weighting is not defined.
 */
export function integratedLoudness(channels: readonly Float32Array[], sampleRate: number): number | undefined {
  const samples = channels[0]?.length ?? 0;
  if (sampleRate < MIN_RATE || samples === 0) return undefined;
  const step = Math.round((BLOCK_SECONDS / STEPS_A_BLOCK) * sampleRate);
  const steps = Math.floor(samples / step);
  const isShort = steps < STEPS_A_BLOCK;
  const energies = new Float64Array(isShort ? 1 : steps);
  channels.forEach((channel, c) => {
    const weight = channelWeight(c, channels.length);
    if (weight > 0) addEnergies(channel, sampleRate, isShort ? samples : step, weight, energies);
  });
  if (isShort) return Math.max(SILENCE_LUFS, toLufs(energies[0]! / samples));
  const blocks: number[] = [];
  for (let i = STEPS_A_BLOCK; i <= steps; i++)
    blocks.push((energies[i - 4]! + energies[i - 3]! + energies[i - 2]! + energies[i - 1]!) / (STEPS_A_BLOCK * step));
  return gatedLoudness(blocks);
}

function gatedLoudness(blocks: readonly number[]): number {
  const audible = blocks.filter((power) => power > toPower(SILENCE_LUFS));
  if (audible.length === 0) return SILENCE_LUFS;
  const gate = toPower(toLufs(mean(audible)) - RELATIVE_GATE);
  return toLufs(mean(audible.filter((power) => power > gate)));
}

/** Adds the weighted channel's sum of squares of each `step` samples to `energies`. */
function addEnergies(
  samples: Float32Array,
  sampleRate: number,
  step: number,
  weight: number,
  energies: Float64Array,
): void {
  const [s, h] = kWeighting(sampleRate);
  let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0];
  let i = 0;
  for (let block = 0; block < energies.length; block++) {
    let energy = 0;
    for (const end = i + step; i < end; i++) {
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
    energies[block] = energies[block]! + weight * energy;
  }
}
