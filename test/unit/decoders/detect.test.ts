import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode, detectFormat } from '../../../daemon/decoders';
import { detectAmong, extensionOf } from '../../../daemon/decoders/detect';
import type { Format } from '../../../daemon/decoders/format';

const fixture = (name: string) => new Uint8Array(readFileSync(join(__dirname, '../../fixtures', name)));
const text = (s: string) => new TextEncoder().encode(s);

function fake(id: string, extensions: string[], claim: 'yes' | 'maybe' | 'no'): Format {
  return {
    id,
    kind: 'point',
    extensions,
    mime: `test/${id}`,
    magic: 'none',
    limits: 'none',
    detect: () => claim,
    maxBytes: 10,
    decode: () => Promise.reject(new Error('not called')),
  };
}

describe('detectAmong', () => {
  it('believes a signature before the name, and says so', () => {
    const sure = fake('sure', ['.sure'], 'yes');
    const other = fake('other', ['.other'], 'maybe');
    expect(detectAmong([other, sure], text('x'), 'a.other')).toEqual({
      format: sure,
      warning: 'The file is named .other, but its content is SURE.',
    });
    expect(detectAmong([other, sure], text('x'), 'a.unheard')).toEqual({ format: sure });
  });

  it('lets the name break a tie between two sure formats and among possible ones', () => {
    const [a, b] = [fake('a', ['.a'], 'yes'), fake('b', ['.b'], 'yes')];
    expect(detectAmong([a, b], text('x'), 'n.b').format).toBe(b);
    expect(detectAmong([a, b], text('x'), 'n').format).toBe(a);
    const [c, d] = [fake('c', ['.c'], 'maybe'), fake('d', ['.d', '.D2'.toLowerCase()], 'maybe')];
    expect(detectAmong([c, d], text('x'), 'N.D2').format).toBe(d);
  });

  it('takes no possible format whose name does not fit', () => {
    expect(() => detectAmong([fake('c', ['.c'], 'maybe')], text('hello there'), 'n.txt')).toThrow(
      expect.objectContaining({ code: 'FILE_UNKNOWN_KIND', what: expect.stringContaining('plain text)') }),
    );
  });
});

describe('extensionOf', () => {
  it.each([
    ['a/b.PNG', '.png'],
    ['a.tar.gz', '.gz'],
    ['.hidden', ''],
    ['no', ''],
    ['C:\\x.y\\file', ''],
  ])('%s', (name, extension) => expect(extensionOf(name)).toBe(extension));
});

describe('what unknown bytes look like', () => {
  it.each([
    ['%PDF-1.7', 'a PDF document'],
    ['PK\x03\x04....', 'a ZIP archive'],
    ['\x7fELF\x02\x01', 'an executable'],
    ['MZ\x90\0', 'a Windows executable'],
    ['\0\0\0\x20ftypheic', 'an HEIC picture'],
    ['\x1aE\xdf\xa3', 'a Matroska or WebM video'],
    ['{"a": 1}', 'JSON text'],
    ['<!doctype html>', 'an HTML page'],
    ['\x07\x08\x80\xfe\x99', 'unknown binary data'],
    ['\0\0\0\0', 'nothing but zero bytes'],
  ])('%j', (latin1, says) => {
    const bytes = Uint8Array.from(latin1, (c) => c.charCodeAt(0));
    expect(() => detectFormat(bytes, 'thing.bin')).toThrow(
      expect.objectContaining({ code: 'FILE_UNKNOWN_KIND', exitCode: 3, what: expect.stringContaining(says) }),
    );
  });
});

describe('decode', () => {
  it('says that a .txt renamed .png is text', async () => {
    await expect(decode(text('just words\n'), 'words.png')).rejects.toMatchObject({
      code: 'FILE_UNKNOWN_KIND',
      what: '"words.png" is of no known kind (it looks like plain text, though it is named .png).',
    });
  });

  it('reads a PNG named .jpg and warns', async () => {
    const { format, media } = await decode(fixture('image/rgb.png'), 'photo.jpg');
    expect(format.id).toBe('png');
    expect(media.warnings).toEqual(['The file is named .jpg, but its content is PNG.']);
  });

  it('refuses an empty file', async () => {
    await expect(decode(new Uint8Array(0), 'a.png')).rejects.toMatchObject({ code: 'FILE_EMPTY', exitCode: 3 });
  });

  it('refuses a file above its format limit before decoding', async () => {
    const bytes = new Uint8Array(17 * 1024 * 1024);
    bytes.set(text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">'));
    await expect(decode(bytes, 'a.svg')).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      what: 'The SVG file is 17 MiB; the limit is 16 MiB.',
    });
  });

  it('does not begin when already cancelled', async () => {
    await expect(decode(fixture('image/rgb.png'), 'a.png', AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
      exitCode: 6,
    });
  });
});
