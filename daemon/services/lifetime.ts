import type { RetireResult } from '../protocol/messages';

/**
 * When the daemon goes: after `idleMs` without a connection and without work (0 = never), or, once a newer client has
 * asked it to retire, as soon as nobody uses it.
 */
export class Lifetime {
  private connections = 0;
  private retiring = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly idleMs: number,
    private readonly isWorking: () => boolean,
    private readonly onIdle: (reason: string) => void,
  ) {
    this.changed();
  }

  /** To be called when a client comes (+1) and goes (-1). */
  connected(by: 1 | -1): void {
    this.connections += by;
    this.changed();
  }

  /** To be called when work begins or ends, too. */
  changed(): void {
    clearTimeout(this.timer);
    if (this.connections > 0 || this.isWorking()) return;
    if (this.retiring) this.timer = setTimeout(() => this.onIdle('made room for a newer version'), 0);
    else if (this.idleMs > 0) this.timer = setTimeout(() => this.onIdle('nobody needed it'), this.idleMs);
  }

  /** The asker is connected itself, and hangs up after the answer. Who was told to stay for ever stays. */
  retire(): RetireResult {
    if (this.idleMs === 0) return { now: false };
    this.retiring = true;
    return { now: this.connections <= 1 && !this.isWorking() };
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
