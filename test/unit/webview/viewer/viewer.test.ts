import { describe, expect, it, test } from 'vitest';
import type { DepthRelief, ModelInput } from '../../../../daemon/protocol/messages';
import type { FromPanel } from '../../../../daemon/protocol/panelMessages';
import { axisTicks } from '../../../../webview/viewer/axisTicks';
import { bytesOf, floatsOf } from '../../../../webview/viewer/bytesOf';
import { inputText } from '../../../../webview/viewer/inputText';
import { colorsByNormal, colorsByValue, heightsOf, viridis } from '../../../../webview/viewer/pointColors';
import { reliefGrid } from '../../../../webview/viewer/reliefGrid';
import { fitted, kept, zoomed } from '../../../../webview/viewer/zoom';
import { ViewRequests } from '../../../../webview/viewRequests';

describe('zoom', () => {
  const stage = { width: 300, height: 200 };

  it('fits a large picture in the middle, and enlarges a small one by whole numbers', () => {
    expect(fitted({ width: 600, height: 200 }, stage)).toEqual({ scale: 0.5, x: 0, y: 50 });
    expect(fitted({ width: 64, height: 64 }, stage)).toEqual({ scale: 3, x: 54, y: 4 });
    expect(fitted({ width: 200, height: 150 }, stage)).toEqual({ scale: 1, x: 50, y: 25 });
    expect(fitted({ width: 2, height: 2 }, stage).scale).toBe(8);
  });

  it('keeps what is under the pointer where it is', () => {
    const picture = { width: 600, height: 400 };
    const before = { scale: 0.5, x: 10, y: -20 };
    const after = zoomed(before, 2, { x: 110, y: 80 }, picture);
    expect(after.scale).toBe(1);
    expect((110 - after.x) / after.scale).toBe((110 - before.x) / before.scale);
    expect((80 - after.y) / after.scale).toBe((80 - before.y) / before.scale);
    expect(zoomed(before, 1e9, { x: 0, y: 0 }, picture).scale).toBe(64);
    expect(zoomed(before, 1e-9, { x: 0, y: 0 }, picture).scale).toBeCloseTo(16 / 600);
  });

  it('does not let the picture out of sight', () => {
    const picture = { width: 600, height: 100 };
    expect(kept({ scale: 1, x: 50, y: 500 }, picture, stage)).toEqual({ scale: 1, x: 0, y: 100 });
    expect(kept({ scale: 1, x: -500, y: -5 }, picture, stage)).toEqual({ scale: 1, x: -300, y: 0 });
  });
});

test('ticks are round and inside', () => {
  expect(axisTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(axisTicks(-9.9, 12.3, 4)).toEqual([0, 10]);
  expect(axisTicks(0.13, 0.47, 4)).toEqual([0.2, 0.3, 0.4]);
  expect(axisTicks(3, 3, 4)).toEqual([3]);
});

test('base64 becomes bytes and numbers', () => {
  expect([...bytesOf('AAEC')]).toEqual([0, 1, 2]);
  expect([...floatsOf(Buffer.from(Float32Array.of(1.5, -2).buffer).toString('base64'))]).toEqual([1.5, -2]);
});

describe('colours of points', () => {
  it('go from dark to yellow by value, grey where there is none', () => {
    expect(viridis(0)).toEqual([68, 1, 84]);
    expect(viridis(2)).toEqual([253, 231, 37]);
    expect([...colorsByValue([0, 5, 10, Number.NaN], [0, 10])]).toEqual([
      ...[68, 1, 84],
      ...[33, 144, 141],
      ...[253, 231, 37],
      ...[128, 128, 128],
    ]);
  });

  it('by height take the axis that is up', () => {
    const { heights, range } = heightsOf(Float32Array.of(0, 5, 1, 0, 7, 2), 'y');
    expect([[...heights], range]).toEqual([
      [5, 7],
      [5, 7],
    ]);
    expect(heightsOf(Float32Array.of(0, 5, 1, 0, 7, 2), 'z').range).toEqual([1, 2]);
  });

  it('by direction do not tell one side from the other', () => {
    expect([...colorsByNormal(Int8Array.of(127, 0, -127))]).toEqual([255, 40, 255]);
  });
});

describe('a depth map as a surface', () => {
  const relief: DepthRelief = {
    columns: 3,
    rows: 2,
    valuesBase64: '',
    range: [0, 1],
    quantity: 'depth',
  };

  it('has near parts in front, and no triangle over a hole or a tear', () => {
    const flat = reliefGrid(relief, Float32Array.of(0, 0, 0, 0, 0, 0));
    expect(flat.triangles.length).toBe(4 * 3);
    expect([...flat.positions.subarray(0, 3)]).toEqual([-1 / 3, 1 / 6, 0.35].map((v) => expect.closeTo(v, 6)));
    expect(reliefGrid(relief, Float32Array.of(0, 0, Number.NaN, 0, 0, 0)).triangles.length).toBe(2 * 3);
    expect(reliefGrid(relief, Float32Array.of(0, 0, 1, 0, 0, 1)).triangles.length).toBe(2 * 3);
  });

  it('turns round where the values grow with nearness', () => {
    const grid = reliefGrid({ ...relief, quantity: 'disparity' }, Float32Array.of(1, 1, 1, 1, 1, 1));
    expect(grid.positions[2]).toBeCloseTo(0.35);
  });
});

describe('what reached the model, in words', () => {
  const square = { size: 64, fit: 'stretch' as const, clips: 4, crops: 1 };
  const crop = { left: 80, top: 0, width: 480, height: 480 };
  const cases: Array<[ModelInput, string]> = [
    [
      { kind: 'picture', square, width: 640, height: 480, crop: { left: 0, top: 0, width: 640, height: 480 } },
      'One square of 64 × 64 pixels: the whole picture of 640 × 480, stretched to it.',
    ],
    [
      { kind: 'picture', square: { ...square, size: 224, fit: 'crop' }, width: 640, height: 480, crop },
      'One square of 224 × 224 pixels: the middle 480 × 480 of 640 × 480, scaled to it; what lies outside was not seen.',
    ],
    [
      { kind: 'frames', square, times: [0, 0.333333, 1] },
      '3 frames, each stretched to 64 × 64 pixels, at 0 s, 0.33 s, 1 s.',
    ],
    [
      {
        kind: 'frames',
        square: { ...square, follow: true },
        times: [0, 1],
        parts: [
          { ...crop, width: 90 },
          { ...crop, width: 84 },
        ],
      },
      '2 frames, of each the square about what moves (84 to 90 pixels a side), scaled to 64 × 64 pixels, at 0 s, 1 s; what lies outside was not seen.',
    ],
    [
      { kind: 'sound', seconds: 5.5, of: 12, channels: 2, sampleRate: 16000, mels: 64, frames: 512 },
      'The first 5.5 s of 12 s, the first of 2 channels, at 16 kHz, as 64 bands of frequency × 512 steps of time.',
    ],
    [
      { kind: 'points', points: 1024, of: 8000, colors: true },
      '1,024 of 8,000 points, chosen at random; moved to the middle, scaled to radius 1, with their colours.',
    ],
    [
      { kind: 'points', points: 1024, of: 300, colors: false },
      'All 300 points, repeated to 1,024; moved to the middle, scaled to radius 1, without colours, for the file has none.',
    ],
    [{ kind: 'motion', seconds: 2, of: 2, sampleRate: 200 }, 'All 2 s, resampled to 200 Hz.'],
    [{ kind: 'voxels', voxels: 15724 }, 'All 15,724 values.'],
  ];
  it.each(cases)('%j', (input, text) => expect(inputText(input)).toBe(text));
});

test('a request has one answer; an abort tells the extension once and leaves later answers unheard', async () => {
  const posted: FromPanel[] = [];
  const requests = new ViewRequests((message) => posted.push(message));
  const first = requests.ask('a1', { part: 'large' }, new AbortController().signal);
  const second = requests.ask('a1', { part: 'wav' }, new AbortController().signal);
  requests.receive({ type: 'viewFailed', id: 'p2', text: 'No.' });
  requests.receive({ type: 'viewed', id: 'p1', view: { kind: 'none' } });
  expect(await first).toEqual({ kind: 'none' });
  await expect(second).rejects.toThrow('No.');
  const closing = new AbortController();
  void requests.ask('a1', { part: 'seen' }, closing.signal);
  closing.abort();
  requests.receive({ type: 'viewed', id: 'p3', view: { kind: 'none' } });
  expect(posted.map(({ type }) => type)).toEqual(['view', 'view', 'view', 'cancelView']);
});
