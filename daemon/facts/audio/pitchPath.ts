import { candidateCost, octaveCost, type PitchCandidate } from './yin';

/**
 * What leaving a frame without pitch costs, in units of aperiodicity: dips above are not taken. The octave cost of the
 * best candidate is added, for it chooses between octaves and does not speak against deep voices.
 */
const UNVOICED_COST = 0.3;
/** Jumps cost by the octave, and a change between voice and none this. */
const JUMP_COST = 0.35;
const VOICING_COST = 0.12;

interface State {
  candidate: PitchCandidate | undefined;
  cost: number;
  from: number;
}

/**
 * One candidate or none a frame, so that their aperiodicities and the jumps between neighbours are least in sum
 * (dynamic programming, as in Praat and pYIN).
 */
export function pitchPath(frames: readonly PitchCandidate[][]): Array<PitchCandidate | undefined> {
  const columns: State[][] = [];
  for (const candidates of frames) {
    const before = columns.at(-1);
    const unvoiced = UNVOICED_COST + (candidates[0] ? octaveCost(candidates[0]) : 0);
    columns.push(
      [undefined, ...candidates].map((candidate) =>
        cheapest(candidate, candidate ? candidateCost(candidate) : unvoiced, before),
      ),
    );
  }
  const path: Array<PitchCandidate | undefined> = [];
  let at = columns.at(-1)?.reduce((best, state, i, all) => (state.cost < all[best]!.cost ? i : best), 0) ?? 0;
  for (let f = columns.length - 1; f >= 0; f--) {
    const state = columns[f]![at]!;
    path.push(state.candidate);
    at = state.from;
  }
  return path.reverse();
}

function cheapest(candidate: PitchCandidate | undefined, own: number, before: readonly State[] | undefined): State {
  if (!before) return { candidate, cost: own, from: 0 };
  let [from, least] = [0, Number.POSITIVE_INFINITY];
  before.forEach((state, i) => {
    const cost = state.cost + jump(state.candidate, candidate);
    if (cost < least) [from, least] = [i, cost];
  });
  return { candidate, cost: own + least, from };
}

function jump(a: PitchCandidate | undefined, b: PitchCandidate | undefined): number {
  if (!a && !b) return 0;
  if (!a || !b) return VOICING_COST;
  return JUMP_COST * Math.abs(Math.log2(a.hz / b.hz));
}
