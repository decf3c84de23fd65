import type { Fact } from '../../media/fact';
import type { VideoMedia } from '../../media/media';
import { imageFacts } from '../image';

/** What is measured about a video. */
export function videoFacts({ frames, duration, frameRate }: VideoMedia): Fact[] {
  const [first] = frames;
  return [
    { name: 'video.duration', value: duration, unit: 's', how: 'Read from the header.' },
    { name: 'video.frameRate', value: frameRate, unit: 'Hz', how: 'Read from the header.' },
    { name: 'video.frames', value: frames.length, how: 'Frames that were decoded.' },
    ...(first ? imageFacts(first).filter(({ name }) => name === 'image.width' || name === 'image.height') : []),
  ];
}
