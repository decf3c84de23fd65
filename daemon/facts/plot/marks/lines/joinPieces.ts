import type { LineTrack } from './readLines';

/** How far two pieces of one line may overlap where something crosses them, pixels. */
const OVERLAP = 3;

/** No more pieces than this are one line: many are the rests of several. */
const MOST_PIECES = 4;

/**
 * Tracks of one colour as one, where none lies over another: what hides a line, such as another one or the legend,
 * parts it into pieces. `entries` is how many of the legend's entries have the colour: only of one line are there pieces.
 */
export function joinPieces(tracks: LineTrack[], entries: number): LineTrack[] {
  if (tracks.length < 2 || tracks.length > MOST_PIECES || entries !== 1) return tracks;
  const ordered = [...tracks].sort((a, b) => startOf(a) - startOf(b));
  if (ordered.some((track, k) => k > 0 && startOf(track) < endOf(ordered[k - 1]!) - OVERLAP)) return tracks;
  return [ordered.reduce(joined)];
}

const startOf = ({ samples }: LineTrack): number => samples[0]?.[0] ?? 0;
const endOf = ({ samples }: LineTrack): number => samples.at(-1)?.[0] ?? 0;

function joined(a: LineTrack, b: LineTrack): LineTrack {
  const end = endOf(a);
  const after = <P extends readonly [number, number]>(points: P[]): P[] => points.filter(([x]) => x > end);
  const samples = [...a.samples, ...after(b.samples)];
  const [n, m] = [a.samples.length, b.samples.length];
  const mean = (of: (track: LineTrack) => number) => (n * of(a) + m * of(b)) / Math.max(1, n + m);
  const dash = n >= m ? (a.dash ?? b.dash) : (b.dash ?? a.dash);
  return {
    vertices: [...a.vertices, ...after(b.vertices)],
    samples,
    markers: [...a.markers, ...after(b.markers)],
    corners: [...a.corners, ...after(b.corners)],
    cornersHold: mean(({ cornersHold }) => cornersHold),
    ...(dash ? { dash } : {}),
    covered: samples.length / Math.max(1, endOf(b) - startOf(a) + 1),
    longestGap: Math.max(a.longestGap, b.longestGap, startOf(b) - end),
    stepShare: mean(({ stepShare }) => stepShare),
    jumps: a.jumps + b.jumps,
  };
}
