/** What of a part of the document is drawn: its elements, and the ids that its <use> elements repeat. */
interface Part {
  elements: number;
  uses: string[];
}

/**
 * Elements that a renderer walks beyond those that are written, since <use> repeats them: a few nested <use> make
 * millions of few bytes. What repeats itself counts once. One pass over the text; beyond `most` it may stop counting.
 */
export function repeatedElements(text: string, most: number): number {
  const parts = new Map<string, Part>();
  const root: Part = { elements: 0, uses: [] };
  // the parts that each open element belongs to: one for each id around it
  const open: Part[][] = [[root]];
  for (const { name, attributes, isEnd, isAlone } of tags(text)) {
    if (isEnd) {
      if (open.length > 1) open.pop();
      continue;
    }
    const around = open[open.length - 1]!;
    const id = attributeOf(attributes, 'id');
    const own: Part | undefined = id === undefined ? undefined : { elements: 0, uses: [] };
    if (id !== undefined && own) parts.set(id, own);
    const here = own ? [...around, own] : around;
    const used = name === 'use' ? attributeOf(attributes, 'href') : undefined;
    for (const part of here) {
      part.elements++;
      if (used?.startsWith('#')) part.uses.push(used.slice(1));
    }
    if (!isAlone && open.length < MAX_DEPTH) open.push(here.slice(-MAX_AROUND));
  }
  return countOf(root, parts, new Map(), new Set(), root.elements + most) - root.elements;
}

/** Deeper elements, and ids around them, are more than any renderer follows. */
const MAX_DEPTH = 1000;
const MAX_AROUND = 64;

function countOf(
  part: Part,
  parts: ReadonlyMap<string, Part>,
  known: Map<Part, number>,
  inside: Set<Part>,
  most: number,
): number {
  const before = known.get(part);
  if (before !== undefined) return before;
  if (inside.has(part) || inside.size > MAX_DEPTH) return 0;
  inside.add(part);
  let count = part.elements;
  for (const id of part.uses) {
    const used = parts.get(id);
    if (used) count += countOf(used, parts, known, inside, most);
    if (count > most) break;
  }
  inside.delete(part);
  known.set(part, count);
  return count;
}

interface Tag {
  /** Without its prefix. */
  name: string;
  attributes: string;
  isEnd: boolean;
  isAlone: boolean;
}

/** Start and end tags; comments, CDATA, declarations and what is never closed are passed over. */
function* tags(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = [
      ['<!--', '-->'],
      ['<![CDATA[', ']]>'],
      ['<?', '?>'],
    ].find(([begin]) => text.startsWith(begin!, at));
    const end = skipped ? text.indexOf(skipped[1]!, at) : tagEnd(text, at);
    if (end < 0) return;
    if (!skipped) {
      const tag = text.slice(at + 1, end);
      const name = /^\/?(?:[\w.-]+:)?([\w.-]+)/.exec(tag)?.[1];
      if (name) yield { name, attributes: tag, isEnd: tag[0] === '/', isAlone: tag.endsWith('/') };
    }
    at = end;
  }
}

/** Where the tag's ">" is, quoted ones passed over. */
function tagEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === '>') return at;
    if (char !== '"' && char !== "'") continue;
    at = text.indexOf(char, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

const attributeOf = (attributes: string, name: 'id' | 'href'): string | undefined =>
  (name === 'id' ? /\sid\s*=\s*["']([^"']*)/ : /\s(?:xlink:)?href\s*=\s*["']([^"']*)/).exec(attributes)?.[1];
