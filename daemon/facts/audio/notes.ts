import { PITCH_HOP, type PitchTrack } from './pitch';

/** [start in s, name, Hz, duration in s] */
export type Note = [number, string, number, number];

/** Semitones round a note's pitch that still belong to it, for at most STRAY frames beyond. */
const WIDTH = 0.7;
const STRAY = 3;
/** Seconds: shorter ones are no notes. */
const SHORTEST = 0.08;
/** Onsets nearer to a note's ends do not split it. */
const MARGIN = 0.06;
/** Mean distance of the frames from the note's median, semitones: more is a glide. */
const STEADY = 0.3;

const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

const toMidi = (hz: number): number => 69 + 12 * Math.log2(hz / 440);
const toHz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** "A4" for 440 Hz: the nearest note of equal temperament. */
export function noteName(hz: number): string {
  const midi = Math.round(toMidi(hz));
  return `${NAMES[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}`;
}

/** Stretches of steady pitch; an onset (in seconds) begins a new one at the same pitch. */
export function findNotes({ start, hz }: PitchTrack, onsets: readonly number[]): Note[] {
  const attacks = new Set(onsets.map((time) => Math.round((time - start) / PITCH_HOP)));
  const notes: Note[] = [];
  let frames: number[] = [];
  let [first, stray] = [0, 0];
  const close = (): void => {
    const note = toNote(start + first * PITCH_HOP, frames);
    if (note) notes.push(note);
    [frames, stray] = [[], 0];
  };
  hz.forEach((value, f) => {
    const isAttack = attacks.has(f) && frames.length * PITCH_HOP >= MARGIN;
    const belongs = value > 0 && (frames.length === 0 || Math.abs(toMidi(value) - median(frames)) <= WIDTH);
    if (frames.length > 0 && (isAttack || (!belongs && ++stray > STRAY))) close();
    if (frames.length === 0 && value > 0) first = f;
    if (value > 0 && (frames.length === 0 || belongs)) {
      frames.push(toMidi(value));
      stray = 0;
    }
  });
  close();
  return notes;
}

/** The latest frames tell where the note is. */
function median(values: readonly number[]): number {
  const sorted = values.slice(-15).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function toNote(start: number, midi: readonly number[]): Note | undefined {
  const duration = midi.length * PITCH_HOP;
  if (duration < SHORTEST) return undefined;
  const sorted = [...midi].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1]!;
  const spread = midi.reduce((sum, value) => sum + Math.abs(value - middle), 0) / midi.length;
  return spread > STEADY ? undefined : [start, noteName(toHz(middle)), toHz(middle), duration];
}
