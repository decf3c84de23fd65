import type { MediaSource, MediaView } from '../../daemon/protocol/messages';
import type { FromPanel, PanelView, ToPanel } from '../../daemon/protocol/panelMessages';
import type { DaemonApi } from '../supervisor/daemonApi';
import { failures, toFailure } from '../supervisor/failure';
import type { Attachable } from './attachments';

/** What the larger previews need of the world; none of it is VS Code's. */
export interface ViewPorts {
  /** The chat's session. */
  attachments: {
    fileOf(id: string): Attachable | undefined;
    sourceOf(id: string): Promise<MediaSource | undefined>;
  };
  /** Rejects with a Failure. */
  daemon(): Promise<DaemonApi>;
  post(message: ToPanel): void;
  log(line: string): void;
}

type Request = Extract<FromPanel, { type: 'view' }>;

/** Of a sound that the page plays as it is; a larger one is decoded by the daemon, and its beginning played. */
export const PLAY_BYTES_LIMIT = 64 * 1024 * 1024;
const VIEW_LIMIT_MS = 120_000;

/** Answers the panel's larger previews: each when somebody looks, cancelled when the look ends. */
export class AttachmentViews {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly ports: ViewPorts) {}

  /** Posts one answer, `viewed` or `viewFailed`; none for what was cancelled. */
  async view(request: Request): Promise<void> {
    const { id } = request;
    const abort = new AbortController();
    this.running.set(id, abort);
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(VIEW_LIMIT_MS)]);
    try {
      const view = await this.make(request, signal);
      if (!abort.signal.aborted) this.ports.post({ type: 'viewed', id, view });
    } catch (error) {
      if (abort.signal.aborted) return;
      const failure = signal.aborted ? failures.viewTooSlow(VIEW_LIMIT_MS / 1000) : toFailure(error);
      this.ports.log(`Preview failed: error[${failure.code}]: ${failure.message}`);
      this.ports.post({ type: 'viewFailed', id, text: failure.message });
    } finally {
      this.running.delete(id);
    }
  }

  cancel(id: string): void {
    this.running.get(id)?.abort();
  }

  private async make({ attachment, part, square }: Request, signal: AbortSignal): Promise<PanelView> {
    if (part === 'bytes') return bytesOf(this.ports.attachments.fileOf(attachment));
    const source = await this.ports.attachments.sourceOf(attachment);
    if (source === undefined) throw failures.attachmentGone();
    const daemon = await this.ports.daemon();
    if (part === 'plot') return { kind: 'plot', result: await daemon.plotData({ source }, signal) };
    const { view } = await daemon.view({ source, part, ...(square ? { square } : {}) }, signal);
    return forPanel(view);
  }
}

async function bytesOf(file: Attachable | undefined): Promise<PanelView> {
  if (file?.readBytes === undefined) throw failures.attachmentGone();
  // a copy, because VS Code sends plain typed arrays only
  return { kind: 'bytes', bytes: Uint8Array.from(await file.readBytes(PLAY_BYTES_LIMIT)) };
}

/** A WAV is large: it goes on as bytes. */
function forPanel(view: MediaView): PanelView {
  if (view.kind !== 'wav') return view;
  const { base64, seconds, of } = view;
  return { kind: 'bytes', bytes: Uint8Array.from(Buffer.from(base64, 'base64')), seconds, of };
}
