import type { MediaReport } from '../../daemon/protocol/messages';
import type { PackedTurn, PanelAttachment, PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';

/** A `restore` as it goes to the page: 500 turns about one picture carry its preview once. Other messages stay. */
export function packRestore(message: ToPanel): ToPanel {
  if (message.type !== 'restore') return message;
  const files = new Table<PanelAttachment>(({ id }) => id);
  const reports = new Table<MediaReport>((report) => JSON.stringify(report));
  return {
    type: 'restorePacked',
    turns: message.turns.map((turn) => pack(turn, files, reports)),
    files: files.all,
    reports: reports.all,
    attachments: message.attachments,
    status: message.status,
  };
}

function pack(turn: PanelTurn, files: Table<PanelAttachment>, reports: Table<MediaReport>): PackedTurn {
  const { attachments, result, ...rest } = turn;
  return {
    ...rest,
    files: attachments.map((one) => files.indexOf(one)),
    ...(result === undefined ? {} : { result: { ...result, media: result.media.map((one) => reports.indexOf(one)) } }),
  };
}

class Table<T extends object> {
  readonly all: T[] = [];
  private readonly byIdentity = new Map<T, number>();
  private readonly byKey = new Map<string, number>();

  constructor(private readonly keyOf: (item: T) => string) {}

  indexOf(item: T): number {
    const seen = this.byIdentity.get(item) ?? this.byKey.get(this.keyOf(item));
    const index = seen ?? this.all.push(item) - 1;
    this.byIdentity.set(item, index);
    if (seen === undefined) this.byKey.set(this.keyOf(item), index);
    return index;
  }
}
