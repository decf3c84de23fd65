import type { Engine } from '../engine/engineHost';
import type { StatusInfo } from '../protocol/messages';

/** State, model and device, as every client shows them. */
export class StatusService {
  constructor(
    private readonly engine: Pick<Engine, 'status' | 'restart'>,
    /** The model that the next answer would use, when none is loaded. */
    private readonly modelInUse: () => Promise<string | null>,
    private readonly version: string,
  ) {}

  async status(): Promise<StatusInfo> {
    const { state, pid, model, detail } = this.engine.status;
    return {
      state,
      model: model?.id ?? (await this.modelInUse().catch(() => null)),
      device: model?.device ?? null,
      deviceReason: model?.deviceReason ?? null,
      ...(detail === undefined ? {} : { detail }),
      ...(pid === undefined ? {} : { enginePid: pid }),
      daemonPid: process.pid,
      version: this.version,
    };
  }

  async restartEngine(): Promise<StatusInfo> {
    await this.engine.restart();
    return this.status();
  }
}
