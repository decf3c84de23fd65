import type { Engine } from '../engine/engineHost';
import type {
  FactsParams,
  FactsResult,
  PlotDataParams,
  PlotDataResult,
  ViewParams,
  ViewResult,
} from '../protocol/messages';
import { toEngineSource } from './chatService';

/** What can be measured in a file; needs no model. */
export class FactsService {
  constructor(private readonly engine: Engine) {}

  facts(params: FactsParams, signal: AbortSignal): Promise<FactsResult> {
    const request = { source: toEngineSource(params.source), preview: params.preview ?? false };
    return this.engine.run('facts', request, signal, () => {});
  }

  plotData(params: PlotDataParams, signal: AbortSignal): Promise<PlotDataResult> {
    const request = { source: toEngineSource(params.source), picture: params.picture ?? false };
    return this.engine.run('plotData', request, signal, () => {});
  }

  view({ source, ...want }: ViewParams, signal: AbortSignal): Promise<ViewResult> {
    return this.engine.run('view', { source: toEngineSource(source), ...want }, signal, () => {});
  }
}
