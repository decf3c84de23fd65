import type { Fact } from '../../media/fact';
import type { AudioMedia } from '../../media/media';
import { rounded } from './rounded';
import { stereoImage } from './stereoImage';
import type { WorkPacer } from './workPacer';

/** How far apart two channels are; none for other numbers of channels, nor for silence. */
export async function stereoFacts({ channels }: AudioMedia, pacer: WorkPacer): Promise<Fact[]> {
  const [left, right] = channels;
  if (!left || !right || channels.length !== 2) return [];
  const image = await stereoImage([left, right], pacer);
  if (!image) return [];
  const { width, correlation, balance, dualMono } = image;
  return [
    {
      name: 'audio.stereoWidth',
      value: rounded(width, 4),
      how: 'energy of the sides over that of middle and sides: 0 mono, 0.5 unrelated channels, 1 opposite ones',
    },
    { name: 'audio.dualMono', value: dualMono, how: 'whether both channels hold the same samples' },
    ...(correlation === undefined
      ? []
      : [{ name: 'audio.correlation', value: rounded(correlation, 4), how: 'Pearson’s, left with right channel' }]),
    ...(balance === undefined
      ? []
      : [
          {
            name: 'audio.balance',
            value: rounded(balance, 2),
            unit: 'dB',
            how: 'energy of the left over that of the right channel',
          },
        ]),
  ];
}
