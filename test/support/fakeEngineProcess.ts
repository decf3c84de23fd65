import type { EngineProcess } from '../../daemon/engine/engineProcess';
import type { FromEngine, ToEngine } from '../../daemon/engine/messages';

/** An engine process that does what the test says. */
export class FakeEngineProcess implements EngineProcess {
  readonly sent: ToEngine[] = [];
  killed = false;
  private messageListener: (message: FromEngine) => void = () => {};
  private exitListener: (reason: string) => void = () => {};

  constructor(readonly pid: number) {}

  send(message: ToEngine): void {
    this.sent.push(message);
  }

  onMessage(listener: (message: FromEngine) => void): void {
    this.messageListener = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.exitListener = listener;
  }

  kill(): void {
    this.killed = true;
    this.die('signal SIGKILL');
  }

  say(message: FromEngine): void {
    this.messageListener(message);
  }

  die(reason: string): void {
    this.exitListener(reason);
  }

  /** Ids of the requests that were sent, in order. */
  get requests(): number[] {
    return this.sent.flatMap((message) => (message.type === 'request' ? [message.id] : []));
  }
}
