/**
 * Floating-point samples as RGBA bytes. Files disagree on what white is: samples within [0, 1] are scaled by 255,
 * samples within [0, 255] are kept, all others are stretched from their smallest to their largest. NaN is black.
 * `samples` is row-major, `channels` (1 grey, 2 grey + alpha, 3 RGB, 4 RGBA) interleaved; alpha is scaled like colour.
 */
export function floatToBytes(samples: Float32Array, channels: number): Uint8ClampedArray {
  const { low, scale } = stretch(samples);
  const pixels = Math.floor(samples.length / channels);
  const out = new Uint8ClampedArray(pixels * 4);
  const byte = (i: number) => (samples[i]! - low) * scale;
  const grey = channels < 3;
  const alpha = channels === 2 || channels === 4;
  for (let p = 0; p < pixels; p++) {
    const at = p * channels;
    for (let c = 0; c < 3; c++) out[p * 4 + c] = byte(grey ? at : at + c);
    out[p * 4 + 3] = alpha ? byte(at + channels - 1) : 255;
  }
  return out;
}

function stretch(samples: Float32Array): { low: number; scale: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const s of samples) {
    if (s < low && s !== Number.NEGATIVE_INFINITY) low = s;
    if (s > high && s !== Number.POSITIVE_INFINITY) high = s;
  }
  if (low >= 0 && high <= 1) return { low: 0, scale: 255 };
  if (low >= 0 && high <= 255) return { low: 0, scale: 1 };
  return { low, scale: high > low ? 255 / (high - low) : 0 };
}
