/** A `#` with the letters after it, at the caret. */
export interface FileMention {
  /** Of the `#`. */
  start: number;
  query: string;
}

/** A `#` begins a mention at the start of a word only: "C#" and "#1 of 3 #" are no files. null where there is none. */
export function mentionAt(text: string, caret: number): FileMention | null {
  const match = /(?:^|\s)#([^\s#]*)$/.exec(text.slice(0, caret));
  if (match === null) return null;
  const query = match[1] ?? '';
  return { start: caret - query.length - 1, query };
}

/** The question when the file was chosen: its name in the place of the mention; nothing where the name would be all. */
export function withFile(text: string, { start, query }: FileMention, name: string): { text: string; caret: number } {
  const before = text.slice(0, start);
  const after = text.slice(start + query.length + 1).trimStart();
  if (before.trim() === '') return { text: after, caret: 0 };
  return { text: `${before}${name} ${after}`, caret: before.length + name.length + 1 };
}
