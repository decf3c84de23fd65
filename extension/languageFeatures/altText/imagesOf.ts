import type { DocumentKind } from '../documentKinds';
import { htmlImages } from './htmlImages';
import type { ImageReference } from './imageReference';
import { jsxImages } from './jsxImages';
import { latexImages } from './latexImages';
import { markdownImages } from './markdownImages';
import { rstImages } from './rstImages';

const READERS: Readonly<Partial<Record<DocumentKind, (text: string) => ImageReference[]>>> = {
  markdown: markdownImages,
  html: htmlImages,
  jsx: jsxImages,
  latex: latexImages,
  rst: rstImages,
};

/** A longer document is not looked through at each move of the cursor. */
const LONGEST = 1_000_000;

/** The images of a document, in their order; none of a kind that has no alt texts. */
export function imagesOf(text: string, kind: DocumentKind | undefined): ImageReference[] {
  const read = kind === undefined || text.length > LONGEST ? undefined : READERS[kind];
  return read?.(text) ?? [];
}

/** Whether an address is a file's: what lies elsewhere is never fetched. */
export function isLocal(path: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]+:|[\\/]{2})/i.test(path) || /^file:\/\/\//i.test(path);
}

/**
 * The same images in a document that may have been changed since: by path, and which of those with that path. Null
 * where one is not there any more, or has got an alt text meanwhile.
 */
export function foundAgain(
  image: ImageReference,
  before: readonly ImageReference[],
  now: readonly ImageReference[],
): ImageReference | null {
  const same = (all: readonly ImageReference[]) => all.filter(({ path }) => path === image.path);
  const again = same(now)[same(before).indexOf(image)];
  return again !== undefined && again.alt === image.alt ? again : null;
}
