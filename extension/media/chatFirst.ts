import type { PanelTurn, ToPanel } from '../../daemon/protocol/panelMessages';
import { orAborted } from '../chat/waiting';
import { failures } from '../supervisor/failure';

/** Listens to what the chat panel is told: work in the background steps back while a person waits for an answer. */
export class ChatFirst {
  private readonly waiting = new Set<string>();
  private readonly onBusyListeners = new Set<() => void>();
  private readonly onAnswerListeners = new Set<(turn: PanelTurn) => void>();
  private idle: { promise: Promise<void>; resolve: () => void } | undefined;

  get busy(): boolean {
    return this.waiting.size > 0;
  }

  observe(message: ToPanel): void {
    const wasBusy = this.busy;
    if (message.type === 'restore' || message.type === 'restorePacked') {
      this.waiting.clear();
      for (const turn of message.turns) this.see(turn);
    } else if (message.type === 'turn') {
      this.see(message.turn);
      if (message.turn.state === 'done') for (const listener of this.onAnswerListeners) listener(message.turn);
    }
    if (!wasBusy && this.busy) for (const listener of this.onBusyListeners) listener();
    if (wasBusy && !this.busy) this.release();
  }

  /** Calls back at the beginning of each stretch in which the chat waits for answers. */
  onBusy(listener: () => void): { dispose(): void } {
    this.onBusyListeners.add(listener);
    return { dispose: () => this.onBusyListeners.delete(listener) };
  }

  /** Calls back with each turn that is shown as done, the same one again where it is shown again. */
  onAnswer(listener: (turn: PanelTurn) => void): { dispose(): void } {
    this.onAnswerListeners.add(listener);
    return { dispose: () => this.onAnswerListeners.delete(listener) };
  }

  /** Resolves while nobody waits in the chat; CANCELLED when the signal says so. */
  async untilIdle(signal: AbortSignal): Promise<void> {
    while (this.busy) {
      this.idle ??= deferred();
      await orAborted(this.idle.promise, signal);
    }
    if (signal.aborted) throw failures.cancelled();
  }

  private see({ id, state }: Pick<PanelTurn, 'id' | 'state'>): void {
    if (state === 'waiting' || state === 'streaming') this.waiting.add(id);
    else this.waiting.delete(id);
  }

  private release(): void {
    this.idle?.resolve();
    this.idle = undefined;
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
