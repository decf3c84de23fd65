import { t } from '../l10n';
import type { MediaRecord } from './mediaRecord';

/** What a person calls a file of each modality. */
const NAMES: Record<string, string> = {
  image: 'picture',
  audio: 'sound',
  video: 'video',
  point: 'point cloud',
  rgbd: 'depth map',
  rgbn: 'normal map',
  imu: 'motion recording',
  fmri: 'brain scan',
};

const BY_EXTENSION: Array<[RegExp, string]> = [
  [/\.(png|apng|jpe?g|jfif|webp|gif|bmp|tiff?|avif|svg)$/i, 'picture'],
  [/\.(mp4|m4v|mov|webm|mkv|avi)$/i, 'video'],
  [/\.(wave?|mp3|flac|og[ga]|opus)$/i, 'sound'],
  [/\.(ply|pcd|xyz|la[sz]|np[yz]|obj|stl|off|gltf|glb)$/i, 'point cloud'],
  [/\.(exr|pfm)$/i, 'map'],
  [/\.nii$/i, 'brain scan'],
];

/** Measured where the file was measured, else by its name. A picture of a plot is a plot, a cloud of faces a mesh. */
export function kindOf({ modality, facts = [], uri }: Pick<MediaRecord, 'modality' | 'facts' | 'uri'>): string {
  if (facts.some(({ name }) => name === 'plot.kind')) return 'plot';
  if (facts.some(({ name, value }) => name === 'points.faces' && typeof value === 'number' && value > 0)) return 'mesh';
  return NAMES[modality ?? ''] ?? BY_EXTENSION.find(([pattern]) => pattern.test(uri))?.[1] ?? 'file';
}

const IN_WORDS: Record<string, () => string> = {
  picture: () => t('picture'),
  plot: () => t('plot'),
  sound: () => t('sound'),
  video: () => t('video'),
  'point cloud': () => t('point cloud'),
  mesh: () => t('mesh'),
  'depth map': () => t('depth map'),
  'normal map': () => t('normal map'),
  map: () => t('map'),
  'motion recording': () => t('motion recording'),
  'brain scan': () => t('brain scan'),
  file: () => t('file'),
};

/** The kind in the person's language. */
export const kindName = (kind: string): string => IN_WORDS[kind]?.() ?? kind;
