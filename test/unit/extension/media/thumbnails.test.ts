import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thumbnailOf } from '../../../../extension/media/thumbnailOf';
import { Thumbnails } from '../../../../extension/media/thumbnails';

const text = (preview: Parameters<typeof thumbnailOf>[0]) => String(thumbnailOf(preview)?.bytes);
const png = (bytes: string) =>
  ({ kind: 'thumbnail', pngBase64: Buffer.from(bytes).toString('base64'), width: 1, height: 1 }) as const;

test('a picture is kept as it is; of a photograph and its map, the map; of a video, the first frame', () => {
  expect(thumbnailOf(png('one'))).toEqual({ extension: 'png', bytes: Buffer.from('one') });
  const pictures = ['a', 'b'].map((bytes) => ({ ...png(bytes), caption: '' }));
  expect(text({ kind: 'pictures', pictures })).toBe('b');
  expect(text({ kind: 'pictures', pictures, duration: 2 })).toBe('a');
  expect(thumbnailOf({ kind: 'pictures', pictures: [] })).toBeUndefined();
});

test('a sound is bars as high as its loudness, the loudest of all to the edge', () => {
  const drawn = text({ kind: 'waveform', peaks: [0.25, 0.5], duration: 1 });
  expect(drawn).toContain('d="M17 18V46M47 4V60"');
});

test('a cloud is dots in their own colours, inside the square', () => {
  const xyz = [0, 0, 0, 1, 0, 0, 0, 2, 0];
  const drawn = text({ kind: 'points', xyz, rgb: [1, 0, 0, 0, 1, 0, 0, 0, 2] });
  expect([...drawn.matchAll(/fill="(#\w+)"/g)].map((m) => m[1]).sort()).toEqual(['#0000ff', '#00ff00', '#ff0000']);
  const places = [...drawn.matchAll(/c[xy]="([-\d.]+)"/g)].map((m) => Number(m[1]));
  expect(Math.min(...places)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...places)).toBeLessThanOrEqual(61);
});

test('an empty cloud, sound or recording draws nothing and no NaN', () => {
  expect(text({ kind: 'points', xyz: [] })).not.toMatch(/NaN|Infinity/);
  expect(text({ kind: 'waveform', peaks: [], duration: 0 })).not.toMatch(/NaN|Infinity/);
  expect(text({ kind: 'traces', traces: [{ label: '', unit: '', values: [3, 3] }], duration: 1 })).not.toMatch(/NaN/);
});

test('the oldest go when there is no room; another version of a file has another picture', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onelens-thumbnails-'));
  try {
    const thumbnails = new Thumbnails(folder, 10);
    const names = [];
    for (const mtime of [1, 2, 3]) names.push(await thumbnails.save('a', { size: 1, mtime }, png('12345')));
    expect(new Set(names).size).toBe(3);
    expect(readdirSync(folder).sort()).toEqual(names.slice(1).sort());
    expect(readFileSync(join(folder, names[2]!), 'utf8')).toBe('12345');
    expect(await thumbnails.save('a', { size: 1, mtime: 4 }, undefined)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
