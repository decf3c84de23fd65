import type { AgentDaemon } from '../agents/runAgentTool';
import { isOneLensError } from '../common/errors';

/** One connection to the daemon. */
export interface DaemonLink {
  daemon: AgentDaemon;
  close(): void;
}

/** The daemon ends when nobody has been connected for a while; a client that asks nothing must not keep it. */
const IDLE_MS = 60_000;

/** Opens the connection at the first call, shares it among calls, and closes it when nothing was asked for a minute. */
export class SharedDaemon {
  private link: Promise<DaemonLink> | undefined;
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connect: () => Promise<DaemonLink>,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Once more, over a new connection, where the old one turns out to be broken. */
  async use<T>(work: (daemon: AgentDaemon) => Promise<T>): Promise<T> {
    const used = this.link;
    try {
      return await this.once(work);
    } catch (error) {
      if (used === undefined || !isOneLensError(error) || error.code !== 'DAEMON_UNREACHABLE') throw error;
      await this.close(used);
      return this.once(work);
    }
  }

  /** Of the link that is given, else of the present one. */
  async close(link = this.link): Promise<void> {
    clearTimeout(this.timer);
    if (this.link === link) this.link = undefined;
    await link?.then((opened) => opened.close()).catch(() => {});
  }

  private async once<T>(work: (daemon: AgentDaemon) => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.running += 1;
    try {
      return await work((await this.opened()).daemon);
    } finally {
      this.running -= 1;
      if (this.running === 0) this.timer = setTimeout(() => void this.close(), this.idleMs).unref();
    }
  }

  private opened(): Promise<DaemonLink> {
    if (this.link) return this.link;
    const link = this.connect();
    this.link = link;
    // a start that failed is tried again by the next call
    link.catch(() => {
      if (this.link === link) this.link = undefined;
    });
    return link;
  }
}
