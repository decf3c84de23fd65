import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../daemon/decoders';
import { encodePng } from '../../../../daemon/decoders/image/encodePng';
import type { ImageMedia } from '../../../../daemon/media/media';

const fixture = (name: string) => new Uint8Array(readFileSync(join(__dirname, '../../../fixtures/image', name)));
const text = (s: string) => new TextEncoder().encode(s);

async function decodeImage(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<ImageMedia> {
  const { media } = await decode(bytes, name, signal);
  if (media.kind !== 'image') throw new Error(media.kind);
  return media;
}

const pixel = (m: ImageMedia, x: number, y: number) =>
  Array.from(m.data.subarray((y * m.width + x) * 4).subarray(0, 4));

describe('JPEG without its end', () => {
  it('is read with a warning when only the end marker is missing', async () => {
    const media = await decodeImage(fixture('rgb.jpg').slice(0, -2), 'a.jpg');
    expect(media.width).toBe(32);
    expect(media.warnings).toEqual(['The JPEG file is unusual: it has no end marker (EOI); its picture is whole.']);
  });

  it('is cut short when picture data are missing too', async () => {
    const jpeg = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    for (const share of [0.4, 0.6, 0.8, 0.98]) {
      const cut = new Uint8Array(jpeg).slice(0, Math.floor(jpeg.length * share));
      await expect(decodeImage(cut, 'a.jpg')).rejects.toMatchObject({ code: 'FILE_TRUNCATED' });
    }
  });
});

describe('large pictures', () => {
  it('are shrunk while they are decoded, and tell their true size', async () => {
    const png = await sharp({ create: { width: 9000, height: 20, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer();
    const media = await decodeImage(new Uint8Array(png), 'wide.png');
    expect([media.width, media.height, media.fullWidth, media.fullHeight]).toEqual([4096, 9, 9000, 20]);
    expect(media.data.length).toBe(4096 * 9 * 4);
    expect(pixel(media, 2000, 4)).toEqual([255, 0, 0, 255]);
  });

  it('BMP is averaged over whole blocks', async () => {
    const media = await decodeImage(
      bmp24(5000, 3, (x) => (x % 2 === 0 ? 10 : 30)),
      'wide.bmp',
    );
    expect([media.width, media.height, media.fullWidth, media.fullHeight]).toEqual([2500, 2, 5000, 3]);
    expect(pixel(media, 1234, 0)).toEqual([20, 20, 20, 255]);
    expect(pixel(media, 2499, 1)).toEqual([20, 20, 20, 255]);
  });

  it('a picture of 100 megapixels is not too large', async () => {
    const png = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#00ff00' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const media = await decodeImage(new Uint8Array(png), 'big.png');
    expect([media.width, media.height, media.fullWidth]).toEqual([4096, 4096, 10_000]);
    expect(pixel(media, 4000, 4000)).toEqual([0, 255, 0, 255]);
  });
});

describe('cancelling', () => {
  it('ends the wait at once', async () => {
    const png = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#00ff00' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const controller = new AbortController();
    const waiting = decodeImage(new Uint8Array(png), 'big.png', controller.signal);
    setTimeout(() => controller.abort(), 5);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('SVG', () => {
  it('reads nothing outside itself', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = await mkdtemp(join(tmpdir(), 'onelens-svg-'));
    try {
      const secret = join(folder, 'secret.png');
      writeFileSync(
        secret,
        await sharp({ create: { width: 9, height: 9, channels: 3, background: '#f00' } })
          .png()
          .toBuffer(),
      );
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
        <style>@import url("${url}/a.css"); @import url("file://${folder}/a.css");</style>
        <image xlink:href="file://${secret}" width="9" height="9"/><image href="${secret}" width="9" height="9"/>
        <image href="${url}/b.png" width="9" height="9"/><use href="${url}/c.svg#x"/></svg>`;
      const media = await decodeImage(text(svg), 'a.svg');
      expect(media.data.every((v) => v === 0)).toBe(true);
      expect(requests).toBe(0);
      expect(media.warnings).toEqual(['3 pictures inside the SVG file are left out; only shapes and text are drawn.']);
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['width="20" viewBox="0 0 40 30"', 20, 15],
    ['width="100%" height="100%" viewBox="0 0 50 20"', 50, 20],
    ['width="1in" height="36pt"', 72, 36],
    ['', 12, 7],
  ])('takes its size from %s', async (attributes, width, height) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="12" height="7" fill="red"/></svg>`;
    const media = await decodeImage(text(svg), 'a.svg');
    expect([media.width, media.height]).toEqual([width, height]);
  });

  it('is known behind comments, a DOCTYPE and another name', async () => {
    const svg = `<!-- ${'long '.repeat(400)} -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      <svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2" fill="#00f"/></svg>`;
    expect(pixel(await decodeImage(text(svg), 'drawing.txt'), 0, 0)).toEqual([0, 0, 255, 255]);
  });
});

describe('TIFF', () => {
  it('of more than four channels has its colours, opaque', async () => {
    const media = await decodeImage(fixture('five-channels.tif'), 'five-channels.tif');
    expect([media.width, media.height, media.data.length]).toEqual([8, 6, 8 * 6 * 4]);
    expect([media.channels, media.hasAlpha]).toEqual([5, false]);
    expect(pixel(media, 0, 0)).toEqual([200, 100, 50, 255]);
    expect(pixel(media, 7, 5)).toEqual([200, 100, 50, 255]);
    expect(media.warnings).toEqual(['Of 5 channels only the colours were decoded.']);
  });

  it('whose plain pixels cannot fit the file is cut short, before anything is decoded', async () => {
    const bytes = fixture('rgb.tif');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const directory = view.getUint32(4, true);
    for (let i = 0; i < view.getUint16(directory, true); i++)
      if (view.getUint16(directory + 2 + 12 * i, true) === 256)
        view.setUint16(directory + 2 + 12 * i + 8, 30_000, true);
    await expect(decodeImage(bytes, 'a.tif')).rejects.toThrow(/pixels need 2160000 bytes, the file has 2496/);
  });
});

describe('PNG', () => {
  it('with a damaged comment is read with a warning', async () => {
    const png = fixture('rgb.png');
    const at = Buffer.from(png).indexOf('pHYs');
    const broken = png.slice();
    broken[at + 4] = 0x7f;
    const media = await decodeImage(broken, 'a.png');
    expect(media.warnings).toContain('The checksum of the PNG chunk pHYs is wrong; the pixels do not depend on it.');
    expect(pixel(media, 8, 6)).toEqual([220, 40, 30, 255]);
  });
});

describe('encodePng', () => {
  it('shrinks to the longest side and keeps alpha', async () => {
    const data = new Uint8ClampedArray(1024 * 10 * 4).fill(100);
    const png = await encodePng({ ...(await decodeImage(fixture('rgb.png'), 'a.png')), width: 1024, height: 10, data });
    const meta = await sharp(png).metadata();
    expect([meta.format, meta.width, meta.height, meta.channels]).toEqual(['png', 512, 5, 4]);
  });

  it('never enlarges and gives the same pixels back', async () => {
    const media = await decodeImage(fixture('rgba.png'), 'a.png');
    const again = await decodeImage(await encodePng(media), 'b.png');
    expect([again.width, again.height]).toEqual([32, 24]);
    expect(pixel(again, 24, 6)).toEqual(pixel(media, 24, 6));
  });
});

/** A grey 24-bit BMP, rows from the bottom. */
function bmp24(width: number, height: number, grey: (x: number) => number): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set(text('BM'));
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) bytes.fill(grey(x), 54 + y * stride + x * 3, 54 + y * stride + x * 3 + 3);
  return bytes;
}
