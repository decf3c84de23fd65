import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/audio';
import { oggChecksum } from '../../../../daemon/decoders/audio/oggPages';
import { fixture, formatById, outcome } from '../../../support/mediaFixtures';

const wav = fixture('audio/tone16k.s16.wav'); // 44 bytes of header, 9600 of samples
const flac = fixture('audio/stereo.flac');
const vorbis = fixture('audio/stereo.ogg');
const opus = fixture('audio/stereo.opus');
const mp3 = fixture('audio/mono-vbr.mp3');

const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

/** A WAV of 8 kHz, 16 bits, one channel with this data chunk. */
function wavOf(data: Buffer, declared = data.length, tail: Buffer = Buffer.alloc(0)): Buffer {
  const header = changed(wav.subarray(0, 44), (h) => {
    h.writeUInt32LE(8000, 24);
    h.writeUInt32LE(declared, 40);
  });
  return Buffer.concat([header, data, tail]);
}

function chunk(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

/** Starts of all Ogg pages. */
function pageStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 4)) starts.push(at);
  return starts;
}

/** Changes a page and makes its checksum right again, so that the lie reaches the parser behind it. */
function changedPage(bytes: Buffer, page: number, change: (page: Buffer) => void): Buffer {
  return changed(bytes, (copy) => {
    const starts = [...pageStarts(copy), copy.length];
    change(copy.subarray(starts[page], starts[page + 1]));
    copy.writeUInt32LE(oggChecksum(copy, starts[page]!, starts[page + 1]!), starts[page]! + 22);
  });
}

const streamInfo = (bytes: Buffer, change: (body: Buffer) => void): Buffer =>
  changed(bytes, (copy) => change(copy.subarray(8, 42)));

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['wav', 'cut in half', cut(wav, 0.5), 'FILE_TRUNCATED'],
  ['wav', 'cut inside fmt', wav.subarray(0, 30), 'FILE_TRUNCATED'],
  ['wav', 'cut before data', wav.subarray(0, 36), 'FILE_TRUNCATED'],
  ['wav', '4 bytes', wav.subarray(0, 4), 'FILE_TRUNCATED'],
  ['wav', 'zero samples', wavOf(Buffer.alloc(0)), 'MEDIA_EMPTY'],
  ['wav', 'zero samples and a tag', wavOf(Buffer.alloc(0), 0, chunk('LIST', Buffer.from('INFO'))), 'MEDIA_EMPTY'],
  ['wav', 'one byte of a 16-bit sample', wavOf(Buffer.alloc(1)), 'MEDIA_EMPTY'],
  ['wav', 'unknown length, no samples', wavOf(Buffer.alloc(0), 0xffffffff), 'MEDIA_EMPTY'],
  ['wav', '0 channels', changed(wav, (b) => b.writeUInt16LE(0, 22)), 'FILE_DAMAGED'],
  ['wav', '65535 channels', changed(wav, (b) => b.writeUInt16LE(65535, 22)), 'FILE_UNSUPPORTED'],
  ['wav', '0 Hz', changed(wav, (b) => b.writeUInt32LE(0, 24)), 'FILE_DAMAGED'],
  ['wav', '4 GHz', changed(wav, (b) => b.writeUInt32LE(4e9, 24)), 'FILE_UNSUPPORTED'],
  ['wav', '0 bits', changed(wav, (b) => b.writeUInt16LE(0, 34)), 'FILE_DAMAGED'],
  ['wav', '40 bits', changed(wav, (b) => b.writeUInt16LE(40, 34)), 'FILE_UNSUPPORTED'],
  ['wav', 'frames that do not fit', changed(wav, (b) => b.writeUInt16LE(3, 32)), 'FILE_DAMAGED'],
  ['wav', 'no chunks but junk', changed(wav, (b) => b.fill(1, 12)), 'FILE_DAMAGED'],
  ['wav', 'data before fmt', Buffer.concat([wav.subarray(0, 12), chunk('data', Buffer.alloc(8))]), 'FILE_DAMAGED'],
  ['wav', 'big-endian', changed(wav, (b) => b.write('RIFX')), 'FILE_UNSUPPORTED'],
  ['wav', 'ADPCM', fixture('audio/adpcm.wav'), 'FILE_UNSUPPORTED'],
  [
    'wav',
    '3 hours at 100 Hz',
    changed(wavOf(Buffer.alloc(2_160_000)), (b) => b.writeUInt32LE(100, 24)),
    'FILE_TOO_LARGE',
  ],
  ['mp3', 'only a tag', changed(Buffer.alloc(110), (b) => b.write('ID3\x03\0\0\0\0\0\x64', 'latin1')), 'MEDIA_EMPTY'],
  ['mp3', 'cut inside its tag', mp3.subarray(0, 20), 'FILE_TRUNCATED'],
  ['mp3', 'no frame', Buffer.alloc(5000, 7), 'FILE_DAMAGED'],
  ['flac', 'cut in half', cut(flac, 0.5), 'FILE_TRUNCATED'],
  ['flac', 'cut inside its metadata', flac.subarray(0, 60), 'FILE_TRUNCATED'],
  ['flac', 'cut inside STREAMINFO', flac.subarray(0, 20), 'FILE_TRUNCATED'],
  ['flac', 'a changed sample', changed(flac, (b) => b.writeUInt8(b[9000]! ^ 1, 9000)), 'FILE_DAMAGED'],
  [
    'flac',
    '2 ** 36 - 1 samples',
    streamInfo(flac, (b) => b.fill(0xff, 14, 18).writeUInt8(b[13]! | 15, 13)),
    'FILE_TOO_LARGE',
  ],
  ['flac', 'more samples than there are', streamInfo(flac, (b) => b.writeUInt32BE(9999, 14)), 'FILE_TRUNCATED'],
  ['flac', '0 Hz', streamInfo(flac, (b) => b.fill(0, 10, 12).writeUInt8(b[12]! & 15, 12)), 'FILE_DAMAGED'],
  ['flac', 'no STREAMINFO first', changed(flac, (b) => b.writeUInt8(4, 4)), 'FILE_DAMAGED'],
  ['flac', 'no frames', flac.subarray(0, flac.indexOf(Buffer.from([0xff, 0xf8]))), 'FILE_TRUNCATED'],
  ['vorbis', 'cut in half', cut(vorbis, 0.5), 'FILE_TRUNCATED'],
  ['vorbis', 'cut inside the first page', vorbis.subarray(0, 40), 'FILE_TRUNCATED'],
  ['vorbis', 'a changed byte', changed(vorbis, (b) => b.writeUInt8(b[3000]! ^ 1, 3000)), 'FILE_DAMAGED'],
  ['vorbis', 'only its first page', vorbis.subarray(0, pageStarts(vorbis)[1]), 'FILE_TRUNCATED'],
  ['vorbis', '0 channels', changedPage(vorbis, 0, (p) => p.writeUInt8(0, 28 + 11)), 'FILE_DAMAGED'],
  ['vorbis', '200 channels', changedPage(vorbis, 0, (p) => p.writeUInt8(200, 28 + 11)), 'FILE_UNSUPPORTED'],
  ['vorbis', '0 Hz', changedPage(vorbis, 0, (p) => p.writeUInt32LE(0, 28 + 12)), 'FILE_DAMAGED'],
  [
    'vorbis',
    'block sizes the wrong way round',
    changedPage(vorbis, 0, (p) => p.writeUInt8(0x8b, 28 + 28)),
    'FILE_DAMAGED',
  ],
  [
    'vorbis',
    'a last position of 2 ** 62',
    changedPage(vorbis, pageStarts(vorbis).length - 1, (p) => p.writeBigInt64LE(2n ** 62n, 6)),
    'FILE_TOO_LARGE',
  ],
  ['vorbis', 'Speex', fixture('audio/speex.ogg'), 'FILE_UNSUPPORTED'],
  ['opus', 'cut in half', cut(opus, 0.5), 'FILE_TRUNCATED'],
  ['opus', 'a changed byte', changed(opus, (b) => b.writeUInt8(b[1500]! ^ 1, 1500)), 'FILE_DAMAGED'],
  ['opus', '0 channels', changedPage(opus, 0, (p) => p.writeUInt8(0, 28 + 9)), 'FILE_DAMAGED'],
  ['opus', '3 channels without a mapping', changedPage(opus, 0, (p) => p.writeUInt8(3, 28 + 9)), 'FILE_DAMAGED'],
  ['opus', 'a mapping of the future', changedPage(opus, 0, (p) => p.writeUInt8(77, 28 + 18)), 'FILE_UNSUPPORTED'],
  ['opus', 'only its headers', opus.subarray(0, pageStarts(opus)[2]), 'MEDIA_EMPTY'],
];

describe('broken sound files', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });

  it('says how much of a cut WAV is there', async () => {
    const decoding = formatById(formats, 'wav').decode(cut(wav, 0.5), 'half.wav');
    await expect(decoding).rejects.toThrow(
      'The WAV file is cut short: its header says 9600 bytes of samples, 4778 are there. Save or fetch it again.',
    );
  });

  it('names the codec it cannot read', async () => {
    const decoding = formatById(formats, 'vorbis').decode(fixture('audio/speex.ogg'), 'speex.ogg');
    await expect(decoding).rejects.toThrow('This Ogg file uses the codec Speex, which is not supported.');
  });
});

describe('files that are odd but readable', () => {
  const decode = async (id: string, bytes: Buffer) => {
    const media = await formatById(formats, id).decode(bytes, 'odd');
    if (media.kind !== 'audio') throw new Error(media.kind);
    return { length: media.channels[0]!.length, warnings: media.warnings };
  };

  it('a WAV with a wrong outer size, and odd chunks padded or not', async () => {
    const wrong = changed(wav, (b) => b.writeUInt32LE(17, 4));
    expect(await decode('wav', wrong)).toEqual({ length: 4800, warnings: [] });
    const odd = chunk('note', Buffer.from('abc'));
    for (const extra of [odd, odd.subarray(0, 11)]) {
      const bytes = Buffer.concat([wav.subarray(0, 36), extra, wav.subarray(36)]);
      expect(await decode('wav', bytes)).toEqual({ length: 4800, warnings: [] });
    }
  });

  it('a WAV whose writer left 0 or all ones as its length', async () => {
    for (const size of [0, 0xffff_ffff, 0xffff_ffdb, 0x7fff_f000]) {
      const { length, warnings } = await decode(
        'wav',
        changed(wav, (b) => b.writeUInt32LE(size, 40)),
      );
      expect([length, warnings.length]).toEqual([4800, 1]);
    }
  });

  it('float samples that are not numbers become silence, and are counted', async () => {
    const bytes = fixture('audio/tone8k.f32.wav');
    bytes.writeFloatLE(Number.NaN, bytes.length - 4);
    bytes.writeFloatLE(Number.POSITIVE_INFINITY, bytes.length - 8);
    expect((await decode('wav', bytes)).warnings).toEqual(['2 samples are not finite numbers and were set to 0.']);
  });

  it('a cut MP3 gives what is there', async () => {
    expect(await decode('mp3', cut(fixture('audio/mono-16k-noxing.mp3'), 0.5))).toEqual({
      length: 1728,
      warnings: ['The file is cut short: 95 bytes of its last frame are missing.'],
    });
    const { length, warnings } = await decode('mp3', mp3.subarray(0, 1200));
    expect(length).toBe(2351);
    expect(warnings).toEqual([expect.stringMatching(/^The file is cut short: 3 of 7 frames are there\.$/)]);
  });

  it('an MP3 with junk before and between its frames', async () => {
    const bytes = fixture('audio/mono-16k-noxing.mp3');
    const whole = await decode('mp3', bytes);
    const junk = Buffer.alloc(300, 0x55);
    const { length, warnings } = await decode('mp3', Buffer.concat([junk, bytes, junk, bytes]));
    expect(length).toBeGreaterThanOrEqual(2 * whole.length);
    expect(warnings).toEqual([expect.stringContaining('bytes are not sound')]);
  });

  it('an Ogg file that stops between two pages', async () => {
    const last = pageStarts(vorbis).at(-1)!;
    const twice = Buffer.concat([vorbis, vorbis]);
    expect((await decode('vorbis', twice)).warnings).toEqual([expect.stringContaining('Only the first')]);
    expect(await outcome(formatById(formats, 'vorbis'), vorbis.subarray(0, last))).toMatch(/decoded|MEDIA_EMPTY/);
  });
});
