import type { MediaPreview } from '../../daemon/protocol/messages';
import { createPictures } from './pictures';
import { createPointsPreview } from './pointsPreview';
import { createThumbnail } from './thumbnail';
import { createTraces } from './traces';
import { createWaveform } from './waveform';

type Creators = {
  [K in MediaPreview['kind']]: (preview: Extract<MediaPreview, { kind: K }>, name: string) => HTMLElement;
};

const CREATORS: Creators = {
  thumbnail: createThumbnail,
  waveform: createWaveform,
  points: createPointsPreview,
  pictures: createPictures,
  traces: createTraces,
};

/** What stands for a file, by its kind of preview. */
export function createPreview(preview: MediaPreview, name: string): HTMLElement {
  const create = CREATORS[preview.kind] as (preview: MediaPreview, name: string) => HTMLElement;
  return create(preview, name);
}
