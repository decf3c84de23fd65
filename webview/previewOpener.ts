import type { MediaReport } from '../daemon/protocol/messages';
import type { PanelAttachment, PanelTurn } from '../daemon/protocol/panelMessages';
import { loadBundle } from './loadBundle';
import { PREVIEW_EVENT } from './previewEvent';
import type { PanelState } from './state';
import type { CloudBundle, Viewer, ViewerBundle } from './viewer/viewerPorts';
import type { ViewRequests } from './viewRequests';

/** Opens larger previews, one at a time; their code is loaded with the first. */
export class PreviewOpener {
  private open: { id: string; viewer: Viewer } | null = null;

  constructor(
    private readonly requests: ViewRequests,
    private readonly state: () => PanelState,
    private readonly notice: (text: string) => void,
  ) {
    document.addEventListener(PREVIEW_EVENT, (event) => void this.show(String((event as CustomEvent).detail)));
  }

  /** News for what is open. */
  update(): void {
    if (this.open === null) return;
    const attachment = latest(this.state(), this.open.id);
    if (attachment !== undefined) this.open.viewer.update(attachment);
  }

  private async show(id: string): Promise<void> {
    const attachment = latest(this.state(), id);
    if (attachment === undefined || this.open !== null) return;
    try {
      const { openViewer } = await loadBundle<ViewerBundle>('viewer');
      if (this.open !== null) return;
      const viewer = openViewer(attachment, {
        request: (part, signal, square) => this.requests.ask(id, { part, square }, signal),
        loadCloud: () => loadBundle<CloudBundle>('cloud'),
      });
      this.open = { id, viewer };
      await viewer.closed;
    } catch (error) {
      this.notice(error instanceof Error ? error.message : String(error));
    } finally {
      this.open = null;
      this.returnFocus(id);
    }
  }

  /** A card that was drawn anew meanwhile is not the element that had the focus: its like takes it. */
  private returnFocus(id: string): void {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const buttons = [...document.querySelectorAll<HTMLElement>('[data-preview]')];
    buttons
      .filter((button) => button.dataset.preview === id)
      .at(-1)
      ?.focus();
  }
}

/** What is known last of an attachment, in the composer or in a turn, and what the last answer told of its input. */
function latest({ attachments, turns }: PanelState, id: string): PanelAttachment | undefined {
  const newestFirst = [...turns].reverse();
  const all = [...attachments, ...newestFirst.flatMap((turn) => turn.attachments)].filter((one) => one.id === id);
  const known = all.find(({ report }) => report !== undefined) ?? all[0];
  const told = newestFirst.flatMap((turn) => reportsOf(turn, id)).find(({ input }) => input !== undefined);
  if (known === undefined || told?.input === undefined) return known;
  return { ...known, report: { ...(known.report ?? told), input: told.input } };
}

/** The reports of a turn's answer about an attachment: media and attachments are in one order. */
function reportsOf({ attachments, result }: PanelTurn, id: string): MediaReport[] {
  return (result?.media ?? []).filter((_, i) => attachments[i]?.id === id);
}
