import type { MediaPreview } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';

/** Pictures in a row, each with its word: frames of a video, a photograph and its map, a slice of a scan. */
export function createPictures(preview: Extract<MediaPreview, { kind: 'pictures' }>, name: string): HTMLElement {
  const items = preview.pictures.map(({ caption, pngBase64, width, height }) =>
    h(
      'li',
      {},
      h('img', {
        alt: `${name}: ${caption}`,
        src: `data:image/png;base64,${pngBase64}`,
        width,
        height,
        draggable: 'false',
      }),
      h('span', { class: 'caption', 'aria-hidden': 'true' }, caption),
    ),
  );
  // scrolled sideways, hence reachable by keyboard
  return h('ul', { class: 'pictures', tabindex: '0', 'aria-label': t('What the model sees of {0}', name) }, ...items);
}
