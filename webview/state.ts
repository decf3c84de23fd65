import type { StatusInfo } from '../daemon/protocol/messages';
import type { PanelAttachment, PanelTurn, ToPanel } from '../daemon/protocol/panelMessages';

/** All that the page shows. A turn that changes is a new object, so that parts can compare by identity. */
export interface PanelState {
  /** The extension has said what there is. */
  opened: boolean;
  turns: readonly PanelTurn[];
  attachments: readonly PanelAttachment[];
  status: StatusInfo | null;
}

export const initialState: PanelState = { opened: false, turns: [], attachments: [], status: null };

/** Pure: the state after a message. `focus` changes nothing here. */
export function reduce(state: PanelState, message: ToPanel): PanelState {
  switch (message.type) {
    case 'restore':
      return { opened: true, turns: message.turns, attachments: message.attachments, status: message.status };
    case 'attachments':
      return { ...state, attachments: message.attachments };
    case 'turn':
      return { ...state, turns: withTurn(state.turns, message.turn) };
    case 'piece':
      return {
        ...state,
        turns: state.turns.map((turn) => (turn.id === message.id ? withPiece(turn, message.text) : turn)),
      };
    case 'status':
      return { ...state, status: message.status };
    default:
      return state;
  }
}

function withTurn(turns: readonly PanelTurn[], turn: PanelTurn): readonly PanelTurn[] {
  return turns.some((one) => one.id === turn.id)
    ? turns.map((one) => (one.id === turn.id ? turn : one))
    : [...turns, turn];
}

function withPiece(turn: PanelTurn, text: string): PanelTurn {
  return { ...turn, answer: turn.answer + text, state: 'streaming', stage: undefined };
}

/** The turn that Stop ends: the one being answered, else the first that waits. */
export function activeTurn(state: PanelState): PanelTurn | undefined {
  return (
    state.turns.find((turn) => turn.state === 'streaming') ??
    state.turns.find((turn) => turn.state === 'waiting' && turn.stage !== 'queued') ??
    state.turns.find((turn) => turn.state === 'waiting')
  );
}

/** A turn shows its files where they are not the same as those of the turn before. */
export function showsAttachments(turns: readonly PanelTurn[], index: number): boolean {
  const ids = (turn: PanelTurn | undefined) => turn?.attachments.map((a) => a.id).join(' ') ?? '';
  return ids(turns[index]) !== '' && ids(turns[index]) !== ids(turns[index - 1]);
}
