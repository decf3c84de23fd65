/** Which read series stands for which true one, and which read panel for which true one. */
import { loose } from './axes.mjs';

const FAR_COLOR = 90;

export const colorDistance = (a, b) => Math.hypot(...a.map((part, i) => part - (b?.[i] ?? 999)));

/** Small is alike: an equal name outweighs every colour, a wrong colour without a name is no match. */
function unlike(truth, read) {
  const color = colorDistance(truth.color, read.color);
  if (truth.name && read.name) return loose(truth.name) === loose(read.name) ? color - 1000 : color + 60;
  return color;
}

/** Pairs every true series with at most one read series, best pairs first; undefined where none is left or alike. */
export function matchSeries(truths, reads) {
  const pairs = truths.flatMap((truth, i) => reads.map((read, j) => ({ i, j, cost: unlike(truth, read) })));
  const out = new Array(truths.length).fill(undefined);
  const used = new Set();
  const only = truths.length === 1 && reads.length === 1;
  for (const { i, j, cost } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (out[i] || used.has(j) || (cost > FAR_COLOR && !only)) continue;
    out[i] = reads[j];
    used.add(j);
  }
  return out;
}

/** The read panel whose area lies over the true one; in order where the truth has no axes (a pie). */
export function matchPanels(truths, reads) {
  return truths.map((truth, i) => {
    if (!truth.x?.at || !truth.y?.at) return reads[i];
    const box = boxOf(truth);
    const best = reads
      .map((read) => ({ read, share: overlap(box, read.layout.area) }))
      .sort((a, b) => b.share - a.share);
    return best[0]?.share > 0.2 ? best[0].read : undefined;
  });
}

function boxOf({ x, y }) {
  const xs = x.at.map(([p]) => p);
  const ys = y.at.map(([p]) => p);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function overlap(a, b) {
  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (w <= 0 || h <= 0) return 0;
  const area = (box) => (box.right - box.left) * (box.bottom - box.top);
  return (w * h) / (area(a) + area(b) - w * h);
}
