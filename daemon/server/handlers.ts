import type { MessageConnection } from 'vscode-jsonrpc/node';
import { type AskProgress, methods } from '../protocol/messages';
import { parse } from './params';
import type { Services } from './services';
import { tell } from './tell';

export interface RequestContext {
  services: Services;
  /** Cancelled by `$/cancelRequest` and when the client goes. */
  signal: AbortSignal;
  connection: MessageConnection;
}

interface Handler {
  /** Answered before `initialize`, too. */
  always?: boolean;
  run(params: unknown, context: RequestContext): unknown;
}

/** A method a row: unpack, call a service, pack. */
export const handlers: Readonly<Record<string, Handler>> = {
  [methods.ask]: {
    run: (params, { services, signal, connection }) => {
      const ask = parse.ask(params);
      const token = ask.partialResultToken;
      const report = (value: AskProgress) => {
        if (token !== undefined) tell(connection, '$/progress', { token, value });
      };
      return services.chat.ask(ask, signal, report);
    },
  },
  [methods.facts]: { run: (params, { services, signal }) => services.facts.facts(parse.facts(params), signal) },
  [methods.plotData]: {
    run: (params, { services, signal }) => services.facts.plotData(parse.plotData(params), signal),
  },
  [methods.view]: { run: (params, { services, signal }) => services.facts.view(parse.view(params), signal) },
  [methods.listModels]: { run: (_params, { services }) => services.models.list() },
  [methods.useModel]: { run: (params, { services }) => services.models.use(parse.model(params).id) },
  [methods.importModel]: {
    run: (params, { services, signal }) => services.models.import(parse.importModel(params).folder, signal),
  },
  [methods.removeModel]: { run: (params, { services }) => services.models.remove(parse.model(params).id) },
  [methods.getStatus]: { run: (_params, { services }) => services.status.status() },
  [methods.restartEngine]: { run: (_params, { services }) => services.status.restartEngine() },
  [methods.retire]: { always: true, run: (_params, { services }) => services.lifetime.retire() },
};
