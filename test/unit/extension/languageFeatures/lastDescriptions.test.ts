import { expect, test } from 'vitest';
import type { AskResult } from '../../../../daemon/protocol/messages';
import type { PanelTurn } from '../../../../daemon/protocol/panelMessages';
import { LastDescriptions } from '../../../../extension/languageFeatures/lastDescriptions';
import { rememberAnswers } from '../../../../extension/languageFeatures/rememberAnswers';

test('the latest are kept, the oldest of more than 300 goes', () => {
  const descriptions = new LastDescriptions();
  for (let i = 0; i <= 300; i++) descriptions.remember(`file:///${i}`, { text: ` ${i} `, model: 'm', at: i });
  descriptions.remember('file:///7', { text: 'again', model: 'm', at: 999 });
  descriptions.remember('file:///8', { text: '  ', model: 'm', at: 999 });
  expect(descriptions.of('file:///0')).toBeUndefined();
  expect(descriptions.of('file:///7')).toEqual({ text: 'again', model: 'm', at: 999 });
  expect(descriptions.of('file:///8')?.text).toBe('8');
  descriptions.remember('long', { text: 'x'.repeat(900), model: 'm', at: 0 });
  expect(descriptions.of('long')!.text).toHaveLength(600);
});

const turn = (change: Partial<PanelTurn>): PanelTurn => ({
  id: 't1',
  question: 'Describe this file.',
  attachments: [{ id: 'a1', name: 'a.png' }],
  answer: 'A fish.',
  state: 'done',
  result: { model: 'nano' } as AskResult,
  ...change,
});

test('of the chat the descriptions of one file are kept, and nothing else', () => {
  const said = (change: Partial<PanelTurn>) => {
    const descriptions = new LastDescriptions();
    const file = { name: 'a.png', key: 'file:///a.png', load: async () => ({ path: '/a.png' }) };
    rememberAnswers({ type: 'turn', turn: turn(change) }, (id) => (id === 'a1' ? file : undefined), descriptions);
    return descriptions.of('file:///a.png')?.text;
  };
  expect(said({})).toBe('A fish.');
  expect(said({ answer: 'Measured. A guess: A fish.', result: { lead: 'Measured. A guess: ' } as AskResult })).toBe(
    'A fish.',
  );
  expect(said({ state: 'streaming' })).toBeUndefined();
  expect(said({ state: 'stopped' })).toBeUndefined();
  expect(said({ question: 'How many?' })).toBeUndefined();
  expect(
    said({
      attachments: [
        { id: 'a1', name: '' },
        { id: 'a2', name: '' },
      ],
    }),
  ).toBeUndefined();
  expect(said({ attachments: [{ id: 'a9', name: '' }] })).toBeUndefined();
});

test('a conversation that is opened again brings its descriptions, without the time', () => {
  const descriptions = new LastDescriptions();
  const file = { name: 'a.png', key: 'file:///a.png', load: async () => ({ path: '/a.png' }) };
  const turns = [turn({}), turn({ id: 't2', answer: 'A goldfish.' })];
  rememberAnswers({ type: 'restore', turns, attachments: [], status: null }, () => file, descriptions);
  expect(descriptions.of('file:///a.png')).toEqual({ text: 'A goldfish.', model: 'nano', at: null });
});
