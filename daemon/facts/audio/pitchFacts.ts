import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { longMonoWindow, planWindows } from './analysisWindows';
import { findNotes, type Note, noteName } from './notes';
import { PITCH_HOP, type PitchTrack, summarizePitch, trackPitch } from './pitch';
import { rounded } from './rounded';
import type { WorkPacer } from './workPacer';

/** Up to a minute is measured whole; of longer recordings a minute. */
const BUDGET = { whole: 60, count: 6, seconds: 10 };
/** Below this share of frames with pitch, what pitch there is was met by chance. */
const LEAST_VOICED = 0.2;
/** Notes are listed where at least this share of the frames with pitch is in one, and half of the sound has pitch. */
const LEAST_IN_NOTES = 0.6;
const MELODY_VOICED = 0.5;
const MAX_NOTES = 40;
/** Points of the track: more are not read. */
const MAX_POINTS = 40;

/** The pitch of one voice at a time. */
export async function pitchFacts(
  { channels, sampleRate }: AudioMedia,
  onsets: readonly number[],
  pacer: WorkPacer,
): Promise<Fact[]> {
  const { ranges, note } = planWindows(channels[0]!.length, sampleRate, BUDGET);
  const tracks: PitchTrack[] = [];
  for (const range of ranges) {
    const track = await trackPitch(await longMonoWindow(channels, sampleRate, range, pacer), sampleRate, pacer);
    if (track) tracks.push(track);
  }
  const summary = summarizePitch(tracks);
  if (!summary || summary.voiced < LEAST_VOICED) return [];
  const method = 'YIN in windows of 46 ms every 10 ms, 55 to 2100 Hz, one voice (of several often the bass)';
  const notes = tracks.flatMap((track) => findNotes(track, onsets));
  return [
    {
      name: 'audio.pitch',
      value: rounded(summary.median, 1),
      unit: 'Hz',
      how: `median of the windows with a pitch (${noteName(summary.median)}); ${method}${note}`,
    },
    {
      name: 'audio.voiced',
      value: rounded(summary.voiced, 3),
      how: `share of the windows with sound that have a pitch; ${method}${note}`,
    },
    {
      name: 'audio.pitchTrack',
      value: trackPoints(tracks).map(([time, hz]) => [rounded(time, 2), rounded(hz, 1)]),
      how: `[s, Hz], at most ${MAX_POINTS} points spread evenly over the windows with a pitch; ${method}${note}`,
    },
    ...noteFacts(notes, tracks, summary.voiced, `${method}${note}`),
  ];
}

function trackPoints(tracks: readonly PitchTrack[]): Array<[number, number]> {
  const points = tracks.flatMap(({ start, hz }) =>
    [...hz].flatMap((value, f): Array<[number, number]> => (value > 0 ? [[start + f * PITCH_HOP, value]] : [])),
  );
  const count = Math.min(MAX_POINTS, points.length);
  return Array.from({ length: count }, (_, i) => points[Math.floor((i * points.length) / count)]!);
}

function noteFacts(notes: readonly Note[], tracks: readonly PitchTrack[], voiced: number, how: string): Fact[] {
  const withPitch = tracks.reduce((sum, { hz }) => sum + hz.filter((value) => value > 0).length * PITCH_HOP, 0);
  const inNotes = notes.reduce((sum, [, , , duration]) => sum + duration, 0);
  if (voiced < MELODY_VOICED || inNotes < LEAST_IN_NOTES * withPitch) return [];
  return [
    {
      name: 'audio.notes',
      value: notes
        .slice(0, MAX_NOTES)
        .map(([start, name, hz, duration]) => [rounded(start, 2), name, rounded(hz, 1), rounded(duration, 2)]),
      how: `[start s, name, Hz, duration s] of steady pitches of at least 80 ms, the first ${MAX_NOTES}; ${how}`,
    },
  ];
}
