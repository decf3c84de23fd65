/** How a series runs: see `trendOf`. */
export type Trend = 'rising' | 'falling' | 'flat' | 'mixed';

/** Rank correlation from which a series counts as rising (or, negative, as falling). */
export const TREND_CORRELATION = 0.7;
/** Share of the axis's span below which a series is flat. */
export const FLAT_SHARE = 0.03;

/**
 * Flat where the values span less than 3 % of the axis; else rising or falling where Spearman's rank correlation of
 * place and value is at least 0.7 in size; else mixed. `values` in order of x; fewer than two are flat.
 */
export function trendOf(values: readonly number[], axisSpan: number): Trend {
  if (values.length < 2) return 'flat';
  const spread = Math.max(...values) - Math.min(...values);
  if (spread === 0 || (axisSpan > 0 && spread < FLAT_SHARE * axisSpan)) return 'flat';
  const correlation = rankCorrelation(values);
  if (correlation >= TREND_CORRELATION) return 'rising';
  return correlation <= -TREND_CORRELATION ? 'falling' : 'mixed';
}

/** Spearman's rho of the values with their places; equal values share the mean of their ranks. */
export function rankCorrelation(values: readonly number[]): number {
  const ranks = ranksOf(values);
  const middle = (values.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  ranks.forEach((rank, place) => {
    xy += (place - middle) * (rank - middle);
    xx += (place - middle) ** 2;
    yy += (rank - middle) ** 2;
  });
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    for (let k = i; k < end; k++) ranks[order[k]!] = (i + end - 1) / 2;
    i = end;
  }
  return ranks;
}
