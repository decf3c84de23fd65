import type { ImageReference, TextChange } from '../../../../../extension/languageFeatures/altText/imageReference';

export function applied(text: string, ...changes: TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce((now, change) => now.slice(0, change.start) + change.text + now.slice(change.end), text);
}

/** [path, alt] of each image. */
export const seen = (images: readonly ImageReference[]): string[][] => images.map(({ path, alt }) => [path, alt]);

/** The text with this alt text in every image. */
export const withAlt = (text: string, read: (text: string) => ImageReference[], alt: string): string =>
  applied(text, ...read(text).map((image) => image.write(alt)));
