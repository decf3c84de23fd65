import { expect, test } from 'vitest';
import type { PanelTurn } from '../../../daemon/protocol/panelMessages';
import { packRestore } from '../../../extension/chat/packRestore';
import { activeTurn, initialState, type PanelState, reduce, showsAttachments } from '../../../webview/state';

const turn = (id: string, change: Partial<PanelTurn> = {}): PanelTurn => ({
  id,
  question: '?',
  attachments: [],
  answer: '',
  state: 'waiting',
  ...change,
});
const withTurns = (...turns: PanelTurn[]): PanelState => ({ ...initialState, turns });

test('restore replaces everything', () => {
  const state = reduce(withTurns(turn('old')), { type: 'restore', turns: [turn('t1')], attachments: [], status: null });
  expect(state).toMatchObject({ opened: true, turns: [turn('t1')], attachments: [], status: null });
});

test('a turn is added, then replaced in its place', () => {
  let state = reduce(withTurns(turn('t1')), { type: 'turn', turn: turn('t2') });
  state = reduce(state, { type: 'turn', turn: turn('t1', { state: 'done' }) });
  expect(state.turns.map((t) => [t.id, t.state])).toEqual([
    ['t1', 'done'],
    ['t2', 'waiting'],
  ]);
});

test('a piece grows its turn, ends its stage, and leaves the others the same objects', () => {
  const before = withTurns(turn('t1'), turn('t2', { stage: 'encoding' }));
  const after = reduce(before, { type: 'piece', id: 't2', text: 'Hi' });
  expect(after.turns[1]).toEqual(turn('t2', { answer: 'Hi', state: 'streaming', stage: undefined }));
  expect(after.turns[0]).toBe(before.turns[0]);
});

test('stop ends the answer that streams before one that waits', () => {
  const waiting = turn('t1', { stage: 'queued' });
  expect(activeTurn(withTurns(turn('t0', { state: 'done' })))).toBeUndefined();
  expect(activeTurn(withTurns(waiting, turn('t2', { stage: 'starting' })))?.id).toBe('t2');
  expect(activeTurn(withTurns(waiting, turn('t3', { state: 'streaming' })))?.id).toBe('t3');
});

test('a turn shows its files where they differ from those before', () => {
  const a = [{ id: 'a', name: 'a.png' }];
  const turns = [
    turn('1', { attachments: a }),
    turn('2', { attachments: a }),
    turn('3'),
    turn('4', { attachments: a }),
  ];
  expect(turns.map((_, i) => showsAttachments(turns, i))).toEqual([true, false, false, true]);
});

test('a packed restore is the restore that it was made from, with what is shared said once', () => {
  const report = { file: '/a.png', modality: 'image', facts: [], warnings: [] };
  const attachments = [{ id: 'a1', name: 'a.png', report }];
  const result = { text: 'A', media: [{ ...report }] } as unknown as NonNullable<PanelTurn['result']>;
  const turns = ['t1', 't2'].map((id) => turn(id, { attachments: [...attachments], result, state: 'done' }));
  const message = { type: 'restore', turns, attachments, status: null } as const;
  const packed = packRestore({ ...message, turns: [...turns], attachments: [...attachments] });
  expect(packed).toMatchObject({ files: attachments, reports: [report] });
  expect(reduce(initialState, packed)).toEqual(reduce(initialState, { ...message, turns: [...turns] }));
});

test('news of a file reach every turn about it and the strip, and nothing else', () => {
  const a = [{ id: 'a', name: 'a.png' }];
  const before = { ...withTurns(turn('1', { attachments: a }), turn('2')), attachments: a };
  const after = reduce(before, { type: 'attachment', attachment: { id: 'a', name: 'a.png', error: 'gone' } });
  expect(after.turns[0]!.attachments[0]!.error).toBe('gone');
  expect(after.attachments[0]!.error).toBe('gone');
  expect(after.turns[1]).toBe(before.turns[1]);
});
