import { loadOneLlm } from './backends/oneLlm';
import { decode, encodePng, MAX_FILE_BYTES } from './decoders/index';
import type { EngineParts, SourceFile } from './engine/engineParts';
import type { EngineSource } from './engine/messages';
import { measureFacts } from './facts/index';
import { pointsPreview, waveformPeaks } from './facts/preview';
import type { Media } from './media/media';
import type { MediaPreview } from './protocol/messages';
import { readAttachment } from './store/attachments';
import { EmbeddingCache } from './store/embeddingCache';
import { storePaths } from './store/home';
import { openPack } from './store/packs';

/** The real parts of the engine. */
export function realParts(home: string): EngineParts {
  const paths = storePaths(home);
  return {
    read: readSource,
    decode,
    measure: measureFacts,
    preview: previewOf,
    loadModel: async (folder) => {
      const { manifest } = await openPack(folder, { verifiedFolder: paths.verified });
      return loadOneLlm(folder, manifest);
    },
    embeddings: new EmbeddingCache(paths.cache),
  };
}

async function readSource(source: EngineSource): Promise<SourceFile> {
  if (!('path' in source)) return { file: source.name, bytes: source.bytes };
  const { bytes } = await readAttachment(source.path, MAX_FILE_BYTES);
  return { file: source.path, bytes };
}

/** Points that the panel draws. */
const PREVIEW_POINTS = 4000;
/** Peaks of a waveform across the panel. */
const PREVIEW_PEAKS = 240;
const THUMBNAIL_SIDE = 256;

/** What the panel draws for an attachment; undefined for kinds that have no picture. */
async function previewOf(media: Media): Promise<MediaPreview | undefined> {
  switch (media.kind) {
    case 'image': {
      const png = await encodePng(media, THUMBNAIL_SIDE);
      const pngBase64 = Buffer.from(png).toString('base64');
      return { kind: 'thumbnail', pngBase64, width: media.width, height: media.height };
    }
    case 'audio': {
      const duration = (media.channels[0]?.length ?? 0) / media.sampleRate;
      return { kind: 'waveform', peaks: waveformPeaks(media, PREVIEW_PEAKS), duration };
    }
    case 'point':
      return { kind: 'points', ...pointsPreview(media, PREVIEW_POINTS) };
    default:
      return undefined;
  }
}
