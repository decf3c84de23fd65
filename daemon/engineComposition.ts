import { loadOneLlm } from './backends/oneLlm';
import { suppliedFrames } from './decoders/index';
import type { EngineParts } from './engine/engineParts';
import { MemoPlotReader, MemoTextReader, measureFacts, plotOverlay, toCsv, toPlotData } from './facts/index';
import { pictureOf, previewOf } from './mediaPreviews';
import { decodeOpened, openSource, outlineSource, type SourceTools } from './mediaSources';
import { viewOf } from './mediaViews';
import { createTextReader } from './runtime/ocr';
import { SessionRuntime } from './runtime/session';
import { EmbeddingCache } from './store/embeddingCache';
import { storePaths } from './store/home';
import { openPack } from './store/packs';
import { findFfmpeg } from './tools/ffmpeg';

/** Where the engine finds what it is made of. */
export interface EnginePlaces {
  /** The store's folder. */
  home: string;
  /** The weights that read text in pictures. */
  ocrFolder: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** The real parts of the engine. */
export function realParts({ home, ocrFolder, env }: EnginePlaces): EngineParts {
  const paths = storePaths(home);
  // text is read on the CPU: its graphs are small, and the device belongs to the model
  const text = new MemoTextReader(
    createTextReader({ folder: ocrFolder, runtime: new SessionRuntime({ candidates: ['cpu'] }) }),
  );
  const plots = new MemoPlotReader(text);
  // looked for once; who installs ffmpeg meanwhile restarts the engine
  let tools: Promise<SourceTools> | undefined;
  const sourceTools = async (): Promise<SourceTools> => ({ video: await findFfmpeg(env), suppliedFrames });
  return {
    read: openSource,
    decode: async (source, signal) => {
      tools ??= sourceTools();
      return decodeOpened(source, signal, await tools);
    },
    outline: outlineSource,
    measure: (media, file, signal) => measureFacts(media, file, { text, plots, signal }),
    preview: previewOf,
    view: viewOf,
    plotData: async (image, withPicture, signal) => {
      const reading = await plots.read(image, signal);
      const data = toPlotData(reading);
      const found = { data, csv: toCsv(data), overlay: plotOverlay(reading, image) };
      return withPicture ? { ...found, pngBase64: await pictureOf(image) } : found;
    },
    loadModel: async (folder) => {
      const { manifest } = await openPack(folder, { verifiedFolder: paths.verified });
      return loadOneLlm(folder, manifest);
    },
    embeddings: new EmbeddingCache(paths.cache),
  };
}
