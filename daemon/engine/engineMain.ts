import { errors, toOneLensError } from '../common/errors';
import type { MediaReport, PlotDataResult, ViewResult } from '../protocol/messages';
import { answer } from './answer';
import type { EngineParts } from './engineParts';
import { MediaPipeline } from './mediaPipeline';
import type { EngineFacts, EnginePlotData, EngineRequest, EngineView, FromEngine, ToEngine } from './messages';
import { ModelSlot } from './modelSlot';

/** The engine's end of the channel to the daemon. */
export interface EngineChannel {
  send(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
}

/**
 * Serves requests until the process ends. Requests run side by side, as far as one thread allows: between two tokens
 * and between the chunks of a decoder, others have their turn and a cancel is heard.
 */
export function serveEngine(channel: EngineChannel, parts: EngineParts): ModelSlot {
  const running = new Map<number, AbortController>();
  const pipeline = new MediaPipeline(parts);
  const models = new ModelSlot(parts.loadModel, (model) => channel.send({ type: 'model', model }));

  const handle = async (request: EngineRequest, signal: AbortSignal) => {
    const progress = (value: Extract<FromEngine, { type: 'progress' }>['value']) =>
      channel.send({ type: 'progress', id: request.id, value });
    if (request.method === 'ask') return answer(request.params, { parts, pipeline, models }, signal, progress);
    progress({ kind: 'stage', stage: 'decoding' });
    if (request.method === 'facts') return facts(request.params, parts, pipeline, signal);
    if (request.method === 'view') return view(request.params, parts, pipeline, signal);
    return plotData(request.params, parts, pipeline, signal);
  };

  const serve = async (request: EngineRequest) => {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      const value = await handle(request, controller.signal);
      channel.send({ type: 'result', id: request.id, value });
    } catch (thrown) {
      const error = controller.signal.aborted ? errors.cancelled() : toOneLensError(thrown);
      if (error.code === 'INTERNAL') channel.send({ type: 'log', level: 'error', text: stackOf(thrown) });
      channel.send({ type: 'error', id: request.id, error: error.toJSON() });
    } finally {
      running.delete(request.id);
    }
  };

  channel.onMessage((message) => {
    if (message.type === 'request') void serve(message);
    else if (message.type === 'cancel') running.get(message.id)?.abort();
  });
  channel.send({ type: 'ready' });
  return models;
}

async function facts(
  params: EngineFacts,
  parts: EngineParts,
  pipeline: MediaPipeline,
  signal: AbortSignal,
): Promise<MediaReport> {
  const file = await parts.read(params.source, signal);
  const outline = file.restricted ? await parts.outline(file) : undefined;
  if (outline) return { file: file.file, ...outline, restricted: true };
  const { report } = await pipeline.open(file, { preview: params.preview, noCache: false }, signal);
  // frames that a client decodes are pictures, too
  const { wantsFrames: _, ...rest } = report;
  return file.restricted ? { ...rest, restricted: true } : report;
}

/** Throws FILE_NO_PICTURE for anything but a picture. */
async function plotData(
  params: EnginePlotData,
  parts: EngineParts,
  pipeline: MediaPipeline,
  signal: AbortSignal,
): Promise<PlotDataResult> {
  const source = await parts.read(params.source, signal);
  const media = await pipeline.decode(source, signal);
  if (media.kind !== 'image') throw errors.noPicture(source.file, media.kind);
  const found = await parts.plotData(media, params.picture, signal);
  const warnings = [...new Set([...media.warnings, ...found.data.warnings])];
  return { file: source.file, ...found, data: { ...found.data, warnings } };
}

async function view(
  { source: named, ...want }: EngineView,
  parts: EngineParts,
  pipeline: MediaPipeline,
  signal: AbortSignal,
): Promise<ViewResult> {
  const source = await parts.read(named, signal);
  const media = await pipeline.decode(source, signal);
  return { file: source.file, view: await parts.view(media, want, signal) };
}

/** For the log only. */
const stackOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error);
