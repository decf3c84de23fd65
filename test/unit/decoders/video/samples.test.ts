import { describe, expect, it } from 'vitest';
import { detectAmong } from '../../../../daemon/decoders/detect';
import type { DecodeTools } from '../../../../daemon/decoders/format';
import { formats as images } from '../../../../daemon/decoders/image';
import { formats } from '../../../../daemon/decoders/video';
import type { ImageMedia, VideoMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

interface Probed {
  codec: string;
  width: number;
  height: number;
  frames: number;
  averageRate: number;
  duration: number;
  rotation: number;
  sampleAspect: string | null;
  transfer: string | null;
  created: string | null;
  sound?: { codec: string; sampleRate: number; channels: number };
}
const probed = JSON.parse(fixture('video/expected.json').toString()) as Record<string, Probed>;
const all = [...formats, ...images];

async function decodeFile(name: string, tools?: DecodeTools): Promise<VideoMedia> {
  const bytes = fixture(`video/${name}`);
  const media = await detectAmong(all, bytes, name).format.decode(bytes, name, undefined, tools);
  if (media.kind !== 'video') throw new Error(`${name} became ${media.kind}`);
  return media;
}

/** What ffprobe says, as our media say it. */
const SOUND_NAMES: Record<string, string> = { pcm_s16le: 'pcm-s16' };

describe('containers of real tools: what ffprobe says', () => {
  // the header of this AVI says one frame more: an empty chunk that repeats the last
  const frames = (name: string, { frames }: Probed) => (name === 'mpeg4-mp3.avi' ? frames + 1 : frames);

  it.each(Object.entries(probed).filter(([name]) => name !== 'sound-only.mp4'))('%s', async (name, e) => {
    const media = await decodeFile(name);
    expect(media.format).toBe(name.split('.').pop());
    expect(media.codec).toBe(e.codec);
    const turned = e.rotation % 180 !== 0;
    const [width, height] = turned ? [e.height, e.width] : [e.width, e.height];
    const [across, down] = (e.sampleAspect ?? '1:1').split(':').map(Number) as [number, number];
    expect([media.width, media.height]).toEqual([Math.round((width * across) / down), height]);
    expect(media.totalFrames).toBe(frames(name, e));
    expect(media.color?.hdr ?? false).toBe(e.transfer === 'smpte2084');
    expect(media.created).toBe(e.created?.replace('.000000Z', 'Z'));
    const { codec, sampleRate, channels } = media.sound ?? {};
    const sound = e.sound && { ...e.sound, codec: SOUND_NAMES[e.sound.codec] ?? e.sound.codec };
    expect(media.sound && { codec, sampleRate, channels }).toEqual(sound);
  });

  it.each([
    ['h264-aac.mp4', 3, 25, false],
    ['h264-pcm.mov', 1, 30, false],
    ['hevc.mp4', 1, 24, false],
    ['fragmented.mp4', 1, 10, false],
    ['vp8-vorbis.webm', 1, 15, false],
    ['vp9-opus.webm', 3, 10, false],
    ['live.webm', 3, 10, false],
    ['av1.mkv', 1, 10, false],
    ['h264.mkv', 1, 25, false],
    ['mjpeg-pcm.avi', 3, 5, false],
    ['mpeg4-mp3.avi', 1.04, 25, false],
    // ten frames 40 ms apart, then three 200 ms apart, the last of which lasts 40 ms
    ['variable.mp4', 0.84, 13 / 0.84, true],
    ['prores.mov', 0.4, 5, false],
    ['still.mp4', 0.2, 5, false],
  ] as const)('%s lasts %f s at %f Hz, variable: %s', async (name, duration, rate, variable) => {
    const media = await decodeFile(name);
    expect(media.duration).toBeCloseTo(duration, 2);
    expect(media.frameRate).toBeCloseTo(rate, 3);
    expect(media.variableRate).toBe(variable);
  });

  it.each([
    ['h264-aac.mp4', 'High, level 1'],
    ['hdr.mp4', 'Main 10, level 1'],
    ['vp9-opus.webm', 'Profile 0, level 1'],
    ['av1.mkv', 'Main, level 2'],
    ['prores.mov', 'Proxy'],
  ])('%s has the profile %s', async (name, profile) => {
    expect((await decodeFile(name)).profile).toBe(profile);
  });

  it('a codec that nothing here decodes has no frames, and a sentence says what to do', async () => {
    const media = await decodeFile('hevc.mp4');
    expect(media.frames).toEqual([]);
    expect(media.decodedBy).toBeUndefined();
    expect(media.warnings).toEqual([expect.stringMatching(/HEVC \(H\.265\).*Install ffmpeg.*chat panel/)]);
  });

  it('a file without a video track is an error', async () => {
    await expect(decodeFile('sound-only.mp4')).rejects.toMatchObject({ code: 'MEDIA_EMPTY' });
  });
});

const pixel = ({ data, width }: ImageMedia, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

describe('Motion JPEG is decoded without a tool', () => {
  /** The square is 16 wide and begins at 8 + 60 t (make.py). */
  it.each([
    ['mjpeg.mov', 10],
    ['mjpeg.mkv', 5],
  ] as const)('%s: the white square where it was drawn', async (name, rate) => {
    const { frames, times, decodedBy, warnings } = await decodeFile(name);
    expect({ decodedBy, warnings, count: frames.length }).toEqual({ decodedBy: 'sharp', warnings: [], count: rate });
    frames.forEach((frame, i) => {
      expect(times![i]).toBeCloseTo(i / rate, 3);
      const left = 8 + (60 * i) / rate;
      const [inside, outside] = [pixel(frame, left + 8, 32), pixel(frame, (left + 48) % 96, 32)];
      for (const v of inside) expect(v).toBeGreaterThan(225);
      for (const v of outside) expect(Math.abs(v - 128)).toBeLessThan(20);
    });
  });

  it('the cuts of three scenes of one second, and the PCM sound', async () => {
    const { sceneCuts, frames, scan, sound } = await decodeFile('mjpeg-pcm.avi');
    expect(sceneCuts).toEqual([1, 2]);
    expect(frames.length).toBe(15);
    expect(scan?.complete).toBe(true);
    const { channels, sampleRate } = sound!.audio!;
    expect([sampleRate, channels.length, channels[0]!.length]).toEqual([8000, 1, 4000]);
    // ffmpeg's sine has the amplitude 1/8
    expect(Math.max(...channels[0]!)).toBeCloseTo(0.125, 2);
  });

  it('MP3 sound of an AVI', async () => {
    const { sound } = await decodeFile('mpeg4-mp3.avi');
    expect(sound?.audio?.sampleRate).toBe(44100);
    expect(sound!.audio!.channels[0]!.length / 44100).toBeCloseTo(1.04, 1);
  });
});

describe('animations: every frame as it is shown', () => {
  it.each([
    ['loop.gif', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 0.8, 0, false],
    ['thrice.gif', [0, 0.1, 0.3, 0.6], 1, 4, true],
    ['once.gif', [0, 0.05, 0.1], 0.15, 1, false],
    ['loop.webp', [0, 0.08, 0.16, 0.24, 0.32, 0.4], 0.48, 0, false],
    ['lossy.webp', [0, 0.04, 0.1], 0.18, 2, true],
  ] as const)('%s', async (name, times, duration, plays, variable) => {
    const media = await decodeFile(name);
    expect(media.times).toEqual(times);
    expect(media.duration).toBeCloseTo(duration, 9);
    expect(media).toMatchObject({
      plays,
      variableRate: variable,
      width: 40,
      height: 60,
      decodedBy: 'sharp',
      warnings: [],
    });
    // the red square is 10 x 10 at (10, 4 i)
    media.frames.forEach((frame, i) => {
      const [r, , b] = pixel(frame, 15, 4 * i + 5);
      expect(r).toBeGreaterThan(200);
      expect(b).toBeLessThan(60);
      expect(pixel(frame, 30, 30)[2]).toBeGreaterThan(200);
    });
  });

  it('one frame stays a picture', async () => {
    for (const name of ['video/single.webp', 'image/still.gif', 'image/lossy.webp']) {
      const bytes = fixture(name);
      const media = await detectAmong(all, bytes, name).format.decode(bytes, name);
      expect(media.kind).toBe('image');
    }
  });

  it('a long one is scanned in 200 frames; cuts are placed at the very frame; 16 frames are kept', async () => {
    const { sceneCuts, scan, frames, times, totalFrames } = await decodeFile('long.gif');
    expect(totalFrames).toBe(450);
    expect(scan!.times.length).toBe(200);
    expect(sceneCuts).toEqual([3.6, 7.2, 10.8, 14.4]);
    expect(frames.length).toBe(16);
    // five scenes of the same length: three each, and one more
    const scenes = [0, 3.6, 7.2, 10.8, 14.4].map((from) => times!.filter((t) => t >= from && t < from + 3.6).length);
    expect(scenes.sort()).toEqual([3, 3, 3, 3, 4]);
  });
});

describe('frames of a tool', () => {
  const grey = (value: number): ImageMedia => ({
    kind: 'image',
    width: 4,
    height: 4,
    data: new Uint8ClampedArray(64).fill(value),
    format: 'video',
    channels: 3,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  });

  it('are asked for at the times of frames of the file', async () => {
    const asked: number[][] = [];
    const video = {
      name: 'fake',
      frames: async (_: Uint8Array, { times }: { times: number[] }) => {
        asked.push(times);
        return times.map((time) => ({ time, image: grey(time < 0.5 ? 20 : 220) }));
      },
    };
    const media = await decodeFile('hevc.mp4', { video });
    expect(asked[0]!.length).toBe(24);
    expect(asked[1]!.length).toBe(16);
    expect(media).toMatchObject({ decodedBy: 'fake', sceneCuts: [0.5], warnings: [] });
  });

  it('that fail leave the header and a warning; a cancel is thrown on', async () => {
    const failing = { name: 'fake', frames: async () => Promise.reject(new Error('no such decoder')) };
    const media = await decodeFile('hevc.mp4', { video: failing });
    expect(media.frames).toEqual([]);
    expect(media.warnings[0]).toMatch(/no such decoder/);
  });
});
