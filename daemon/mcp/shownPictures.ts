import type { ImageContent } from '@modelcontextprotocol/sdk/types.js';
import type { MediaPreview, MediaReport } from '../protocol/messages';

/** A client may put each into its own model's context. */
const MOST = 8;

/** PNGs of what the model was shown: a picture, frames of a video, a map and its photograph; nothing of a sound or a cloud. */
export function shownPictures(media: readonly MediaReport[]): ImageContent[] {
  return media
    .flatMap(({ preview }) => (preview ? pngsOf(preview) : []))
    .slice(0, MOST)
    .map((data) => ({ type: 'image', data, mimeType: 'image/png' }));
}

function pngsOf(preview: MediaPreview): string[] {
  if (preview.kind === 'thumbnail') return [preview.pngBase64];
  return preview.kind === 'pictures' ? preview.pictures.map(({ pngBase64 }) => pngBase64) : [];
}
