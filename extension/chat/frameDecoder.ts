import type { SuppliedFrame } from '../../daemon/protocol/messages';
import type { FromPanel, ToPanel } from '../../daemon/protocol/panelMessages';

/** What the decoder needs of the panel. */
export interface FramePanel {
  /** Resolves when the page can take messages; false where it does not open in time. */
  ready(limitMs: number): Promise<boolean>;
  post(message: ToPanel): void;
}

/** Of a video that is handed to the page. */
export const FRAME_BYTES_LIMIT = 256 * 1024 * 1024;
const OPEN_LIMIT_MS = 10_000;
const DECODE_LIMIT_MS = 30_000;
/** Longest side of a frame in pixels. */
const SIDE = 448;

/**
 * Has the panel decode a video's frames: the browser inside VS Code brings decoders (WebCodecs) that the daemon may
 * lack. Every wait has a limit; what cannot be decoded gives no frames and a reason.
 */
export class FrameDecoder {
  private readonly waiting = new Map<string, (answer: Extract<FromPanel, { type: 'frames' }>) => void>();
  private count = 0;

  constructor(private readonly panel: FramePanel) {}

  /** Frames at about `times` (seconds), in order; none where the panel cannot. */
  async decode(
    bytes: Uint8Array,
    times: number[],
    limitMs = DECODE_LIMIT_MS,
  ): Promise<{ frames: SuppliedFrame[]; reason?: string }> {
    if (!(await this.panel.ready(OPEN_LIMIT_MS))) return { frames: [], reason: 'the chat panel is not open' };
    this.count += 1;
    const id = `v${this.count}`;
    const answered = new Promise<{ frames: SuppliedFrame[]; reason?: string }>((resolve) => {
      const timer = setTimeout(() => resolve({ frames: [], reason: 'decoding took too long' }), limitMs);
      this.waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve({ frames: answer.frames, ...(answer.reason === undefined ? {} : { reason: answer.reason }) });
      });
    });
    // a copy, because VS Code sends plain typed arrays only, and what reads files gives Node's Buffer
    this.panel.post({ type: 'decodeFrames', id, bytes: Uint8Array.from(bytes), times, side: SIDE });
    return answered.finally(() => this.waiting.delete(id));
  }

  /** The page's answer; one that comes too late is dropped. */
  receive(answer: Extract<FromPanel, { type: 'frames' }>): void {
    this.waiting.get(answer.id)?.(answer);
  }
}
