import type { MediaReport, MediaSource, SuppliedFrame } from '../../daemon/protocol/messages';
import type { PanelAttachment } from '../../daemon/protocol/panelMessages';
import { type Failure, toFailure } from '../supervisor/failure';
import { type Attachment, withReport } from './attachments';
import { FRAME_BYTES_LIMIT } from './frameDecoder';
import type { SessionPorts } from './sessionPorts';

const INSPECT_LIMIT_MS = 60_000;

type InspectorPorts = Pick<SessionPorts, 'daemon' | 'decodeFrames' | 'log'>;

/** Fetches what the panel draws of a file and its facts, apart from any question. */
export class Inspector {
  constructor(
    private readonly ports: InspectorPorts,
    private readonly show: (attachment: Attachment, panel: PanelAttachment) => void,
  ) {}

  /** Begins where it has not; never rejects: what goes wrong is shown on the file, or logged. */
  inspect(attachment: Attachment): Promise<void> {
    attachment.inspected ??= this.inspectAgain(attachment);
    return attachment.inspected;
  }

  async inspectAgain(attachment: Attachment): Promise<void> {
    try {
      const source = await attachment.file.load();
      const daemon = await this.ports.daemon();
      const ask = (media: MediaSource) =>
        daemon.facts({ source: media, preview: true }, AbortSignal.timeout(INSPECT_LIMIT_MS));
      let report = await ask(source);
      this.show(attachment, withReport(attachment.panel, report));
      const frames = await this.framesFor(attachment, report);
      if (frames.length === 0) return;
      report = await ask({ ...source, frames });
      this.show(attachment, withReport(attachment.panel, report));
    } catch (error) {
      const failure = toFailure(error);
      this.ports.log(`${attachment.file.name}: error[${failure.code}]: ${failure.message}`);
      // a daemon that does not start is told once, under the question, and not on each file
      if (isAboutTheFile(failure)) this.show(attachment, { ...attachment.panel, error: failure.message });
    }
  }

  /** A video that the daemon cannot decode is shown to it as the frames that the panel can. */
  async sourceOf(attachment: Attachment): Promise<MediaSource> {
    if (isVideoName(attachment.file.name)) await this.inspect(attachment);
    const source = await attachment.file.load();
    const { frames } = attachment;
    return frames !== undefined && frames.length > 0 ? { ...source, frames } : source;
  }

  /** Asked of the panel once a file. */
  private async framesFor(attachment: Attachment, report: MediaReport): Promise<SuppliedFrame[]> {
    const { file } = attachment;
    if (report.wantsFrames === undefined || file.readBytes === undefined) return [];
    if (attachment.frames === undefined) {
      const bytes = await file.readBytes(FRAME_BYTES_LIMIT);
      const { frames, reason } = await this.ports.decodeFrames(bytes, report.wantsFrames);
      if (reason !== undefined) this.ports.log(`${file.name}: its frames were not decoded in the panel: ${reason}.`);
      attachment.frames = frames;
    }
    return attachment.frames;
  }
}

/** By its name: others are decoded by the daemon alone. */
function isVideoName(name: string): boolean {
  return /\.(mp4|m4v|mov|webm|mkv|avi)$/i.test(name);
}

/** Then it is looked at by itself: which of the files it was, and what can be measured of it all the same. */
export function isAboutTheFile(failure: Failure): boolean {
  return /^(FILE|MEDIA|MODALITY)_|^RESTRICTED$/.test(failure.code);
}
