import type { Blob } from './blobs';
import type { Template } from './template';

/** A marker found inside a blob by its template: centre of mass, and how much of it is to be seen. */
export interface Placed {
  x: number;
  y: number;
  /** Share of the marker that is drawn in its own colour, and of its outline that shows. */
  visible: number;
  outline: number;
}

/** The least share of a marker that must be drawn or hidden by other marks. */
const INSIDE = 0.93;
/** The least share of a marker that no other marker explains. */
const NEW = 0.16;
const MOST = 400;

/**
 * Splits joined or half hidden markers: places the template where all of it is drawn (or hidden), where its outline
 * shows, and where it explains most of what is not explained yet; the best first, until little is left.
 */
export function splitBlob(
  blob: Blob,
  template: Template,
  mask: Uint8Array,
  width: number,
  height: number,
  hidden: (i: number) => boolean,
): Placed[] {
  const { inner, ring } = template;
  const reach = Math.ceil(Math.max(template.width, template.height) / 2);
  // the middle of a marker that the area cuts may lie a little outside
  const out = Math.floor(0.6 * reach);
  const box = {
    left: blob.part.left === 0 ? -out : blob.part.left - 1,
    top: blob.part.top === 0 ? -out : blob.part.top - 1,
    right: blob.part.right === width ? width + out : blob.part.right + 1,
    bottom: blob.part.bottom === height ? height + out : blob.part.bottom + 1,
  };
  const state = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return HIDDEN;
    const i = y * width + x;
    return mask[i] ? OWN : hidden(i) ? HIDDEN : EMPTY;
  };
  const open = unexplained(blob, width);
  const candidates: Candidate[] = [];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const fit = fitAt(x, y, inner, ring, state);
      if (fit) candidates.push({ x, y, ...fit, fresh: open.within(inner, x, y) });
    }
  }
  const placed: Placed[] = [];
  while (open.left() > NEW * inner.length && placed.length < MOST) {
    const best = bestOf(candidates, inner.length);
    if (!best) break;
    const centre = plateau(best, candidates);
    for (const [u, v] of inner) for (const [dx, dy] of AROUND) open.explain(best.x + u + dx, best.y + v + dy);
    // only those that share pixels with what was just explained have changed
    for (const one of candidates)
      if (Math.abs(one.x - best.x) <= template.width + 2 && Math.abs(one.y - best.y) <= template.height + 2)
        one.fresh = open.within(inner, one.x, one.y);
    placed.push({ x: centre.x + 0.5, y: centre.y + 0.5, visible: best.visible, outline: best.outline });
    if (reach === 0) break;
  }
  return placed;
}

interface Candidate {
  x: number;
  y: number;
  visible: number;
  outline: number;
  /** Pixels of the blob inside it that no placed marker explains. */
  fresh: number;
}

/** The pixels of a blob that no marker explains yet. */
function unexplained({ part }: Blob, width: number) {
  const columns = part.right - part.left;
  const rows = part.bottom - part.top;
  const open = new Uint8Array(columns * rows);
  let left = part.pixels.length;
  for (const i of part.pixels) open[(Math.floor(i / width) - part.top) * columns + (i % width) - part.left] = 1;
  const at = (x: number, y: number) =>
    x < part.left || y < part.top || x >= part.right || y >= part.bottom
      ? -1
      : (y - part.top) * columns + x - part.left;
  return {
    left: () => left,
    within: (inner: Array<[number, number]>, x: number, y: number) => {
      let count = 0;
      for (const [u, v] of inner) {
        const i = at(x + u, y + v);
        if (i >= 0) count += open[i]!;
      }
      return count;
    },
    explain: (x: number, y: number) => {
      const i = at(x, y);
      if (i < 0 || open[i] !== 1) return;
      open[i] = 0;
      left--;
    },
  };
}

/** The place that explains most of what is not explained yet and whose outline shows best. */
function bestOf(candidates: Candidate[], size: number): Candidate | undefined {
  let best: Candidate | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const share = candidate.fresh / size;
    if (share < NEW * (candidate.visible < 0.6 ? 0.8 : 1) || share < 0.04) continue;
    // little of a marker is only believed where its outline shows
    const score =
      Math.min(share, 0.75) +
      1.2 * candidate.outline * candidate.visible ** 0.5 -
      (share < 0.35 && candidate.outline < 0.25 ? 0.6 : 0);
    if (score > most) [best, most] = [candidate, score];
  }
  return best;
}

const EMPTY = 0;
const OWN = 1;
const HIDDEN = 2;
const AROUND = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

function fitAt(
  x: number,
  y: number,
  inner: Array<[number, number]>,
  ring: Array<[number, number]>,
  state: (x: number, y: number) => number,
): { visible: number; outline: number } | undefined {
  let own = 0;
  let bad = 0;
  const allowed = (1 - INSIDE) * inner.length;
  for (const [u, v] of inner) {
    const s = state(x + u, y + v);
    if (s === OWN) own++;
    else if (s === EMPTY && ++bad > allowed) return undefined;
  }
  if (own < 0.22 * inner.length) return undefined;
  let free = 0;
  let seen = 0;
  for (const [u, v] of ring) {
    const s = state(x + u, y + v);
    if (s === EMPTY) free++;
    if (s !== HIDDEN) seen++;
  }
  return { visible: own / inner.length, outline: seen > 0 ? free / Math.max(seen, 0.25 * ring.length) : 0 };
}

/** The middle of the equally good places round the best one. */
function plateau(
  best: { x: number; y: number; visible: number; outline: number },
  all: Array<{ x: number; y: number; visible: number; outline: number }>,
) {
  const worth = (c: { visible: number; outline: number }) => c.visible + c.outline;
  const near = all.filter(
    (c) => Math.abs(c.x - best.x) <= 2 && Math.abs(c.y - best.y) <= 2 && worth(c) >= worth(best) - 0.06,
  );
  return {
    x: near.reduce((sum, c) => sum + c.x, 0) / near.length,
    y: near.reduce((sum, c) => sum + c.y, 0) / near.length,
  };
}
