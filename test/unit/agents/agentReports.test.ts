import { describe, expect, it } from 'vitest';
import { answerReport, measuredMedia, plotReport, selectedFacts, thinned } from '../../../daemon/agents/agentReports';
import type { Fact } from '../../../daemon/protocol/facts';
import { askResult, plotResult, report, WIDTH } from '../../support/fakeAgentDaemon';

const fact = (name: string, value: Fact['value'] = 1): Fact => ({ name, value, how: 'counted' });

describe('answerReport', () => {
  it("keeps the model's words apart from what was measured", () => {
    expect(answerReport(askResult())).toEqual({
      model: {
        text: 'A cat.',
        confidence: 0.73,
        calibrated: false,
        guess: false,
        name: 'tiny',
        device: 'cpu',
        stopped: 'end',
      },
      media: [{ file: '/w/a.png', modality: 'image', measured: [WIDTH], leftOut: [], warnings: [] }],
    });
  });

  it('calls an unsure answer a guess, without the facts that led it', () => {
    const lead = '640 px wide. A guess: ';
    const { model } = answerReport(askResult({ lead, text: `${lead}A cat.`, calibrated: true }));
    expect(model).toMatchObject({ text: 'A cat.', guess: true, calibrated: true });
  });

  it('shares the room for facts among the files', () => {
    const facts = [fact('a.a', 'x'.repeat(100)), fact('a.b', 'x'.repeat(100))];
    const result = askResult({ media: [report({ facts }), report({ facts })] });
    const { media } = answerReport(result, 400);
    expect(media.map(({ measured, leftOut }) => [measured.length, leftOut])).toEqual([
      [1, ['a.b']],
      [1, ['a.b']],
    ]);
  });
});

describe('measuredMedia', () => {
  it('names a long fact instead of listing it, and lists what comes after it', () => {
    const facts = [fact('a'), fact('track', Array(1000).fill(7)), fact('b')];
    const { measured, leftOut } = measuredMedia(report({ facts }));
    expect([measured.map(({ name }) => name), leftOut]).toEqual([['a', 'b'], ['track']]);
  });
});

describe('selectedFacts', () => {
  const facts = [fact('audio.pitch'), fact('audio.pitchTrack', Array(1000).fill(7)), fact('file.size')];

  it.each([
    [['audio.pitch'], ['audio.pitch']],
    [['audio'], ['audio.pitch', 'audio.pitchTrack']],
    [
      ['file.', 'audio.pitchTrack'],
      ['audio.pitchTrack', 'file.size'],
    ],
  ])('gives %j as %j, however long', (names, expected) => {
    const { measured, leftOut, warnings } = selectedFacts(report({ facts }), names);
    expect([measured.map(({ name }) => name), leftOut, warnings]).toEqual([expected, [], []]);
  });

  it('says which facts there are where one is not', () => {
    const { measured, warnings } = selectedFacts(report({ facts }), ['image', 'file.size']);
    expect(measured.map(({ name }) => name)).toEqual(['file.size']);
    expect(warnings).toEqual(['This file has no fact image. It has: audio.pitch, audio.pitchTrack, file.size.']);
  });
});

describe('plotReport', () => {
  it('thins a long series evenly and says how many points there were', () => {
    const points = Array.from({ length: 101 }, (_, i): [number, number] => [i, i * i]);
    const { series, csv, file } = plotReport(plotResult(points), 5, false);
    expect(series).toEqual([
      {
        name: 'City',
        color: '#ff0000',
        pointCount: 101,
        points: [
          [0, 0],
          [25, 625],
          [50, 2500],
          [75, 5625],
          [100, 10000],
        ],
      },
    ]);
    expect([file, csv]).toEqual(['/w/a.png', undefined]);
  });

  it('gives all numbers as CSV where that is asked', () => {
    expect(plotReport(plotResult([[0, 1]]), 200, true).csv).toBe('series,hour,°C\nCity,0,1\n');
  });

  it('keeps both ends, whatever the length', () => {
    for (const length of [3, 7, 200, 201, 999]) {
      const items = Array.from({ length }, (_, i) => i);
      const kept = thinned(items, 3);
      expect([kept.length, kept[0], kept[2]]).toEqual([3, 0, length - 1]);
    }
  });
});
