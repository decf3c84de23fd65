import FFT from 'fft.js';

const [LOWEST, HIGHEST] = [0.3, 20];
/** The peak and its neighbours hold at least this share of the power between the limits. */
const CLEAR = 0.4;
/** Standard deviation below which there is nothing but noise, m/s². */
const LEAST = 0.1;
const MOST_SAMPLES = 1 << 17;

/** Hz of the clear peak of the power spectrum (Hann window, mean taken out); undefined where none is clear. */
export function dominantFrequency(values: Float32Array, rate: number): number | undefined {
  const used = values.subarray(0, MOST_SAMPLES);
  const count = used.length;
  if (count < rate || count < 16) return undefined; // less than a second
  const mean = used.reduce((sum, v) => sum + v, 0) / count;
  if (Math.sqrt(used.reduce((sum, v) => sum + (v - mean) ** 2, 0) / count) < LEAST) return undefined;
  const size = 2 ** Math.ceil(Math.log2(4 * count));
  const frame = new Array<number>(size).fill(0);
  for (let i = 0; i < count; i++)
    frame[i] = (used[i]! - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / count));
  const fft = new FFT(size);
  const spectrum = fft.createComplexArray() as number[];
  fft.realTransform(spectrum, frame);
  const power = (k: number): number => spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2;
  const from = Math.max(1, Math.ceil((LOWEST * size) / rate));
  const to = Math.min(size / 2 - 1, Math.floor((HIGHEST * size) / rate));
  let [best, all] = [from, 0];
  for (let k = from; k <= to; k++) {
    all += power(k);
    if (power(k) > power(best)) best = k;
  }
  const reach = Math.ceil((2 * size) / count); // the window's main lobe
  let near = 0;
  for (let k = Math.max(from, best - reach); k <= Math.min(to, best + reach); k++) near += power(k);
  if (best === from || !(near >= CLEAR * all)) return undefined;
  const [a, b, c] = [power(best - 1), power(best), power(best + 1)].map(Math.log) as [number, number, number];
  const bend = a - 2 * b + c;
  return ((best + (bend < 0 ? (0.5 * (a - c)) / bend : 0)) * rate) / size;
}
