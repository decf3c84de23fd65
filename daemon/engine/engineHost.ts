import { deserializeError, errors } from '../common/errors';
import type { Logger } from '../common/logger';
import type { AskProgress, AskResult, EngineState } from '../protocol/messages';
import { EngineJob } from './engineJob';
import { EngineLifecycle } from './engineLifecycle';
import type { EngineProcess } from './engineProcess';
import type { EngineAsk, EngineMethod, EngineMethods, EngineRequest, FromEngine, LoadedModel } from './messages';
import { SerialQueue } from './serialQueue';
import { STAGE_NAMES } from './stageLimits';

export interface EngineStatus {
  state: EngineState;
  pid: number | undefined;
  /** In memory; null before the first answer and after a death. */
  model: LoadedModel | null;
  detail: string | undefined;
}

type OnProgress = (value: AskProgress) => void;

/** What the services use of the engine. */
export interface Engine {
  readonly status: EngineStatus;
  /** One answer at a time. A cancel rejects with CANCELLED at once, a dead engine with ENGINE_DIED. */
  ask(params: EngineAsk, signal: AbortSignal, onProgress: OnProgress): Promise<AskResult>;
  /** Anything else; runs beside an answer. */
  run<M extends EngineMethod>(
    method: M,
    params: EngineMethods[M]['params'],
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<EngineMethods[M]['result']>;
  /** Kills the engine, forgives its deaths, and starts a new one. */
  restart(): Promise<void>;
}

/** The daemon's side of the engine process: requests in, progress and answers out. Nothing waits without a limit. */
export class EngineHost implements Engine {
  private readonly lifecycle: EngineLifecycle;
  private readonly jobs = new Map<number, EngineJob>();
  private readonly answers = new SerialQueue();
  private model: LoadedModel | null = null;
  private nextId = 1;

  constructor(
    fork: () => EngineProcess,
    private readonly log: Logger,
    private readonly onStatus: (status: EngineStatus) => void,
  ) {
    this.lifecycle = new EngineLifecycle(fork, log, {
      onMessage: (message) => this.receive(message),
      onDeath: (reason) => this.lose(reason),
      onChange: () => this.changed(),
    });
  }

  get status(): EngineStatus {
    const { state, process, detail } = this.lifecycle;
    const busy = state === 'ready' && this.jobs.size > 0;
    return { state: busy ? 'busy' : state, pid: process?.pid, model: this.model, detail };
  }

  async ask(params: EngineAsk, signal: AbortSignal, onProgress: OnProgress): Promise<AskResult> {
    const leave = await this.answers.enter(signal, params.background);
    const job = await this.begin('ask', params, signal, onProgress).catch((error) => {
      leave();
      throw error;
    });
    // not `answer`: a cancelled answer is over for the asker before it is over for the engine
    void job.finished.then(leave);
    return (await job.answer) as AskResult;
  }

  async run<M extends EngineMethod>(
    method: M,
    params: EngineMethods[M]['params'],
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<EngineMethods[M]['result']> {
    const job = await this.begin(method, params, signal, onProgress);
    return (await job.answer) as EngineMethods[M]['result'];
  }

  restart(): Promise<void> {
    return this.lifecycle.restart();
  }

  dispose(): void {
    this.lifecycle.dispose();
  }

  private async begin<M extends EngineMethod>(
    method: M,
    params: EngineMethods[M]['params'],
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<EngineJob> {
    if (this.lifecycle.state !== 'ready') onProgress({ kind: 'stage', stage: 'starting' });
    const process = await this.lifecycle.ready(signal);
    if (signal.aborted) throw errors.cancelled();
    const id = this.nextId++;
    const job = new EngineJob(id, signal, {
      onProgress,
      onCancel: () => process.send({ type: 'cancel', id }),
      isHeldUp: (waiting) => this.isHeldUp(waiting),
      onStuck: ({ stage }) => this.lifecycle.kill(`${STAGE_NAMES[stage].toLowerCase()} took too long`),
    });
    this.jobs.set(id, job);
    void job.finished.then(() => {
      if (this.jobs.delete(id)) this.changed();
    });
    process.send({ type: 'request', id, method, params } as EngineRequest);
    this.changed();
    return job;
  }

  /** A request that the engine has not begun waits as long as others may take. */
  private isHeldUp(waiting: EngineJob): boolean {
    const others = [...this.jobs.values()].some((job) => job !== waiting && job.stage !== 'starting');
    return waiting.stage === 'starting' && others;
  }

  private receive(message: FromEngine): void {
    switch (message.type) {
      case 'progress':
        this.jobs.get(message.id)?.progress(message.value);
        break;
      case 'result':
        this.jobs.get(message.id)?.succeed(message.value);
        break;
      case 'error':
        this.jobs.get(message.id)?.fail(deserializeError(message.error));
        break;
      case 'model':
        this.model = message.model;
        this.changed();
        break;
      case 'log':
        this.log.log(message.level, `engine: ${message.text}`);
    }
  }

  private lose(reason: string): void {
    this.model = null;
    for (const job of [...this.jobs.values()]) job.fail(errors.engineDied(reason));
  }

  private changed(): void {
    this.onStatus(this.status);
  }
}
