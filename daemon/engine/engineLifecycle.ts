import { errors, type OneLensError } from '../common/errors';
import type { Logger } from '../common/logger';
import type { EngineProcess } from './engineProcess';
import type { FromEngine } from './messages';
import { decideRestart } from './restartPolicy';
import { START_LIMIT_SECONDS } from './stageLimits';

export interface LifecycleEvents {
  onMessage(message: FromEngine): void;
  /** The process is gone; everything inside it is lost. */
  onDeath(reason: string): void;
  onChange(): void;
}

interface Waiter {
  resolve(process: EngineProcess): void;
  reject(error: OneLensError): void;
}

/** One engine process at a time: started when first needed, started again after a death, given up after too many. */
export class EngineLifecycle {
  state: 'stopped' | 'starting' | 'ready' | 'failed' = 'stopped';
  /** Why it is not ready; undefined when all is well. */
  detail: string | undefined;
  process: EngineProcess | undefined;
  private deaths: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private waiters: Waiter[] = [];
  private disposed = false;

  constructor(
    private readonly fork: () => EngineProcess,
    private readonly log: Logger,
    private readonly events: LifecycleEvents,
  ) {}

  /** The ready engine. Waits for a start or a back-off; rejects when cancelled or given up. */
  async ready(signal: AbortSignal): Promise<EngineProcess> {
    if (signal.aborted) throw errors.cancelled();
    if (this.disposed) throw errors.engineUnavailable('the daemon is stopping');
    if (this.state === 'ready' && this.process) return this.process;
    const answer = this.wait(signal);
    if (this.state === 'stopped') this.launch();
    else if (this.state === 'failed') this.launchIfAllowed();
    return answer;
  }

  /** Ends the present process on purpose (its work fails), forgives earlier deaths and starts a new one. */
  async restart(): Promise<void> {
    this.deaths = [];
    this.drop('restarted on request');
    const answer = this.wait(new AbortController().signal);
    this.launch();
    await answer;
  }

  /** The present process does not answer any more. */
  kill(reason: string): void {
    this.log.log('error', `killing the engine ${this.process?.pid ?? ''}: ${reason}`);
    this.process?.kill();
  }

  dispose(): void {
    this.disposed = true;
    this.drop('the daemon is stopping');
    this.settle((w) => w.reject(errors.engineUnavailable('the daemon is stopping')));
  }

  /** Lets go of the process without counting it as a death. */
  private drop(reason: string): void {
    clearTimeout(this.timer);
    const old = this.process;
    this.process = undefined;
    this.state = 'stopped';
    old?.kill();
    if (old) this.events.onDeath(reason);
    this.events.onChange();
  }

  private launch(): void {
    this.state = 'starting';
    this.events.onChange();
    const process = this.fork();
    this.process = process;
    process.onMessage((message) => {
      if (process !== this.process) return;
      if (message.type === 'ready') this.becomeReady(process);
      else this.events.onMessage(message);
    });
    process.onExit((reason) => {
      if (process === this.process) this.died(reason);
    });
    this.timer = setTimeout(() => this.kill(`not ready in ${START_LIMIT_SECONDS} seconds`), START_LIMIT_SECONDS * 1000);
  }

  private becomeReady(process: EngineProcess): void {
    clearTimeout(this.timer);
    this.state = 'ready';
    this.detail = undefined;
    this.log.log('info', `engine ${process.pid ?? ''} is ready`);
    this.events.onChange();
    this.settle((waiter) => waiter.resolve(process));
  }

  private died(reason: string): void {
    clearTimeout(this.timer);
    this.log.log('error', `the engine ended: ${reason}`);
    this.process = undefined;
    this.deaths.push(Date.now());
    this.detail = `the engine ended: ${reason}`;
    this.state = 'stopped';
    this.events.onDeath(reason);
    this.launchIfAllowed();
  }

  private launchIfAllowed(): void {
    const decision = decideRestart(this.deaths, Date.now());
    if (decision.restart) {
      this.state = 'starting';
      this.events.onChange();
      this.timer = setTimeout(() => this.launch(), decision.delayMs);
      return;
    }
    this.state = 'failed';
    const detail = `it ended ${decision.deaths} times in a row; ${this.detail ?? ''}`;
    this.events.onChange();
    this.settle((waiter) => waiter.reject(errors.engineUnavailable(detail)));
  }

  private settle(how: (waiter: Waiter) => void): void {
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) how(waiter);
  }

  private wait(signal: AbortSignal): Promise<EngineProcess> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.waiters = this.waiters.filter((w) => w !== waiter);
        reject(errors.cancelled());
      };
      const done = () => signal.removeEventListener('abort', abort);
      const waiter: Waiter = {
        resolve: (process) => {
          done();
          resolve(process);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.waiters.push(waiter);
    });
  }
}
