import { expect, test } from 'vitest';
import { keyFacts } from '../../../../extension/media/keyFacts';
import { kindOf } from '../../../../extension/media/kindOf';
import { type StoredFact, storedFacts } from '../../../../extension/media/mediaRecord';

const facts = (values: Record<string, StoredFact['value']>): StoredFact[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

test.each([
  ['image', { 'image.width': 640, 'image.height': 480, 'image.textLines': 2 }, ['640 × 480 px', '2 lines of text']],
  [
    'image',
    { 'image.width': 6, 'image.height': 4, 'image.textLines': 9, 'plot.kind': 'line', 'plot.title': 'Rain' },
    ['6 × 4 px', 'line plot “Rain”'],
  ],
  [
    'audio',
    {
      'audio.duration': 2.408,
      'audio.sampleRate': 16000,
      'audio.channels': 1,
      'audio.loudness': -13.65,
      'audio.speechShare': 0,
    },
    ['2.408 s', '16,000 Hz', 'mono', '-13.65 LUFS'],
  ],
  [
    'point',
    { 'points.count': 4096, 'points.extent': [0.427441, 0.926142, 0.4], 'points.hasColors': true },
    ['4096 points', '0.4274 × 0.9261 × 0.4', 'coloured'],
  ],
  ['rgbd', { 'map.width': 3, 'map.height': 2, 'map.range': [1492, 3200] }, ['3 × 2 px', 'depth 1492 to 3200']],
  ['unheard', { 'image.width': 1 }, []],
])('%s: %j', (modality, values, expected) => {
  expect(keyFacts({ modality, facts: facts(values) })).toEqual(expected);
});

test('the kind is measured, else told by the name', () => {
  expect(kindOf({ uri: 'a.png' })).toBe('picture');
  expect(kindOf({ uri: 'a.png', modality: 'rgbd' })).toBe('depth map');
  expect(kindOf({ uri: 'a.png', modality: 'image', facts: facts({ 'plot.kind': 'bar' }) })).toBe('plot');
  expect(kindOf({ uri: 'a.ply', modality: 'point', facts: facts({ 'points.faces': 12 }) })).toBe('mesh');
  expect(kindOf({ uri: 'a.what' })).toBe('file');
});

test('long facts are cut, and how they were measured is left out', () => {
  const long = Array.from({ length: 100 }, (_, i) => [i, 'x'.repeat(400)]);
  const report = {
    file: 'a',
    modality: 'image',
    warnings: [],
    facts: [{ name: 'n', value: long, unit: 's', how: 'h' }],
  };
  const [fact] = storedFacts(report);
  expect(fact).toMatchObject({ name: 'n', unit: 's' });
  expect(fact).not.toHaveProperty('how');
  expect((fact!.value as unknown[]).length).toBe(12);
  expect((fact!.value as string[][])[0]![1]!.length).toBe(300);
});
