import type { ModelSquare } from '../daemon/protocol/messages';
import type { FromPanel, PanelView, PanelViewPart, ToPanel } from '../daemon/protocol/panelMessages';

export interface PartRequest {
  part: PanelViewPart;
  /** Of "seen": from the input that an answer told. */
  square?: ModelSquare | undefined;
}

type Answer = Extract<ToPanel, { type: 'viewed' | 'viewFailed' }>;

/** Asks the extension for what a larger preview shows; one answer a question. */
export class ViewRequests {
  private readonly waiting = new Map<string, (answer: Answer) => void>();
  private count = 0;

  constructor(private readonly post: (message: FromPanel) => void) {}

  /** Rejects with the failure's text; an abort tells the extension, and leaves it pending. */
  ask(attachment: string, { part, square }: PartRequest, signal: AbortSignal): Promise<PanelView> {
    this.count += 1;
    const id = `p${this.count}`;
    this.post({ type: 'view', id, attachment, part, ...(square ? { square } : {}) });
    signal.addEventListener('abort', () => this.waiting.delete(id) && this.post({ type: 'cancelView', id }));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (answer) => {
        if (answer.type === 'viewed') resolve(answer.view);
        else reject(new Error(answer.text));
      });
    });
  }

  receive(answer: Answer): void {
    this.waiting.get(answer.id)?.(answer);
    this.waiting.delete(answer.id);
  }
}
