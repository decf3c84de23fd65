/** Extensions of the kinds that the daemon decodes, for menus and dialogs; the daemon itself looks at the bytes. */
const IMAGE = ['png', 'apng', 'jpg', 'jpeg', 'jfif', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif', 'svg'] as const;
const SOUND = ['wav', 'wave', 'mp3', 'flac', 'ogg', 'oga', 'opus'] as const;
const POINTS = ['ply', 'pcd', 'xyz', 'npy', 'obj', 'stl', 'off'] as const;
/** Point clouds now and then, something else mostly: offered in dialogs, not in the menus of every text file. */
const SOMETIMES = ['txt', 'csv'] as const;

export const MENU_EXTENSIONS: readonly string[] = [...IMAGE, ...SOUND, ...POINTS];

/** For `showOpenDialog`. */
export const DIALOG_FILTERS: Record<string, string[]> = {
  'Images, sound and point clouds': [...MENU_EXTENSIONS, ...SOMETIMES],
  'All files': ['*'],
};

/** The `when` clause of the context menus; `package.json` repeats it, and a contract test compares them. */
export const MENU_WHEN = `!explorerResourceIsFolder && resourceExtname =~ /\\.(${MENU_EXTENSIONS.join('|')})$/i`;

/** The glob of all of them, for a search of the workspace. */
export const MENU_GLOB = `**/*.{${MENU_EXTENSIONS.flatMap((e) => [e, e.toUpperCase()]).join(',')}}`;

/** By its name only. */
export function isSupportedName(name: string): boolean {
  return MENU_EXTENSIONS.includes(/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');
}
