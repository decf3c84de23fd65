import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { measureLoudness, SILENCE_LUFS } from './loudness';
import { rounded } from './rounded';
import type { WorkPacer } from './workPacer';

const WEIGHTING = 'K-weighting of ITU-R BS.1770-4 at this sample rate';

/** Loudness by EBU R 128; none below 4 kHz. */
export async function loudnessFacts({ channels, sampleRate }: AudioMedia, pacer: WorkPacer): Promise<Fact[]> {
  const loudness = await measureLoudness(channels, sampleRate, pacer);
  if (!loudness) return [];
  const { integrated, range, maxMomentary, maxShortTerm } = loudness;
  const optional = (name: string, value: number | undefined, unit: string, how: string): Fact[] =>
    value === undefined ? [] : [{ name, value: rounded(value, 2), unit, how }];
  return [
    {
      name: 'audio.loudness',
      value: rounded(integrated, 2),
      unit: 'LUFS',
      how: `integrated, ${WEIGHTING} and both gates; below 0.4 s without gates; silence is ${SILENCE_LUFS}`,
    },
    ...optional(
      'audio.loudnessRange',
      range,
      'LU',
      'EBU Tech 3342: 10th to 95th percentile of the gated loudness of 3 s windows, every 0.1 s',
    ),
    ...optional('audio.maxMomentary', maxMomentary, 'LUFS', `loudest 0.4 s, every 0.1 s; ${WEIGHTING}`),
    ...optional('audio.maxShortTerm', maxShortTerm, 'LUFS', `loudest 3 s, every 0.1 s; ${WEIGHTING}`),
  ];
}
