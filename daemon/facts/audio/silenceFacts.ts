import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { FLOOR_DBFS } from './levels';
import { rounded } from './rounded';
import {
  FRAME_SECONDS,
  findSilence,
  framePowers,
  MAX_SPANS,
  NOISE_PERCENTILE,
  noiseFloor,
  SHORTEST_SPAN,
  SILENCE_DBFS,
} from './silence';
import type { WorkPacer } from './workPacer';

/** Pauses, silence at both ends, and the level of what never stops. */
export async function silenceFacts({ channels, sampleRate }: AudioMedia, pacer: WorkPacer): Promise<Fact[]> {
  const powers = await framePowers(channels, sampleRate, pacer);
  const { share, spans, leading, trailing } = findSilence(powers, channels[0]!.length, sampleRate);
  const floor = noiseFloor(powers);
  const length = `frames of ${FRAME_SECONDS * 1000} ms`;
  const frames = `${length} with a root mean square below ${SILENCE_DBFS} dBFS`;
  return [
    { name: 'audio.silence', value: rounded(share, 4), how: `share of ${frames}` },
    {
      name: 'audio.silenceSpans',
      value: spans.map(([from, to]) => [rounded(from, 3), rounded(to, 3)]),
      unit: 's',
      how: `[start, end] of runs of ${frames}, at least ${SHORTEST_SPAN} s long, the ${MAX_SPANS} longest`,
    },
    { name: 'audio.leadingSilence', value: rounded(leading, 3), unit: 's', how: `${frames}, before the first other` },
    { name: 'audio.trailingSilence', value: rounded(trailing, 3), unit: 's', how: `${frames}, after the last other` },
    ...(floor === undefined
      ? []
      : [
          {
            name: 'audio.noiseFloor',
            value: rounded(floor, 1),
            unit: 'dBFS',
            how:
              `root mean square that ${NOISE_PERCENTILE * 100} % of the ${length} stay below ` +
              `(in sound without pauses its quiet parts, not noise); digital silence is ${FLOOR_DBFS}`,
          },
        ]),
  ];
}
