import { oneLine, type TextChange } from './imageReference';

/** One attribute of a tag; offsets are the document's. */
export interface Attribute {
  name: string;
  start: number;
  end: number;
  /** What stands between the quotes, entities decoded; null for a name alone and for an expression. */
  value: string | null;
  /** The inside of `{…}`. */
  expression?: string;
}

export interface Tag {
  start: number;
  end: number;
  attributes: Attribute[];
  /** `{...rest}`: anything may be in it. */
  spreads: boolean;
}

const NAME = /[^\s"'<>/={}]+/y;
const LONGEST_TAG = 20_000;

/** The tag whose name ends at `after`; null where it does not end. Quotes and braces hide ">" from it. */
export function readTag(text: string, start: number, after: number): Tag | null {
  const attributes: Attribute[] = [];
  let spreads = false;
  let at = after;
  while (at < text.length && at - start < LONGEST_TAG) {
    const char = text[at]!;
    if (char === '>') return { start, end: at + 1, attributes, spreads };
    if (char === '{') {
      spreads = true;
      at = endOfBraces(text, at);
      continue;
    }
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0];
    if (name === undefined) {
      at++;
      continue;
    }
    const attribute = readAttribute(text, at, name);
    attributes.push(attribute);
    at = attribute.end;
  }
  return null;
}

function readAttribute(text: string, start: number, name: string): Attribute {
  const afterName = start + name.length;
  const equals = /\s*=\s*/y;
  equals.lastIndex = afterName;
  const sign = equals.exec(text);
  if (sign === null) return { name, start, end: afterName, value: null };
  const from = equals.lastIndex;
  const quote = text[from];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, from + 1);
    const end = close < 0 ? text.length : close;
    return { name, start, end: Math.min(text.length, end + 1), value: decodeEntities(text.slice(from + 1, end)) };
  }
  if (quote === '{') {
    const end = endOfBraces(text, from);
    return { name, start, end, value: null, expression: text.slice(from + 1, end - 1).trim() };
  }
  const bare = /[^\s"'=<>`]*/y;
  bare.lastIndex = from;
  const value = bare.exec(text)?.[0] ?? '';
  return { name, start, end: from + value.length, value: decodeEntities(value) };
}

/** Just after the brace that closes the one at `open`; strings inside are passed over. */
function endOfBraces(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'" || char === '`') {
      const close = text.indexOf(char, at + 1);
      if (close < 0) return text.length;
      at = close;
    } else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** `alt="…"` in place of the attribute that is there, else after the one that names the picture. */
export function writeAttribute(
  present: Attribute | undefined,
  source: Attribute,
  alt: string,
  escaped: (text: string) => string,
): TextChange {
  const text = `alt="${escaped(oneLine(alt))}"`;
  return present
    ? { start: present.start, end: present.end, text }
    : { start: source.end, end: source.end, text: ` ${text}` };
}

/** For between double quotes, in HTML and in JSX; the dollar and the backtick keep a template literal whole. */
export function escapeAttribute(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/`/g, '&#96;')
    .replace(/\$\{/g, '&#36;{');
}
