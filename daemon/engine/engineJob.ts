import { errors, type OneLensError } from '../common/errors';
import type { AskProgress } from '../protocol/messages';
import { CANCEL_LIMIT_SECONDS, STAGE_LIMITS_SECONDS, STAGE_NAMES, type Stage, stageAfter } from './stageLimits';

export interface EngineJobEvents {
  onProgress(value: AskProgress): void;
  /** The engine must be told to stop. */
  onCancel(): void;
  /** Whether it is only waiting for others. */
  isHeldUp(job: EngineJob): boolean;
  /** No sign of progress within the stage's limit: the engine hangs. */
  onStuck(job: EngineJob): void;
}

/**
 * One request inside the engine. `answer` settles at once on a cancel; `finished` only when the engine is done with
 * it, so that the next answer does not start on an engine that is still inside a native run.
 */
export class EngineJob {
  readonly answer: Promise<unknown>;
  readonly finished: Promise<void>;
  stage: Stage = 'starting';
  private resolve!: (value: unknown) => void;
  private reject!: (error: OneLensError) => void;
  private finish!: () => void;
  private timer: NodeJS.Timeout | undefined;
  private cancelled = false;

  constructor(
    readonly id: number,
    private readonly signal: AbortSignal,
    private readonly events: EngineJobEvents,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
    signal.addEventListener('abort', this.cancel, { once: true });
    this.watch();
  }

  progress(value: AskProgress): void {
    this.stage = stageAfter(value) ?? this.stage;
    if (this.cancelled) return;
    this.watch();
    this.events.onProgress(value);
  }

  succeed(value: unknown): void {
    this.resolve(value);
    this.end();
  }

  fail(error: OneLensError): void {
    this.reject(error);
    this.end();
  }

  private end(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.cancel);
    this.finish();
  }

  private readonly cancel = (): void => {
    this.cancelled = true;
    this.reject(errors.cancelled());
    this.watch();
    this.events.onCancel();
  };

  /** (Re)starts the time limit of the present stage. */
  private watch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.events.isHeldUp(this)) return this.watch();
      this.fail(errors.timedOut(STAGE_NAMES[this.stage], this.limit()));
      this.events.onStuck(this);
    }, this.limit() * 1000);
  }

  private limit(): number {
    const limit = STAGE_LIMITS_SECONDS[this.stage];
    return this.cancelled && this.stage !== 'loading' ? Math.min(limit, CANCEL_LIMIT_SECONDS) : limit;
  }
}
