import { describe, expect, it } from 'vitest';
import { Greedy, probabilityOf, SeededRandom, samplerFor, softmax, TopP } from '../../../daemon/runtime/sampling';

const logs = (...p: number[]) => Float32Array.from(p, Math.log);

/** Share of each id in n draws. */
const draw = (sampler: { choose(l: Float32Array): number }, logits: Float32Array, n = 20_000) => {
  const counts = new Array<number>(logits.length).fill(0);
  for (let i = 0; i < n; i++) counts[sampler.choose(logits)]!++;
  return counts.map((c) => c / n);
};

describe('Greedy', () => {
  it('takes the largest, of equals the first', () => {
    expect(new Greedy().choose(Float32Array.of(-3, 5, 2, 5))).toBe(1);
    expect(new Greedy().choose(new Float32Array(7))).toBe(0);
  });
});

describe('TopP', () => {
  it('drops a token when the sum before it exceeds topP, and renormalises', () => {
    // before: 0, 0.5, 0.8 -> with topP 0.75 the first two stay
    const shares = draw(new TopP(1, 0.75, new SeededRandom(1)), logs(0.15, 0.5, 0.05, 0.3));
    expect(shares[0]).toBe(0);
    expect(shares[2]).toBe(0);
    expect(shares[1]).toBeCloseTo(0.5 / 0.8, 1);
    expect(shares[3]).toBeCloseTo(0.3 / 0.8, 1);
  });

  it('keeps the token whose sum before it equals topP', () => {
    const shares = draw(new TopP(1, 0.5, new SeededRandom(1)), Float32Array.of(0, 0));
    expect(shares[1]).toBeGreaterThan(0.4);
  });

  it('topP 1 draws from everything, a tiny topP only the best', () => {
    const all = draw(new TopP(1, 1, new SeededRandom(3)), logs(0.4, 0.3, 0.2, 0.1));
    expect(all).toEqual([0.4, 0.3, 0.2, 0.1].map((share) => expect.closeTo(share, 1)));
    expect(draw(new TopP(1, 1e-9, new SeededRandom(3)), logs(0.4, 0.6), 100)).toEqual([0, 1]);
  });

  it('temperature sharpens: p^(1/T)', () => {
    const shares = draw(new TopP(0.5, 1, new SeededRandom(4)), logs(0.75, 0.25));
    expect(shares[0]).toBeCloseTo(0.9, 1);
  });

  it('the shortcut that skips improbable tokens changes nothing: as sorting all of them', () => {
    const random = new SeededRandom(9);
    const logits = Float32Array.from({ length: 500 }, () => 12 * random.next());
    const p = softmax(logits, 1);
    const sorted = [...p.keys()].sort((a, b) => p[b]! - p[a]! || a - b);
    const allowed = new Set<number>();
    for (let i = 0, before = 0; before <= 0.6; before += p[sorted[i++]!]!) allowed.add(sorted[i]!);
    const drawn = new Set(Array.from({ length: 3000 }, () => new TopP(1, 0.6, random).choose(logits)));
    expect([...drawn].every((id) => allowed.has(id))).toBe(true);
    expect(drawn.size).toBeGreaterThan(allowed.size * 0.8);
  });
});

describe('SeededRandom', () => {
  it('gives the published numbers of mulberry32', () => {
    const random = new SeededRandom(42);
    expect([random.next(), random.next(), random.next()]).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099,
    ]);
  });
});

describe('samplerFor', () => {
  it('temperature 0 is greedy, else the seed decides', () => {
    expect(samplerFor({ temperature: 0, topP: 0.9, seed: 1 })).toBeInstanceOf(Greedy);
    const logits = logs(0.2, 0.2, 0.2, 0.2, 0.2);
    const run = (seed: number) => {
      const sampler = samplerFor({ temperature: 1, topP: 1, seed });
      return Array.from({ length: 20 }, () => sampler.choose(logits));
    };
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });
});

describe('probabilityOf', () => {
  it('is softmax at temperature 1', () => {
    expect(probabilityOf(logs(0.1, 0.7, 0.2), 1)).toBeCloseTo(0.7, 6);
    expect(probabilityOf(Float32Array.of(1000, 0), 0)).toBe(1);
    expect(probabilityOf(Float32Array.of(1000, 0), 1)).toBe(0);
  });

  it.each([
    ['NaN', Float32Array.of(1, Number.NaN)],
    ['an infinity', Float32Array.of(Number.POSITIVE_INFINITY, 1)],
    ['nothing but -infinity', new Float32Array(2).fill(Number.NEGATIVE_INFINITY)],
  ])('%s in the logits is a failure of the model', (_, logits) => {
    const failed = expect.objectContaining({ code: 'MODEL_FAILED' });
    expect(() => probabilityOf(logits, 0)).toThrow(failed);
    expect(() => softmax(logits, 0.5)).toThrow(failed);
  });
});
