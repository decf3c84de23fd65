import type { Fact } from '../../media/fact';
import type { RgbxMedia } from '../../media/media';
import { depthFacts } from './depthFacts';
import { normalFacts } from './normalFacts';

/** What is measured about a depth or normal map; of the photograph only that it is there (it is a file of its own). */
export function mapFacts(media: RgbxMedia): Fact[] {
  const { map, depth, normals, unitShare } = media;
  const kind = depth ? (depth.quantity ?? 'depth') : 'normal';
  return [
    { name: 'map.kind', value: kind, how: 'By the name, the channels or your word; never by looks alone.' },
    { name: 'map.width', value: map.fullWidth ?? map.width, unit: 'px', how: 'Read from the header.' },
    { name: 'map.height', value: map.fullHeight ?? map.height, unit: 'px', how: 'Read from the header.' },
    { name: 'map.bitDepth', value: map.bitDepth, unit: 'bit', how: 'Bits a channel in the file.' },
    ...(depth ? depthFacts(depth) : []),
    ...(normals ? normalFacts(normals, map.width, unitShare) : []),
    ...photoFacts(media),
  ];
}

function photoFacts({ photo, photoFile, map }: RgbxMedia): Fact[] {
  if (!photo) return [];
  const [width, height] = [photo.fullWidth ?? photo.width, photo.fullHeight ?? photo.height];
  return [
    {
      name: 'map.photo',
      value: photoFile ?? '',
      how: 'The photograph that goes with the map: by its name, or named by you.',
    },
    {
      name: 'map.photoSize',
      value: [width, height],
      unit: 'px',
      how: `Read from the photograph; ${width === map.width && height === map.height ? 'the same as' : 'not the size of'} the map.`,
    },
  ];
}
