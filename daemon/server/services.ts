import type {
  AskParams,
  AskProgress,
  AskResult,
  FactsParams,
  FactsResult,
  ModelInfo,
  PlotDataParams,
  PlotDataResult,
  RetireResult,
  StatusInfo,
  ViewParams,
  ViewResult,
} from '../protocol/messages';

/**
 * The verbs of the daemon, as the server's handlers call them: the server's port, which `daemon/services` fills.
 * It stands here and names protocol types alone, so that this project needs no reference to the services: project
 * references are transitive, and through that one the runtime, the store and the converter would compile here.
 */
export interface Services {
  chat: {
    ask(params: AskParams, signal: AbortSignal, onProgress: (value: AskProgress) => void): Promise<AskResult>;
  };
  facts: {
    facts(params: FactsParams, signal: AbortSignal): Promise<FactsResult>;
    plotData(params: PlotDataParams, signal: AbortSignal): Promise<PlotDataResult>;
    view(params: ViewParams, signal: AbortSignal): Promise<ViewResult>;
  };
  models: {
    list(): Promise<ModelInfo[]>;
    use(id: string): Promise<ModelInfo[]>;
    import(folder: string, signal: AbortSignal): Promise<ModelInfo>;
    remove(id: string): Promise<ModelInfo[]>;
  };
  status: { status(): Promise<StatusInfo>; restartEngine(): Promise<StatusInfo> };
  lifetime: { connected(by: 1 | -1): void; retire(): RetireResult };
}
