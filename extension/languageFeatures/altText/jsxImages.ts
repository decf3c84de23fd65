import { type Attribute, escapeAttribute, readTag, type Tag, writeAttribute } from './attributes';
import { stateOf } from './htmlImages';
import { blanked, type ImageReference } from './imageReference';

/**
 * `<img>`, and `<Image>` of Next.js, Gatsby and React Native, in JSX and TSX. The picture is a string, or a name that
 * the file imports from one. Comments are passed over.
 */
export function jsxImages(text: string): ImageReference[] {
  const code = blanked(text, /\/\*[\s\S]*?(?:\*\/|$)|^[ \t]*\/\/.*$/gm);
  const imports = importsOf(code);
  return [...code.matchAll(/(?<!["'\w])<(?:img|Image|StaticImage)(?=[\s/])/g)].flatMap((match) => {
    const tag = readTag(code, match.index, match.index + match[0].length);
    return (tag && imageOf(tag, imports)) ?? [];
  });
}

function imageOf(
  { start, end, attributes, spreads }: Tag,
  imports: ReadonlyMap<string, string>,
): ImageReference | null {
  const source = attributes.find(({ name }) => name === 'src' || name === 'source');
  const path = source && pathOf(source, imports);
  if (source === undefined || !path) return null;
  const alt = attributes.find(({ name }) => name === 'alt');
  const literal = alt?.expression === undefined ? null : stringOf(alt.expression);
  const plain = alt && literal !== null ? { ...alt, value: literal } : alt;
  if (plain && literal !== null) delete plain.expression;
  return {
    start,
    end,
    path,
    alt: stateOf(plain, spreads),
    write: (text) => writeAttribute(alt, source, text, escapeAttribute),
  };
}

/** `src="a.png"`, `src={'a.png'}`, `src={logo}`, `src={logo.src}`, `source={require('a.png')}`. */
function pathOf({ value, expression }: Attribute, imports: ReadonlyMap<string, string>): string | undefined {
  if (expression === undefined) return value?.trim();
  const required = /^require\(\s*(["'`])([^"'`$]+)\1\s*\)(?:\.default)?$/.exec(expression)?.[2];
  return stringOf(expression)?.trim() ?? required ?? imports.get(expression.replace(/\.src$/, ''));
}

function stringOf(expression: string): string | null {
  const match = /^(["'`])([^"'`\\$]*)\1$/.exec(expression);
  return match === null ? null : match[2]!;
}

function importsOf(code: string): Map<string, string> {
  const imported = code.matchAll(/\bimport\s+(?:\*\s+as\s+)?([\w$]+)\s+from\s+["']([^"']+)["']/g);
  const required = code.matchAll(/\b(?:const|let|var)\s+([\w$]+)\s*=\s*require\(\s*["']([^"']+)["']\s*\)/g);
  return new Map([...imported, ...required].map((match) => [match[1]!, match[2]!]));
}
