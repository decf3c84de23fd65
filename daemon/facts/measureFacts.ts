import type { Fact } from '../media/fact';
import type { Media, RgbxMedia } from '../media/media';
import { audioFacts } from './audio';
import type { FactTools } from './factTools';
import { fmriFacts } from './fmri';
import { imageFacts } from './image';
import { imuFacts } from './imu';
import { mapFacts } from './maps';
import { pointFacts } from './points';
import { videoFacts } from './video';

/** The media of a kind; a depth and a normal map share one type. */
type MediaOf<K extends Media['kind']> = K extends RgbxMedia['kind'] ? RgbxMedia : Extract<Media, { kind: K }>;

const measures = {
  image: imageFacts,
  audio: audioFacts,
  point: pointFacts,
  video: videoFacts,
  rgbd: mapFacts,
  rgbn: mapFacts,
  imu: imuFacts,
  fmri: fmriFacts,
} satisfies { [K in Media['kind']]: (media: MediaOf<K>, tools: FactTools) => Fact[] | Promise<Fact[]> };

/** All facts of a file: its size and format, then those of its kind of media. `bytes` is the file's size. Throws CANCELLED. */
export async function measureFacts(
  media: Media,
  file: { name: string; bytes: number },
  tools: FactTools = {},
): Promise<Fact[]> {
  const measure = measures[media.kind] as (media: Media, tools: FactTools) => Fact[] | Promise<Fact[]>;
  return [...fileFacts(file.bytes, media.format), ...(await measure(media, tools))];
}

/** What every file has. @param bytes its size */
export function fileFacts(bytes: number, format: string): Fact[] {
  return [
    { name: 'file.size', value: bytes, unit: 'B', how: 'Bytes of the file.' },
    { name: 'file.format', value: format, how: 'Told from the first bytes of the file, not from its name.' },
  ];
}
