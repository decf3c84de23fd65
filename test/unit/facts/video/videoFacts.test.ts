import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import { videoFacts } from '../../../../daemon/facts/video';
import { motionDirection } from '../../../../daemon/facts/video/motionDirection';
import type { VideoMedia, VideoScan } from '../../../../daemon/media/media';
import { fixture, seeded } from '../../../support/mediaFixtures';

async function factsOf(name: string): Promise<Map<string, unknown>> {
  const { media } = await decode(fixture(`video/${name}`), name);
  return new Map((await videoFacts(media as VideoMedia)).map((f) => [f.name, f.value]));
}

describe('facts of real files', () => {
  it('Motion JPEG in AVI: header, three scenes, black at the end, the sound', async () => {
    const facts = await factsOf('mjpeg-pcm.avi');
    expect(Object.fromEntries(facts)).toMatchObject({
      'video.duration': 3,
      'video.frameRate': 5,
      'video.variableRate': false,
      'video.width': 96,
      'video.height': 64,
      'video.codec': 'mjpeg',
      'video.frames': 15,
      'video.sceneCuts': [1, 2],
      'video.scenes': 3,
      'video.blackSpans': [[2, 3]],
      'video.sound': true,
      'video.sound.codec': 'pcm-s16',
      'video.sound.decoded': 0.5,
      'audio.duration': 0.5,
    });
  });

  it('GIF: how often it plays, the square goes down', async () => {
    const facts = await factsOf('loop.gif');
    expect(facts.get('video.loop')).toBe('for ever');
    expect(facts.get('video.motionDirection')).toBe('down');
    expect((await factsOf('thrice.gif')).get('video.loop')).toBe(4);
  });

  it('a header alone: nothing that needs frames', async () => {
    const facts = await factsOf('hdr.mp4');
    expect(facts.get('video.hdr')).toBe(true);
    expect(facts.get('video.color')).toBe('bt2020, pq, bt2020-ncl');
    for (const name of ['video.motion', 'video.sceneCuts', 'video.brightness', 'video.sampledFrames'])
      expect(facts.has(name)).toBe(false);
  });

  it('every fact says how it was measured', async () => {
    const { media } = await decode(fixture('video/long.gif'), 'long.gif');
    const facts = await videoFacts(media as VideoMedia);
    for (const { how } of facts) expect(how.length).toBeGreaterThan(5);
    expect(facts.find((f) => f.name === 'video.motion')?.how).toMatch(/200 sampled frames, about 0.09 s apart/);
  });
});

describe('direction of motion', () => {
  const [width, height] = [160, 96];
  const random = seeded(5);
  /** Smooth noise, larger than a frame, so that a window can be moved over it. */
  const texture = Array.from({ length: 400 * 400 }, () => random(256));
  const at = (x: number, y: number) => {
    const [u, v] = [Math.floor(x) + 120, Math.floor(y) + 120];
    return (texture[(v >> 2) * 400 + (u >> 2)]! + texture[(v >> 3) * 400 + (u >> 3)]!) >> 1;
  };
  const scan = (window: (x: number, y: number, i: number) => [number, number]): VideoScan => ({
    times: [0, 0.1, 0.2, 0.3],
    width,
    height,
    complete: true,
    luma: Array.from({ length: 4 }, (_, i) =>
      Uint8Array.from({ length: width * height }, (_, k) => at(...window(k % width, Math.floor(k / width), i))),
    ),
  });

  it.each([
    ['right', (x: number, y: number, i: number): [number, number] => [x - 4 * i, y]],
    ['left', (x: number, y: number, i: number): [number, number] => [x + 5 * i, y]],
    ['down', (x: number, y: number, i: number): [number, number] => [x, y - 3 * i]],
    ['up', (x: number, y: number, i: number): [number, number] => [x, y + 6 * i]],
    ['none', (x: number, y: number): [number, number] => [x, y]],
    [
      'zoom in',
      (x: number, y: number, i: number): [number, number] => [80 + (x - 80) / 1.06 ** i, 48 + (y - 48) / 1.06 ** i],
    ],
  ] as const)('%s', (direction, window) => {
    expect(motionDirection(scan(window), [])?.direction).toBe(direction);
  });

  it('is not told across cuts, nor of frames far apart', () => {
    const moving = scan((x, y, i) => [x - 4 * i, y]);
    expect(motionDirection(moving, [0.1, 0.2, 0.3])).toBeUndefined();
    expect(motionDirection({ ...moving, times: [0, 2, 4, 6] }, [])).toBeUndefined();
  });
});
