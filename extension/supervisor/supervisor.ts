import { setTimeout as sleep } from 'node:timers/promises';
import type { StatusInfo } from '../../daemon/protocol/messages';
import type { DaemonApi } from './daemonApi';
import { type Failure, failures, toFailure } from './failure';
import { decideRestart, WINDOW_MS } from './restartPolicy';

/** One live connection to the daemon. */
export interface Link {
  api: DaemonApi;
  /** Ends our connection, never the daemon: other windows may be using it. */
  close(): Promise<void>;
}

export interface LinkEvents {
  /** The connection is gone, and not because `close` was called. */
  closed(): void;
  status(status: StatusInfo): void;
}

export type OpenLink = (events: LinkEvents, signal: AbortSignal) => Promise<Link>;

/** What the status item and the panel show. */
export interface Snapshot {
  state: 'stopped' | 'starting' | 'ready' | 'failed';
  /** The daemon's latest word, while the connection lives. */
  status: StatusInfo | null;
  failure: Failure | null;
}

/**
 * Owns the connection: stopped > starting > ready, or failed. Nothing starts before `ready()` is first called; a
 * connection that breaks is opened again by the next call, after the policy's delay.
 */
export class Supervisor {
  private current: Snapshot = { state: 'stopped', status: null, failure: null };
  private link: Link | null = null;
  private starting: { promise: Promise<DaemonApi>; abort: AbortController } | null = null;
  private failedAt: number[] = [];
  private generation = 0;
  private readonly listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(
    private readonly open: OpenLink,
    private readonly now: () => number = Date.now,
  ) {}

  get snapshot(): Snapshot {
    return this.current;
  }

  onDidChange(listener: (snapshot: Snapshot) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** The daemon, started and connected if need be; calls at the same time share one start. Rejects with a Failure. */
  ready(): Promise<DaemonApi> {
    if (this.link !== null) return Promise.resolve(this.link.api);
    if (this.starting !== null) return this.starting.promise;
    const abort = new AbortController();
    const promise = this.start(abort.signal).finally(() => {
      if (this.starting?.abort === abort) this.starting = null;
    });
    this.starting = { promise, abort };
    return promise;
  }

  /** A person asked for it: forgets earlier failures, and restarts the engine of a daemon that answers. */
  async restart(): Promise<void> {
    this.failedAt = [];
    const api = await this.ready();
    await api.restartEngine();
  }

  /** Ends our connection; the next `ready()` opens another. */
  async stop(): Promise<void> {
    this.generation += 1;
    this.starting?.abort.abort();
    this.starting = null;
    const link = this.link;
    this.link = null;
    this.change({ state: 'stopped', status: null, failure: null });
    await link?.close();
  }

  private async start(signal: AbortSignal): Promise<DaemonApi> {
    this.generation += 1;
    const generation = this.generation;
    try {
      this.change({ state: 'starting', status: null, failure: null });
      await this.wait(signal);
      const link = await this.open(this.eventsOf(generation), signal);
      if (generation !== this.generation) {
        await link.close();
        throw failures.cancelled();
      }
      this.link = link;
      this.change({ ...this.current, state: 'ready' });
      this.fetchStatus(link, generation);
      return link.api;
    } catch (error) {
      const failure = toFailure(error);
      if (generation === this.generation) this.startFailed(failure);
      throw failure;
    }
  }

  private startFailed(failure: Failure): void {
    if (failure.code !== 'DAEMON_GAVE_UP' && failure.code !== 'CANCELLED') this.failedAt.push(this.now());
    this.change({ state: 'failed', status: null, failure });
  }

  private async wait(signal: AbortSignal): Promise<void> {
    const decision = decideRestart(this.failedAt, this.now());
    if (decision.kind === 'giveUp') throw failures.gaveUp(decision.failures, WINDOW_MS / 60_000);
    if (decision.delayMs > 0) await sleep(decision.delayMs, undefined, { signal });
  }

  private eventsOf(generation: number): LinkEvents {
    return {
      closed: () => {
        if (generation !== this.generation) return;
        this.failedAt.push(this.now());
        this.link = null;
        this.change({ state: 'stopped', status: null, failure: null });
      },
      status: (status) => {
        if (generation === this.generation) this.change({ ...this.current, status });
      },
    };
  }

  /** The daemon notifies of changes only; the first status is fetched. */
  private fetchStatus(link: Link, generation: number): void {
    link.api.getStatus().then(
      (status) => {
        if (generation === this.generation && this.link === link) this.change({ ...this.current, status });
      },
      () => undefined,
    );
  }

  private change(snapshot: Snapshot): void {
    this.current = snapshot;
    for (const listener of this.listeners) listener(snapshot);
  }
}
