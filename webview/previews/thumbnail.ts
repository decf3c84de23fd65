import type { MediaPreview } from '../../daemon/protocol/messages';
import { h } from '../dom';

/** The image as the model's side decoded it. */
export function createThumbnail(preview: Extract<MediaPreview, { kind: 'thumbnail' }>, name: string): HTMLElement {
  return h('img', {
    class: 'thumbnail',
    alt: name,
    src: `data:image/png;base64,${preview.pngBase64}`,
    width: preview.width,
    height: preview.height,
    draggable: 'false',
  });
}
