import { expect, test } from 'vitest';
import { hoverPicture } from '../../../../extension/languageFeatures/hoverPicture';

const file = { uri: 'file:///w/a.png', name: 'a.png', size: 1000 };
const svgOf = (uri: string) => Buffer.from(uri.replace('data:image/svg+xml;base64,', ''), 'base64').toString();

test('what the window can draw is shown itself, never larger than it is', () => {
  expect(hoverPicture({ ...file, width: 640, height: 480 }, undefined)).toEqual({
    uri: 'file:///w/a.png',
    width: 160,
    height: 120,
  });
  expect(hoverPicture({ ...file, width: 32, height: 16 }, undefined)).toMatchObject({ width: 32, height: 16 });
  expect(hoverPicture({ ...file, width: 1, height: 100_000 }, undefined)).toMatchObject({ width: 1, height: 130 });
  expect(hoverPicture(file, undefined)).toEqual({ uri: 'file:///w/a.png', height: 130 });
});

test('a large, a virtual and an unusual file is shown by its preview, if that is small enough', () => {
  const preview = { kind: 'thumbnail', pngBase64: 'AAAA', width: 480, height: 240 } as const;
  const shown = { uri: 'data:image/png;base64,AAAA', width: 160, height: 80 };
  for (const other of [{ size: 17 << 20 }, { uri: null }, { name: 'a.tiff' }]) {
    expect(hoverPicture({ ...file, ...other }, preview)).toEqual(shown);
    expect(hoverPicture({ ...file, ...other }, undefined)).toBeUndefined();
  }
  const long = { ...preview, pngBase64: 'A'.repeat(64_000) };
  expect(hoverPicture({ ...file, uri: null }, long)).toBeUndefined();
});

test('a video is shown by a frame of its middle, a map by itself', () => {
  const pictures = ['QQ', 'Qg', 'Qw'].map((pngBase64) => ({ caption: '', pngBase64, width: 10, height: 10 }));
  const uriOf = (duration?: number) =>
    hoverPicture({ ...file, name: 'a.mkv' }, { kind: 'pictures', pictures, ...(duration ? { duration } : {}) })?.uri;
  expect([uriOf(3), uriOf()]).toEqual(['data:image/png;base64,Qg', 'data:image/png;base64,Qw']);
});

test('sound, clouds and traces are drawn', () => {
  const wave = hoverPicture({ ...file, name: 'a.wav' }, { kind: 'waveform', peaks: [0, 1], duration: 1 });
  expect(wave).toMatchObject({ width: 160, height: 60 });
  expect(svgOf(wave!.uri)).toContain('<path d="M40 29.5v1M120 1v58"');
  const cloud = hoverPicture(
    { ...file, name: 'a.ply' },
    { kind: 'points', xyz: [0, 0, 0, 1, 1, 1], rgb: [1, 0, 0, 0, 0, 1] },
  );
  expect(svgOf(cloud!.uri).match(/<circle/g)).toHaveLength(2);
  expect(svgOf(cloud!.uri)).toContain('fill="rgb(255,0,0)"');
  const many = { kind: 'points' as const, xyz: Array.from({ length: 12_000 }, (_, i) => Math.sin(i)) };
  expect(hoverPicture({ ...file, name: 'a.ply' }, many)!.uri.length).toBeLessThan(64_000);
  const traces = [{ label: 'x', unit: '', values: [0, 2] }];
  const drawn = hoverPicture({ ...file, name: 'a.csv' }, { kind: 'traces', traces, duration: 1 });
  expect(svgOf(drawn!.uri)).toContain('points="0,58 160,2"');
});
