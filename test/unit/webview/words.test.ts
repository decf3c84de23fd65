import { expect, test } from 'vitest';
import { confidenceText } from '../../../webview/confidence';
import { offersRestart } from '../../../webview/errorBox';
import { stageText } from '../../../webview/stages';
import { statusWords } from '../../../webview/statusLine';
import { followUpsFor, suggestionsFor } from '../../../webview/suggestions';

test.each([
  [0.92, 'high', 'High confidence, 92 %'],
  [0.75, 'high', 'High confidence, 75 %'],
  [0.5, 'medium', 'Medium confidence, 50 %'],
  [0.497, 'medium', 'Medium confidence, 49 %'],
  [0.29, 'low', 'Low confidence, 29 %'],
  [0.1, 'low', 'Low confidence, 10 %'],
])('confidence %d', (value, level, text) => {
  expect(confidenceText(value)).toMatchObject({ level, text });
  expect(confidenceText(value).explanation).toContain('not how likely it is right');
});

test('a calibrated confidence says how often such answers were right', () => {
  expect(confidenceText(0.6, true)).toMatchObject({ level: 'medium', text: 'Medium confidence, 60 %' });
  expect(confidenceText(0.6, true).explanation).toContain('about 60 % were right');
});

test('a restart is offered for engine and daemon, not for a damaged file', () => {
  expect(['ENGINE_DIED', 'DAEMON_SLOW', 'MODEL_FAILED'].map(offersRestart)).toEqual([true, true, true]);
  expect(['FILE_DAMAGED', 'MEDIA_EMPTY', 'PROMPT_TOO_LONG'].map(offersRestart)).toEqual([false, false, false]);
});

test('a stage that this panel does not know is still work', () => {
  expect(stageText('encoding')).toBe('Encoding…');
  expect(stageText('dreaming')).toBe('Working…');
});

test('the status line names model and device while all is well', () => {
  const status = { model: 'tiny', device: 'cpu (2 threads)', deviceReason: null, daemonPid: 1, version: '' };
  expect(statusWords({ ...status, state: 'ready' })).toBe('tiny · CPU');
  expect(statusWords({ ...status, state: 'starting' })).toBe('Starting…');
  expect(statusWords({ ...status, state: 'ready', model: null, device: null })).toBe('');
});

test('questions to start with fit the file', () => {
  const report = { file: 'a', facts: [], warnings: [] };
  expect(suggestionsFor([{ id: 'a', name: 'a', report: { ...report, modality: 'audio' } }])).toContain(
    'What do I hear in this recording?',
  );
  expect(suggestionsFor([])).toContain('Describe this file.');
});

const report = (modality: string, facts: Record<string, string | number | string[]>) => ({
  file: 'a',
  modality,
  warnings: [],
  facts: Object.entries(facts).map(([name, value]) => ({ name, value, how: 'measured' })),
});

test.each([
  [
    'image',
    { 'plot.kind': 'line', 'plot.seriesCount': 2, 'plot.yLabel': 'Temperature' },
    ['Which series is highest?', 'Does it go up or down?', 'What does the y axis show?'],
  ],
  [
    'image',
    { 'plot.kind': 'none', 'image.text': [], 'image.dominantColors': ['#ff0000'] },
    ['Which colours are in this picture?'],
  ],
  [
    'audio',
    { 'audio.loudness': -20, 'audio.tempo': 0, 'audio.silence': 0, 'audio.duration': 5 },
    ['How loud is it?', 'How long is it?'],
  ],
  ['point', { 'points.count': 5, 'points.extent': ['1'] }, ['How large is it?', 'How many points are there?']],
  ['odd', { 'odd.fact': 1 }, []],
])('what to ask next about %s fits its facts: %j', (modality, facts, questions) => {
  expect(followUpsFor([report(modality, facts)], [])).toEqual(questions);
});

test('nothing is suggested twice, and nothing about several files at once', () => {
  const sound = report('audio', { 'audio.loudness': -20, 'audio.duration': 5 });
  expect(followUpsFor([sound], ['how loud is it? '])).toEqual(['How long is it?']);
  expect(followUpsFor([sound, sound], [])).toEqual([]);
});
