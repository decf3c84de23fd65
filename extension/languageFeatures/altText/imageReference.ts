/** Replaces the text between two offsets. */
export interface TextChange {
  start: number;
  end: number;
  text: string;
}

/**
 * An image as a document writes it. "missing": it has no alt text; "decorative": the author said that it needs none
 * (`alt=""`); "written": it has one; "computed": what it has is an expression, which is the author's business.
 */
export interface ImageReference {
  /** Offsets of the whole construct. */
  start: number;
  end: number;
  /** As it is written, but for the language's own escapes. */
  path: string;
  alt: 'missing' | 'decorative' | 'written' | 'computed';
  /** The change that gives it this alt text, escaped for the language. */
  write(alt: string): TextChange;
  /** The change that gives its figure this caption; absent where there is none to give, or one is there. */
  writeCaption?(caption: string): TextChange;
}

/** The same text with everything in `parts` blanked, so that offsets stay. */
export function blanked(text: string, parts: RegExp): string {
  return text.replace(parts, (part) => part.replace(/[^\n\r]/g, ' '));
}

/** On one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
