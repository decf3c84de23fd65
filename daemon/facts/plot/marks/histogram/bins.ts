import type { Rectangle } from '../bars/rectangles';

/** Bins of equal width. Pixels of the turned raster, with fractions. */
export interface Bins {
  first: number;
  width: number;
  count: number;
}

/** Farthest that the sides of bars may lie from a regular grid, in pixels. */
const PLAY = 1.6;
const MOST_BINS = 400;

/**
 * The regular grid of bins on which the sides of all bars lie: touching bars of one height are one rectangle as many bins
 * wide. `gap`: pixels that every library leaves between the bars, at most. Null where the widths are not regular.
 */
export function regularBins(bars: Array<Pick<Rectangle, 'left' | 'right'>>, gap = 3): Bins | null {
  const ordered = [...bars].sort((a, b) => a.left - b.left);
  if (ordered.length < 2) return null;
  const edges = joinedEdges(ordered, gap);
  const first = edges[0];
  const last = edges[edges.length - 1];
  const narrowest = Math.min(...ordered.map((r) => r.right - r.left));
  const fewest = Math.max(2, Math.floor((last - first) / (narrowest + gap + 2)) - 1);
  const most = Math.min(MOST_BINS, Math.ceil((last - first) / Math.max(2, narrowest - 1.5)) + 1);
  for (let count = fewest; count <= most; count++) {
    const bins = fitBins(edges, first, (last - first) / count, count, PLAY + gap / 2);
    if (bins) return bins;
  }
  return null;
}

/** Borders of the bins: the sides of neighbours that are no farther apart than `gap` are one border between them. */
function joinedEdges(ordered: Array<{ left: number; right: number }>, gap: number): number[] {
  const sides = ordered.flatMap((r) => [r.left, r.right]).sort((a, b) => a - b);
  const edges: number[] = [];
  for (let i = 0; i < sides.length; ) {
    let end = i;
    while (end + 1 < sides.length && sides[end + 1] - sides[i] <= gap) end++;
    edges.push((sides[i] + sides[end]) / 2);
    i = end + 1;
  }
  return edges;
}

/** Least squares of the edges on `first + k * width`; null where one lies off by more than the play. */
function fitBins(edges: number[], first: number, width: number, count: number, play: number): Bins | null {
  const index = edges.map((edge) => Math.round((edge - first) / width));
  if (edges.some((edge, i) => Math.abs(first + index[i] * width - edge) > Math.min(2 * play, 0.3 * width))) return null;
  const n = edges.length;
  const meanIndex = index.reduce((a, b) => a + b, 0) / n;
  const meanEdge = edges.reduce((a, b) => a + b, 0) / n;
  let dot = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    dot += (index[i] - meanIndex) * (edges[i] - meanEdge);
    square += (index[i] - meanIndex) ** 2;
  }
  if (square === 0) return null;
  const slope = dot / square;
  const start = meanEdge - slope * meanIndex;
  if (edges.some((edge, i) => Math.abs(start + index[i] * slope - edge) > Math.min(play, Math.max(1.2, 0.2 * slope))))
    return null;
  return { first: start, width: slope, count };
}
