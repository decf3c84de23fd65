import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { CLIPPED_GAP_SECONDS, CLIPPED_RUN, FLOOR_DBFS, MAX_CLIPPED_SPANS, measureLevels, toDbfs } from './levels';
import { rounded } from './rounded';
import { oversampling, truePeak } from './truePeak';
import type { WorkPacer } from './workPacer';

/** Peaks, root mean square, clipping and offset, over every sample. */
export async function levelFacts({ channels, sampleRate, bitDepth }: AudioMedia, pacer: WorkPacer): Promise<Fact[]> {
  const { peak, rms, clipped, clippedSpans, dcOffset } = await measureLevels(channels, sampleRate, bitDepth, pacer);
  const between = await truePeak(channels, sampleRate, peak, pacer);
  const floor = `digital silence is ${FLOOR_DBFS}`;
  const runs = `runs of at least ${CLIPPED_RUN} samples at full scale`;
  return [
    {
      name: 'audio.peak',
      value: rounded(toDbfs(peak), 2),
      unit: 'dBFS',
      how: `largest sample of any channel; ${floor}`,
    },
    {
      name: 'audio.truePeak',
      value: rounded(toDbfs(between.peak), 2),
      unit: 'dBTP',
      how:
        `largest value between the samples${between.isExact ? '' : ' of the loudest stretches'}, ` +
        `${oversampling(sampleRate)} times oversampled (BS.1770-4, annex 2); ${floor}`,
    },
    {
      name: 'audio.rms',
      value: rounded(toDbfs(rms), 2),
      unit: 'dBFS',
      how: `root mean square of all channels; ${floor}`,
    },
    { name: 'audio.clipped', value: clipped, unit: 'samples', how: `samples in ${runs}` },
    ...(clippedSpans.length === 0
      ? []
      : [
          {
            name: 'audio.clippedSpans',
            value: clippedSpans.map(([from, to]) => [rounded(from / sampleRate, 4), rounded(to / sampleRate, 4)]),
            unit: 's',
            how:
              `[start, end] of ${runs} in any channel, joined over gaps up to ${CLIPPED_GAP_SECONDS * 1000} ms, ` +
              `the first ${MAX_CLIPPED_SPANS}`,
          },
        ]),
    {
      name: 'audio.dcOffset',
      value: rounded(dcOffset, 6),
      how: 'mean sample (full scale 1) of the channel farthest off 0',
    },
  ];
}
