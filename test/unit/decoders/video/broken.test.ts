import { describe, expect, it } from 'vitest';
import { decode, detectFormat } from '../../../../daemon/decoders';
import { formats } from '../../../../daemon/decoders/video';
import { scanEbml } from '../../../../daemon/decoders/video/ebmlScan';
import { scanIsobmff } from '../../../../daemon/decoders/video/isobmffScan';
import { fixture, formatById, outcome } from '../../../support/mediaFixtures';

const whole = (name: string) => fixture(`video/${name}`);
const cut = (name: string, bytes: number) => whole(name).subarray(0, bytes);

/** A copy with one 32-bit big-endian number changed: that of the table of this name, `at` bytes after its name. */
function withNumber(name: string, box: string, at: number, value: number): Buffer {
  const copy = Buffer.from(whole(name));
  copy.writeUInt32BE(value, copy.indexOf(box, 'latin1') + at);
  return copy;
}

describe('broken videos beside the error that they give', () => {
  it.each<[string, string, Uint8Array, string]>([
    ['mp4', 'ends inside its samples, before the movie header', cut('h264-aac.mp4', 5000), 'FILE_TRUNCATED'],
    ['mp4', 'ends inside its movie header', cut('h264-aac.mp4', 12_000), 'FILE_TRUNCATED'],
    ['mp4', 'has no movie header', cut('h264-aac.mp4', 40), 'FILE_DAMAGED'],
    [
      'mp4',
      'has a table of four thousand million time runs',
      withNumber('h264-aac.mp4', 'stts', 8, 0xffff_ffff),
      'FILE_DAMAGED',
    ],
    [
      'mp4',
      'has a run of four thousand million samples',
      withNumber('h264-aac.mp4', 'stts', 12, 0xffff_ffff),
      'FILE_DAMAGED',
    ],
    ['mp4', 'has four thousand million sizes', withNumber('h264-aac.mp4', 'stsz', 12, 0xffff_ffff), 'FILE_DAMAGED'],
    ['mp4', 'has chunks out of order', withNumber('h264-aac.mp4', 'stsc', 12, 0xff00_0001), 'FILE_DAMAGED'],
    [
      'mp4',
      'has a box that is longer than what holds it',
      withNumber('h264-aac.mp4', 'mdia', -4, 100_000),
      'FILE_DAMAGED',
    ],
    [
      'mp4',
      'has a fragment of more samples than fit',
      withNumber('fragmented.mp4', 'trun', 8, 1_000_000),
      'FILE_DAMAGED',
    ],
    ['mp4', 'holds sound alone', whole('sound-only.mp4'), 'MEDIA_EMPTY'],
    ['webm', 'ends inside its header', cut('vp9-opus.webm', 30), 'FILE_TRUNCATED'],
    ['webm', 'ends before its tracks', cut('vp9-opus.webm', 230), 'FILE_TRUNCATED'],
    ['webm', 'ends inside its tracks', cut('vp9-opus.webm', 270), 'FILE_TRUNCATED'],
    ['mkv', 'ends before its first frame', cut('h264.mkv', 700), 'FILE_TRUNCATED'],
    ['mkv', 'ends inside its only cluster', cut('h264.mkv', 2000), 'FILE_TRUNCATED'],
    ['avi', 'ends inside its stream headers', cut('mjpeg-pcm.avi', 60), 'FILE_TRUNCATED'],
    ['avi', 'ends before its frames', cut('mjpeg-pcm.avi', 5000), 'FILE_TRUNCATED'],
    ['animated-gif', 'ends inside its first frame', cut('loop.gif', 60), 'FILE_TRUNCATED'],
    ['animated-webp', 'ends inside a frame', cut('loop.webp', 300), 'FILE_TRUNCATED'],
  ])('%s that %s: %4$s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });

  it('the frames before a cut are kept, with a warning', async () => {
    for (const [name, bytes] of [
      ['clusters.mkv', 2200],
      ['mjpeg-pcm.avi', 20_000],
      ['loop.gif', 400],
    ] as const) {
      const { media } = await decode(cut(name, bytes), name);
      expect(media.kind).toBe('video');
      expect(media.warnings.join(' ')).toMatch(/cut short/);
    }
  });
});

describe('what is a video is told by its bytes', () => {
  it.each([
    ['h264-aac.mp4', 'mp4'],
    ['mjpeg.mov', 'mov'],
    ['vp8-vorbis.webm', 'webm'],
    ['av1.mkv', 'mkv'],
    ['mpeg4-mp3.avi', 'avi'],
    ['loop.gif', 'animated-gif'],
    ['once.gif', 'animated-gif'],
    ['loop.webp', 'animated-webp'],
  ])('%s -> %s, under any name', (name, id) => {
    for (const as of [name, 'file', 'file.dat']) expect(detectFormat(whole(name), as).id).toBe(id);
  });

  it.each([
    ['image/still.gif', 'gif'],
    ['image/lossy.webp', 'webp'],
    ['image/alpha.avif', 'avif'],
  ])('%s stays a picture', (name, id) => {
    expect(detectFormat(fixture(name), name).id).toBe(id);
  });

  it('sound in an MP4 container is no video', () => {
    expect(() => detectFormat(fixture('audio/aac.m4a'), 'aac.m4a')).toThrow(/no known kind/);
  });
});

describe('the scans before the library', () => {
  it('read the time of making', () => {
    expect(scanIsobmff(whole('h264-aac.mp4'), 'MP4')).toEqual({ created: '2024-05-06T07:08:09Z', hasMovie: true });
    expect(scanEbml(whole('av1.mkv'), 'MKV')).toEqual({ docType: 'matroska', cut: false });
  });
});
