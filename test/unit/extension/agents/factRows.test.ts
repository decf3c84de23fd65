import { expect, it } from 'vitest';
import type { Fact } from '../../../../daemon/protocol/facts';
import { differingRows, factRows, factValue, shortName } from '../../../../extension/agents/participant/factRows';
import { report } from '../../../support/fakeAgentDaemon';

const fact = (name: string, value: Fact['value'], unit?: string): Fact => ({
  name,
  value,
  how: 'counted',
  ...(unit ? { unit } : {}),
});

it.each([
  ['image.width', 'width'],
  ['audio.sampleRate', 'sample rate'],
  ['video.sound.codec', 'sound codec'],
  ['plot.xLabel', 'plot x label'],
  ['file.size', 'file size'],
])('%s is called "%s" in the chat', (name, short) => {
  expect(shortName(name)).toBe(short);
});

it.each([
  [fact('a.b', 48000, 'Hz'), '48,000 Hz'],
  [fact('a.b', -18.23456, 'LUFS'), '-18.23 LUFS'],
  [fact('a.b', true), 'yes'],
  [fact('a.b', ['City', 'Forest']), 'City, Forest'],
  [fact('a.b', [1.5, 20]), '1.5, 20'],
  [fact('a.b', [['#fff', 0.5]]), undefined],
  [fact('a.b', 'x'.repeat(91)), undefined],
  [fact('a.b', ''), undefined],
])('%j reads %j', (one, text) => {
  expect(factValue(one)).toBe(text);
});

it('leaves out what has no room, and keeps twelve', () => {
  const facts = [fact('image.text', 'x'.repeat(500)), ...Array.from({ length: 20 }, (_, i) => fact(`image.f${i}`, i))];
  const rows = factRows(report({ facts }));
  expect([rows.length, rows[0]]).toEqual([12, ['f0', '0']]);
});

it('puts the facts of a plot before those of its picture', () => {
  const facts = [fact('image.width', 1), fact('plot.kind', 'line')];
  expect(factRows(report({ facts }))).toEqual([
    ['plot kind', 'line'],
    ['width', '1'],
  ]);
});

it('compares what all files have before what one has alone', () => {
  const files = [
    report({ facts: [fact('plot.kind', 'line'), fact('image.width', 1), fact('image.height', 5)] }),
    report({ facts: [fact('image.width', 2), fact('image.height', 5)] }),
  ];
  expect(differingRows(files)).toEqual([
    ['width', '1', '2'],
    ['plot kind', 'line', '-'],
  ]);
});
