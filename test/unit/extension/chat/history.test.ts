import { expect, test } from 'vitest';
import type { AskResult } from '../../../../daemon/protocol/messages';
import type { PanelTurn } from '../../../../daemon/protocol/panelMessages';
import { historyFor } from '../../../../extension/chat/history';

const turn = (question: string, ids: string[], state: PanelTurn['state'] = 'done'): PanelTurn => ({
  id: question,
  question,
  answer: `${question}!`,
  state,
  attachments: ids.map((id) => ({ id, name: id })),
});

test('earlier turns about the same files, oldest first', () => {
  const turns = [turn('one', ['a']), turn('two', ['a'])];
  expect(historyFor(turns, ['a'])).toEqual([
    { question: 'one', answer: 'one!' },
    { question: 'two', answer: 'two!' },
  ]);
});

test('other files end it, even where the same came before them', () => {
  const turns = [turn('one', ['a']), turn('two', ['b']), turn('three', ['a'])];
  expect(historyFor(turns, ['a']).map((t) => t.question)).toEqual(['three']);
  expect(historyFor(turns, ['a', 'b'])).toEqual([]);
});

test('stopped and failed turns are left out and end nothing', () => {
  const turns = [turn('one', ['a']), turn('two', ['a'], 'stopped'), turn('three', ['a'], 'failed')];
  expect(historyFor(turns, ['a']).map((t) => t.question)).toEqual(['one']);
});

test('six turns at most, the latest', () => {
  const turns = Array.from({ length: 9 }, (_, i) => turn(String(i), []));
  expect(historyFor(turns, []).map((t) => t.question)).toEqual(['3', '4', '5', '6', '7', '8']);
});

test('an answer is what the model said, without the measured lead before an unsure one', () => {
  const unsure = { ...turn('one', ['a']), answer: 'Not sure: a pug.', result: { lead: 'Not sure: ' } as AskResult };
  expect(historyFor([unsure], ['a'])).toEqual([{ question: 'one', answer: 'a pug.' }]);
});
