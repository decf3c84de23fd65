import { t } from '../l10n';

/** Extensions of the kinds that the daemon decodes, for menus and dialogs; the daemon itself looks at the bytes. */
const IMAGE = ['png', 'apng', 'jpg', 'jpeg', 'jfif', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif', 'svg'] as const;
const VIDEO = ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'avi'] as const;
const SOUND = ['wav', 'wave', 'mp3', 'flac', 'ogg', 'oga', 'opus'] as const;
const POINTS = ['ply', 'pcd', 'xyz', 'las', 'laz', 'npy', 'npz', 'obj', 'stl', 'off', 'gltf', 'glb'] as const;
/** Depth and normal maps that are nothing else by their format, and scans. */
const MAPS = ['exr', 'pfm', 'nii'] as const;
/** Point clouds, IMU recordings or packed scans now and then, something else mostly: never searched for. */
const SOMETIMES = ['txt', 'csv', 'tsv', 'bin', 'gz'] as const;
/** Of these, what most recordings of motion and scans of brains are: in the context menus, too. */
const ON_REQUEST = ['csv', 'tsv', 'nii\\.gz'] as const;

export const MENU_EXTENSIONS: readonly string[] = [...IMAGE, ...VIDEO, ...SOUND, ...POINTS, ...MAPS];

/** For `showOpenDialog`. */
export function dialogFilters(): Record<string, string[]> {
  return {
    [t('Images, video, sound, point clouds, maps and recordings')]: [...MENU_EXTENSIONS, ...SOMETIMES],
    [t('All files')]: ['*'],
  };
}

/** The `when` clause of the context menus; `package.json` repeats it, and a contract test compares them. */
export const MENU_WHEN = `!explorerResourceIsFolder && resourceFilename =~ /\\.(${[...MENU_EXTENSIONS, ...ON_REQUEST].join('|')})$/i`;

/** For what only pictures have. */
export const PICTURE_WHEN = `!explorerResourceIsFolder && resourceExtname =~ /\\.(${IMAGE.join('|')})$/i`;

/** The glob of all of them, for a search of the workspace. */
export const MENU_GLOB = `**/*.{${MENU_EXTENSIONS.flatMap((e) => [e, e.toUpperCase()]).join(',')}}`;

/** By its name only. */
export function isPictureName(name: string): boolean {
  return (IMAGE as readonly string[]).includes(/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');
}

/** By its name only. */
export function isSupportedName(name: string): boolean {
  return MENU_EXTENSIONS.includes(/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');
}
