import type { Fact } from '../media/fact';
import type { FmriMedia, ImuMedia, Media, RgbxMedia, VideoMedia } from '../media/media';
import { audioFacts } from './audio';
import { imageFacts } from './image';
import { pointFacts } from './points';

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
} satisfies { [K in Media['kind']]: (media: MediaOf<K>) => Fact[] };

/** All facts of a file: its size and format, then those of its kind of media. `bytes` is the file's size. */
export function measureFacts(media: Media, file: { name: string; bytes: number }): Fact[] {
  const measure = measures[media.kind] as (media: Media) => Fact[];
  return [
    { name: 'file.size', value: file.bytes, unit: 'B', how: 'Bytes of the file.' },
    { name: 'file.format', value: media.format, how: 'Told from the first bytes of the file, not from its name.' },
    ...measure(media),
  ];
}

function videoFacts({ frames, duration, frameRate }: VideoMedia): Fact[] {
  const [first] = frames;
  return [
    { name: 'video.duration', value: duration, unit: 's', how: 'Read from the header.' },
    { name: 'video.frameRate', value: frameRate, unit: 'Hz', how: 'Read from the header.' },
    { name: 'video.frames', value: frames.length, how: 'Frames that were decoded.' },
    ...(first ? imageFacts(first).filter(({ name }) => name === 'image.width' || name === 'image.height') : []),
  ];
}

/** Of the map; the photograph is a file of its own. */
function mapFacts({ map }: RgbxMedia): Fact[] {
  return imageFacts(map);
}

function imuFacts({ sampleRate, channels }: ImuMedia): Fact[] {
  const samples = channels[0]?.length ?? 0;
  return [
    { name: 'imu.duration', value: samples / sampleRate, unit: 's', how: 'Samples divided by the sample rate.' },
    { name: 'imu.sampleRate', value: sampleRate, unit: 'Hz', how: 'Read from the file.' },
    { name: 'imu.channels', value: channels.length, how: 'Counted.' },
  ];
}

function fmriFacts({ voxels }: FmriMedia): Fact[] {
  return [{ name: 'fmri.voxels', value: voxels.length, how: 'Counted.' }];
}
