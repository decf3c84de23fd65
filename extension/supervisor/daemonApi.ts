import { CancellationTokenSource, ProgressType, ResponseError } from 'vscode-jsonrpc/node';
import {
  type AskParams,
  type AskProgress,
  type AskResult,
  type FactsParams,
  type FactsResult,
  methods,
  type PlotDataParams,
  type PlotDataResult,
  type StatusInfo,
  type ViewParams,
  type ViewResult,
} from '../../daemon/protocol/messages';
import { ONELENS_ERROR } from '../../daemon/protocol/version';
import { Failure, failures, toFailure } from './failure';

/** What the panel and the commands ask of the daemon. Every method rejects with a Failure and with nothing else. */
export interface DaemonApi {
  /** Streams through `onProgress`; an abort ends it with CANCELLED, or with a result that says "cancelled". */
  ask(params: AskParams, onProgress: (progress: AskProgress) => void, signal: AbortSignal): Promise<AskResult>;
  facts(params: FactsParams, signal: AbortSignal): Promise<FactsResult>;
  plotData(params: PlotDataParams, signal: AbortSignal): Promise<PlotDataResult>;
  view(params: ViewParams, signal: AbortSignal): Promise<ViewResult>;
  getStatus(): Promise<StatusInfo>;
  restartEngine(): Promise<void>;
}

interface Token {
  readonly isCancellationRequested: boolean;
}

/** The part of LanguageClient, or of a plain jsonrpc connection, that the facade stands on. */
export interface RpcClient {
  sendRequest(method: string, params: unknown, token: Token): Promise<unknown>;
  onProgress(
    type: ProgressType<AskProgress>,
    token: string,
    handler: (value: AskProgress) => void,
  ): { dispose(): void };
}

const REQUEST_CANCELLED = -32800;
/** vscode-jsonrpc's own codes for a connection that closed under a request, or is closed. */
const CONNECTION_CODES = new Set([-32097, -32096, -32099]);
const SHORT_LIMIT_MS = 15_000;

export class RemoteDaemon implements DaemonApi {
  private asks = 0;
  private readonly progressType = new ProgressType<AskProgress>();

  constructor(private readonly client: RpcClient) {}

  async ask(params: AskParams, onProgress: (progress: AskProgress) => void, signal: AbortSignal): Promise<AskResult> {
    this.asks += 1;
    const partialResultToken = `onelens-ask-${process.pid}-${this.asks}`;
    const listener = this.client.onProgress(this.progressType, partialResultToken, onProgress);
    try {
      return (await this.request(methods.ask, { ...params, partialResultToken }, signal)) as AskResult;
    } finally {
      listener.dispose();
    }
  }

  async facts(params: FactsParams, signal: AbortSignal): Promise<FactsResult> {
    return (await this.request(methods.facts, params, signal)) as FactsResult;
  }

  async plotData(params: PlotDataParams, signal: AbortSignal): Promise<PlotDataResult> {
    return (await this.request(methods.plotData, params, signal)) as PlotDataResult;
  }

  async view(params: ViewParams, signal: AbortSignal): Promise<ViewResult> {
    return (await this.request(methods.view, params, signal)) as ViewResult;
  }

  async getStatus(): Promise<StatusInfo> {
    return (await this.request(methods.getStatus, {}, AbortSignal.timeout(SHORT_LIMIT_MS))) as StatusInfo;
  }

  async restartEngine(): Promise<void> {
    await this.request(methods.restartEngine, {}, AbortSignal.timeout(SHORT_LIMIT_MS * 4));
  }

  private async request(method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.client.sendRequest(method, params, source.token);
    } catch (error) {
      throw failureOf(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}

/** A rejected request as a Failure. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof ResponseError)) return toFailure(error);
  if (error.code === REQUEST_CANCELLED) return failures.cancelled();
  if (CONNECTION_CODES.has(error.code)) return failures.connectionLost();
  const data = error.data as { code?: unknown; what?: unknown; remedy?: unknown } | undefined;
  if (error.code === ONELENS_ERROR && data !== undefined && typeof data.code === 'string') {
    return new Failure(data.code, String(data.what ?? error.message), String(data.remedy ?? ''));
  }
  return toFailure(error);
}
