import type { AskResult, StatusInfo } from '../daemon/protocol/messages';
import type { FoundFile, PanelAttachment, PanelTurn, ToPanel } from '../daemon/protocol/panelMessages';

/** All that the page shows. A turn that changes is a new object, so that parts can compare by identity. */
export interface PanelState {
  /** The extension has said what there is. */
  opened: boolean;
  turns: readonly PanelTurn[];
  attachments: readonly PanelAttachment[];
  status: StatusInfo | null;
  /** The newest answer to `#`. */
  found: { request: number; files: readonly FoundFile[] };
}

export const initialState: PanelState = {
  opened: false,
  turns: [],
  attachments: [],
  status: null,
  found: { request: 0, files: [] },
};

/** Pure: the state after a message. `focus` changes nothing here. */
export function reduce(state: PanelState, message: ToPanel): PanelState {
  switch (message.type) {
    case 'restore':
      return {
        ...state,
        opened: true,
        turns: message.turns,
        attachments: message.attachments,
        status: message.status,
      };
    case 'restorePacked':
      return {
        ...state,
        opened: true,
        turns: unpack(message),
        attachments: message.attachments,
        status: message.status,
      };
    case 'attachments':
      return { ...state, attachments: message.attachments };
    case 'attachment':
      return withAttachment(state, message.attachment);
    case 'turn':
      return { ...state, turns: withTurn(state.turns, message.turn) };
    case 'piece':
      return { ...state, turns: withPiece(state.turns, message.id, message.text) };
    case 'status':
      return { ...state, status: message.status };
    case 'filesFound':
      return { ...state, found: { request: message.request, files: message.files } };
    default:
      return state;
  }
}

function unpack({ turns, files, reports }: Extract<ToPanel, { type: 'restorePacked' }>): PanelTurn[] {
  const at = <T>(list: readonly T[], indices: readonly number[]) =>
    indices.map((index) => list[index]).filter((item) => item !== undefined);
  return turns.map(({ files: indices, result, ...rest }) => {
    const turn: PanelTurn = { ...rest, attachments: at(files, indices) };
    if (result === undefined) return turn;
    const whole: AskResult = { ...result, media: at(reports, result.media) };
    return { ...turn, result: whole };
  });
}

function withTurn(turns: readonly PanelTurn[], turn: PanelTurn): readonly PanelTurn[] {
  const index = indexOf(turns, turn.id);
  return index < 0 ? [...turns, turn] : replaced(turns, index, turn);
}

function withPiece(turns: readonly PanelTurn[], id: string, text: string): readonly PanelTurn[] {
  const index = indexOf(turns, id);
  const turn = turns[index];
  if (turn === undefined) return turns;
  return replaced(turns, index, { ...turn, answer: turn.answer + text, state: 'streaming', stage: undefined });
}

function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  const copy = [...list];
  copy[index] = item;
  return copy;
}

/** The turn that changes is mostly the last. */
function indexOf(turns: readonly PanelTurn[], id: string): number {
  for (let index = turns.length - 1; index >= 0; index--) if (turns[index]?.id === id) return index;
  return -1;
}

function withAttachment(state: PanelState, attachment: PanelAttachment): PanelState {
  const renewed = (list: readonly PanelAttachment[]) =>
    list.some((one) => one.id === attachment.id)
      ? list.map((one) => (one.id === attachment.id ? attachment : one))
      : list;
  return {
    ...state,
    attachments: renewed(state.attachments),
    turns: state.turns.map((turn) => {
      const attachments = renewed(turn.attachments);
      return attachments === turn.attachments ? turn : { ...turn, attachments: [...attachments] };
    }),
  };
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
