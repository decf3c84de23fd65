import { mapWord } from './mapWord';

const PHOTO_WORDS = ['', 'rgb', 'color', 'colour', 'image', 'photo', 'img', 'left'];
const PHOTO_EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp', '.JPG', '.PNG', '.tif'];

/** File names that the photograph of this map may have, the likeliest first; none where the name names no map. */
export function photoNames(mapName: string): string[] {
  const found = mapWord(mapName);
  if (!found) return [];
  const { before, separator, after } = found;
  const stems = PHOTO_WORDS.map((word) => {
    if (word !== '') return `${before}${separator}${word}${after}`;
    // the word and one separator go
    return before === '' ? after.replace(/^[-_. ]/, '') : `${before}${after}`;
  });
  const unique = [...new Set(stems)].filter((s) => s !== '');
  return unique.flatMap((s) => PHOTO_EXTENSIONS.map((extension) => `${s}${extension}`)).filter((n) => n !== mapName);
}
