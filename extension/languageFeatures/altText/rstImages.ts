import { type ImageReference, oneLine } from './imageReference';

const DIRECTIVE =
  /^([ \t]*(?:[-*+•][ \t]+|\d+\.[ \t]+)*)\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?:image|figure)::[ \t]*(\S[^\r\n]*?)[ \t]*$/gm;

/** `.. image::` and `.. figure::`, also as the meaning of a substitution and in lists. */
export function rstImages(text: string): ImageReference[] {
  return [...text.matchAll(DIRECTIVE)].map((match) => {
    const [directive, before, path] = match as unknown as [string, string, string];
    const start = match.index;
    const head = start + directive.length;
    const options = optionsAfter(text, head, before.length);
    const alt = options.find(({ name }) => name === 'alt');
    const indent = options[0]?.indent ?? ' '.repeat(before.length + 3);
    const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    return {
      start,
      end: options.at(-1)?.end ?? head,
      path,
      alt: alt === undefined || alt.value.trim() === '' ? 'missing' : 'written',
      write: (value) =>
        alt === undefined
          ? { start: head, end: head, text: `${lineEnd}${indent}:alt: ${oneLine(value)}` }
          : { start: alt.start, end: alt.end, text: `${alt.indent}:alt: ${oneLine(value)}` },
    };
  });
}

interface Option {
  name: string;
  value: string;
  indent: string;
  start: number;
  end: number;
}

/** The field list right under the directive; lines that are indented further belong to the option above. */
function optionsAfter(text: string, head: number, column: number): Option[] {
  const options: Option[] = [];
  const line = /\r?\n([ \t]+)(?::([\w-]+):[ \t]*)?([^\r\n]*)/y;
  line.lastIndex = head;
  for (let match = line.exec(text); match !== null; match = line.exec(text)) {
    const [whole, indent, name, value] = match as unknown as [string, string, string | undefined, string];
    if (indent.length <= column || (name === undefined && value.trim() === '')) break;
    const last = options.at(-1);
    const end = match.index + whole.length;
    if (name !== undefined && (last === undefined || indent.length <= last.indent.length))
      options.push({ name, value, indent, start: end - whole.length + whole.indexOf(indent), end });
    else if (last !== undefined && indent.length > last.indent.length) {
      last.value += ` ${value}`;
      last.end = end;
    } else break;
  }
  return options;
}
