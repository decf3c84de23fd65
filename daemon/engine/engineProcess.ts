import { fork } from 'node:child_process';
import type { Logger } from '../common/logger';
import type { FromEngine, ToEngine } from './messages';

/** A running engine as its host sees it; `forkEngine` makes the real one, tests a fake. */
export interface EngineProcess {
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once, however it ends. The reason is readable: "signal SIGKILL", "exit code 134". */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** Forks the bundle `script` on the daemon's own Node (ELECTRON_RUN_AS_NODE is inherited where that is VS Code's). */
export function forkEngine(script: string, home: string, log: Logger): EngineProcess {
  const child = fork(script, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ONELENS_HOME: home },
  });
  for (const stream of [child.stdout, child.stderr])
    stream
      ?.setEncoding('utf8')
      .on('data', (text: string) => log.log('warn', `engine: ${text.trimEnd().slice(0, 4000)}`));
  return {
    pid: child.pid,
    // a message to an engine that is just dying is lost; its exit fails the request
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => onceEnded(child, listener),
    kill: () => child.kill('SIGKILL'),
  };
}

function onceEnded(child: ReturnType<typeof fork>, listener: (reason: string) => void): void {
  let ended = false;
  const end = (reason: string) => {
    if (!ended) listener(reason);
    ended = true;
  };
  child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  child.once('error', (error) => {
    // a spawn that failed has no pid and never exits; a failed send or kill is not an end
    if (child.pid === undefined) end(error.message);
  });
}
