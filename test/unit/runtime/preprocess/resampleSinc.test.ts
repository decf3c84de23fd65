import { describe, expect, it } from 'vitest';
import { resampleSinc } from '../../../../daemon/runtime/preprocess/resampleSinc';

const sweep = Float32Array.from({ length: 2000 }, (_, i) => Math.sin((i * i) / 900));

/** From torch, by the formulas of torchaudio.functional.resample in float64: length, samples 0, 1, 2, 100, middle, last, sum of magnitudes. */
const TORCH = [
  [
    44100,
    16000,
    726,
    [7.414405246e-5, 0.008455204092, 0.033929114663, 0.401614320024, -9.587711836e-5, -0.173269365515],
    112.469134747,
  ],
  [
    8000,
    16000,
    4000,
    [1.915971341e-6, 0.00033929915, 0.001113693032, 0.355846097951, -0.845344305489, -0.360611442581],
    2343.144964215,
  ],
  [
    48000,
    16000,
    667,
    [8.715107198e-5, 0.010014338906, 0.040189957168, -0.507957102672, -4.183004637e-5, -0.138734305213],
    98.855849593,
  ],
  [
    11025,
    16000,
    2903,
    [1.915971341e-6, 0.000565532687, 0.002122686034, -0.845610730699, -0.984406677201, -0.219862731179],
    1714.137711904,
  ],
  [
    22051,
    16000,
    1452,
    [2.065898085e-5, 0.002119755401, 0.00847963811, 0.774667613094, 0.130465502556, -0.275175126631],
    538.67380666,
  ],
  [
    50,
    200,
    8000,
    [1.915971341e-6, 0.000126954337, 0.00033929915, 0.639982597552, -0.845344305489, -0.14891809048],
    4720.973758219,
  ],
] as const;

describe('resampleSinc is torchaudio', () => {
  it.each(TORCH)('%i -> %i Hz', (from, to, length, samples, magnitude) => {
    const out = resampleSinc(sweep, from, to);
    expect(out.length).toBe(length);
    const at = [0, 1, 2, 100, Math.floor(length / 2), length - 1];
    expect(at.map((i) => out[i]!)).toEqual(samples.map((v) => expect.closeTo(v, 6)));
    expect(out.reduce((sum, v) => sum + Math.abs(v), 0)).toBeCloseTo(magnitude, 2);
  });

  it('an equal rate is a copy', () => {
    const out = resampleSinc(sweep, 16000, 16000);
    expect(out).toEqual(sweep);
    expect(out).not.toBe(sweep);
  });

  it('a limit gives the same first samples', () => {
    expect(resampleSinc(sweep, 44100, 16000, 100)).toEqual(resampleSinc(sweep, 44100, 16000).slice(0, 100));
    expect(resampleSinc(sweep, 8000, 8000, 10).length).toBe(10);
  });

  it('a rate with no common divisor stays cheap', () => {
    const start = performance.now();
    expect(resampleSinc(new Float32Array(441_010), 44_101, 16_000).length).toBe(160_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
