import type { Fact, FactValue } from '../../media/fact';
import type { VideoMedia } from '../../media/media';
import type { Cancellation } from '../../media/text';
import { audioFacts } from '../audio';
import { scanFacts } from './scanFacts';

/** What is measured about a video: its header, its scanned frames, and its sound track where that was decoded. */
export async function videoFacts(media: VideoMedia, tools: { signal?: Cancellation } = {}): Promise<Fact[]> {
  const { sound } = media;
  return [
    ...headerFacts(media),
    ...sampleFacts(media),
    ...scanFacts(media),
    ...soundFacts(media),
    ...(sound?.audio ? await audioFacts(sound.audio, tools) : []),
  ];
}

function headerFacts(media: VideoMedia): Fact[] {
  const { duration, frameRate, variableRate, width, height, codec, profile, totalFrames, bitRate, color } = media;
  const counted = totalFrames === undefined ? 'stated by the header' : `times of ${totalFrames} frames in the file`;
  const turned = media.rotation ? `, turned by the ${media.rotation}° that the file states` : '';
  return [
    fact('video.duration', round(duration, 3), `end of the last frame less the begin of the first: ${counted}`, 's'),
    fact('video.frameRate', round(frameRate, 3), `mean: ${counted}`, 'Hz'),
    ...maybe(
      'video.variableRate',
      variableRate,
      'whether distances between frames differ by more than a tenth and 2 ms',
    ),
    ...maybe('video.width', width ?? media.frames[0]?.width, `from the header, as square pixels${turned}`, 'px'),
    ...maybe('video.height', height ?? media.frames[0]?.height, `from the header, as square pixels${turned}`, 'px'),
    ...maybe('video.codec', codec, 'from the header of the video track'),
    ...maybe('video.profile', profile, "from the codec's configuration in the header"),
    fact(
      'video.frames',
      totalFrames ?? media.frames.length,
      totalFrames === undefined ? 'frames that were decoded' : 'counted in the file, without decoding them',
    ),
    ...maybe('video.bitRate', bitRate === undefined ? bitRate : Math.round(bitRate), bitRateHow(media), 'bit/s'),
    ...maybe('video.rotation', media.rotation, 'clockwise, stated by the file; width and height are turned', '°'),
    ...maybe(
      'video.color',
      color && [color.primaries, color.transfer, color.matrix].filter(Boolean).join(', '),
      'primaries, transfer and matrix that the file states',
    ),
    ...maybe('video.hdr', color?.hdr, 'whether the stated transfer is PQ or HLG'),
    ...maybe('video.created', media.created, 'time of making that the file states'),
    ...maybe(
      'video.loop',
      plays(media.plays),
      'how often it plays, stated by the file; browsers repeat "n times" n + 1 times',
    ),
  ];
}

const bitRateHow = ({ plays }: VideoMedia): string =>
  plays === undefined ? 'bytes of all frames / duration' : 'bytes of the file / duration';

function plays(count: number | undefined): string | number | undefined {
  return count === 0 ? 'for ever' : count;
}

function sampleFacts({ frames, times, totalFrames, decodedBy }: VideoMedia): Fact[] {
  if (frames.length === 0) return [];
  const all = totalFrames === frames.length ? 'all frames of the file' : 'spread over the scenes by their length';
  return [
    fact(
      'video.sampledFrames',
      (times ?? []).map((t) => round(t, 3)),
      `seconds of the ${frames.length} frames that the model sees, ${all}; decoded by ${decodedBy ?? 'the reader'}`,
      's',
    ),
  ];
}

function soundFacts({ sound }: VideoMedia): Fact[] {
  if (!sound) return [fact('video.sound', false, 'whether there is a sound track')];
  const how = "from the sound track's header";
  return [
    fact('video.sound', true, 'whether there is a sound track'),
    fact('video.sound.codec', sound.codec, how),
    ...(sound.sampleRate > 0 ? [fact('video.sound.sampleRate', sound.sampleRate, how, 'Hz')] : []),
    ...(sound.channels > 0 ? [fact('video.sound.channels', sound.channels, how)] : []),
    ...(sound.audio
      ? [
          fact(
            'video.sound.decoded',
            round((sound.audio.channels[0]?.length ?? 0) / sound.audio.sampleRate, 3),
            'seconds of it that were decoded, from its beginning; the audio facts are of these',
            's',
          ),
        ]
      : []),
  ];
}

function fact(name: string, value: FactValue, how: string, unit?: string): Fact {
  return { name, value, ...(unit ? { unit } : {}), how };
}

const maybe = (name: string, value: FactValue | undefined, how: string, unit?: string): Fact[] =>
  value === undefined || value === '' ? [] : [fact(name, value, how, unit)];

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
