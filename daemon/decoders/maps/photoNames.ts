/**
 * How data sets name a depth or normal map and its photograph: NYU, ScanNet and TUM keep "depth" and "rgb" or "color"
 * in the name, renderers append "_depth" or "_normal" to the picture's own name.
 */
const MAP_WORD =
  /(^|[-_. ])(depth|depths|disparity|disp|normal|normals|norm|nrm|depthmap|normalmap|range)(?=$|[-_. \d])/i;
const PHOTO_WORDS = ['', 'rgb', 'color', 'colour', 'image', 'photo', 'img', 'left'];
const PHOTO_EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp', '.JPG', '.PNG', '.tif'];

/** File names that the photograph of this map may have, the likeliest first; none where the name names no map. */
export function photoNames(mapName: string): string[] {
  const dot = mapName.lastIndexOf('.');
  const stem = dot > 0 ? mapName.slice(0, dot) : mapName;
  const match = MAP_WORD.exec(stem);
  if (!match) return [];
  const before = stem.slice(0, match.index);
  const separator = match[1]!;
  const after = stem.slice(match.index + match[0].length);
  const stems = PHOTO_WORDS.map((word) => {
    if (word !== '') return `${before}${separator}${word}${after}`;
    // the word and one separator go
    return before === '' ? after.replace(/^[-_. ]/, '') : `${before}${after}`;
  });
  const unique = [...new Set(stems)].filter((s) => s !== '');
  return unique.flatMap((s) => PHOTO_EXTENSIONS.map((extension) => `${s}${extension}`)).filter((n) => n !== mapName);
}
