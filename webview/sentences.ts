/** Ends of sentences: a mark of one that white space or the end of a line follows, the full-width marks, an empty line. */
const END = /[.!?…]["'”’)\]]*(?=\s)|[。！？]|\n\s*\n/g;

/**
 * Where the last whole sentence of `text` ends, from `from` on; `from` where none has ended yet. A text that still grows
 * may go on after its last mark ("3." and then "5"), so a mark at its very end is no end.
 */
export function endOfSentences(text: string, from: number): number {
  let end = from;
  for (const match of text.slice(from).matchAll(END)) end = from + match.index + match[0].length;
  return end;
}
