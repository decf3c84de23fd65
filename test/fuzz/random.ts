/** Random numbers of one round: the same for the same seed, format and round, on every machine. */
export class Random {
  private state: number;

  constructor(seed: number, format: string, round: number) {
    let hash = 2_166_136_261; // FNV-1a
    for (const char of `${seed}/${format}/${round}`) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
    this.state = hash >>> 0;
  }

  /** A whole number from 0 below `limit` (mulberry32); 0 for a limit below 1. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b_79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * Math.max(0, limit));
  }

  chance(share: number): boolean {
    return this.below(1000) < share * 1000;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Small numbers are likelier: 1 up to `most`. */
  length(most: number): number {
    return 1 + this.below(Math.min(most, 1 << (1 + this.below(12))));
  }
}
