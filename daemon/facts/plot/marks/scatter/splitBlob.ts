import type { Steps } from '../../steps';
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
/** A small marker may miss so much, up to three pixels: its blurred edge falls on other pixels each time. */
const SMALL_OUTSIDE = 0.11;
/** The least share of a marker that no other marker explains. */
const NEW = 0.16;
const MOST = 400;

/**
 * Splits joined or half hidden markers: places the template where all of it is drawn (or hidden), where its outline
 * shows, and where it explains most of what is not explained yet; the best first, until little is left.
 */
export function* splitBlob(
  blob: Blob,
  template: Template,
  mask: Uint8Array,
  width: number,
  height: number,
  hidden: (i: number) => boolean,
): Steps<Placed[]> {
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
  const size = inner.length;
  const candidates: Candidate[] = [];
  const places = new Places(box);
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if ((x & 63) === 0) yield;
      const fit = fitAt(x, y, inner, ring, state);
      if (!fit) continue;
      const fresh = open.within(inner, x, y);
      places.put(x, y, candidates.length);
      candidates.push({ x, y, ...fit, fresh, score: scoreOf(fit, fresh, size) });
    }
  }
  const placed: Placed[] = [];
  while (open.left() > NEW * size && placed.length < MOST) {
    yield;
    const best = bestOf(candidates);
    if (!best) break;
    const centre = plateau(
      best,
      [...places.near(best, 2, 2)].map((k) => candidates[k]!),
    );
    for (const [u, v] of inner) for (const [dx, dy] of AROUND) open.explain(best.x + u + dx, best.y + v + dy);
    // only those that share pixels with what was just explained have changed
    for (const k of places.near(best, template.width + 2, template.height + 2)) {
      const one = candidates[k]!;
      one.fresh = open.within(inner, one.x, one.y);
      one.score = scoreOf(one, one.fresh, size);
    }
    placed.push({
      x: centre.x + template.phase[0],
      y: centre.y + template.phase[1],
      visible: best.visible,
      outline: best.outline,
    });
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
  /** How well it explains what is left; 0 where it does not. */
  score: number;
}

/** Which candidate stands at a pixel of a box. */
class Places {
  private readonly at: Int32Array;
  private readonly width: number;

  constructor(private readonly box: { left: number; top: number; right: number; bottom: number }) {
    this.width = box.right - box.left;
    this.at = new Int32Array(this.width * (box.bottom - box.top)).fill(-1);
  }

  put(x: number, y: number, candidate: number): void {
    this.at[(y - this.box.top) * this.width + x - this.box.left] = candidate;
  }

  /** The candidates at most so far away, row by row. */
  *near({ x, y }: { x: number; y: number }, dx: number, dy: number): Generator<number> {
    const { left, top, right, bottom } = this.box;
    for (let v = Math.max(top, Math.ceil(y - dy)); v <= Math.min(bottom - 1, y + dy); v++) {
      for (let u = Math.max(left, Math.ceil(x - dx)); u <= Math.min(right - 1, x + dx); u++) {
        const candidate = this.at[(v - top) * this.width + u - left]!;
        if (candidate >= 0) yield candidate;
      }
    }
  }
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
function bestOf(candidates: Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  let most = 0;
  for (const candidate of candidates) if (candidate.score > most) [best, most] = [candidate, candidate.score];
  return best;
}

function scoreOf({ visible, outline }: { visible: number; outline: number }, fresh: number, size: number): number {
  const share = fresh / size;
  if (share < NEW * (visible < 0.6 ? 0.8 : 1) || share < 0.04) return 0;
  // little of a marker is only believed where its outline shows
  return Math.min(share, 0.75) + 1.2 * outline * visible ** 0.5 - (share < 0.35 && outline < 0.25 ? 0.6 : 0);
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
  const allowed = Math.max((1 - INSIDE) * inner.length, Math.min(3, SMALL_OUTSIDE * inner.length));
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

/** The middle of the equally good places among those round the best one. */
function plateau(
  best: { x: number; y: number; visible: number; outline: number },
  all: Array<{ x: number; y: number; visible: number; outline: number }>,
) {
  const worth = (c: { visible: number; outline: number }) => c.visible + c.outline;
  const near = all.filter((c) => worth(c) >= worth(best) - 0.06);
  return {
    x: near.reduce((sum, c) => sum + c.x, 0) / near.length,
    y: near.reduce((sum, c) => sum + c.y, 0) / near.length,
  };
}
