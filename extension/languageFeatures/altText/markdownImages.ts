import { htmlImages } from './htmlImages';
import { blanked, type ImageReference, oneLine } from './imageReference';

/** Fences of backticks and tildes, code spans, comments: what looks like an image there is none. */
const NOT_SHOWN =
  /^([ \t]*(?:>[ \t]?)*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))|(?<!`)(`+)(?!`)(?:[^`]|(?!\3(?!`))`+)*?(?<!`)\3(?!`)|<!--[\s\S]*?(?:-->|$)/gm;

const ALT = String.raw`!\[((?:\\.|[^[\]\\]|\[(?:\\.|[^[\]\\])*\])*)\]`;
const INLINE = new RegExp(String.raw`${ALT}\(\s*(?:<([^<>\n]*)>|((?:\\.|[^\s()\\]|\([^\s()]*\))+))[^)]*\)`, 'g');
const REFERENCE = new RegExp(String.raw`${ALT}\[([^[\]]+)\]`, 'g');
const DEFINITION = /^ {0,3}\[([^\]]+)\]:\s*(?:<([^<>\n]*)>|(\S+))/gm;

/** `![alt](path)`, `![alt][name]` and `<img>`. */
export function markdownImages(text: string): ImageReference[] {
  const shown = blanked(text, NOT_SHOWN);
  const paths = new Map([...shown.matchAll(DEFINITION)].map((m) => [keyOf(m[1]!), unescaped(m[2] ?? m[3]!)]));
  const inline = [...shown.matchAll(INLINE)].map((m) => imageOf(m, unescaped(m[2] ?? m[3]!)));
  const references = [...shown.matchAll(REFERENCE)].flatMap((m) => {
    const path = paths.get(keyOf(m[2]!));
    return path === undefined ? [] : [imageOf(m, path)];
  });
  return [...inline, ...references, ...htmlImages(shown)].sort((a, b) => a.start - b.start);
}

function imageOf(match: RegExpExecArray, path: string): ImageReference {
  const start = match.index;
  const from = start + '!['.length;
  const to = from + match[1]!.length;
  return {
    start,
    end: start + match[0].length,
    path,
    alt: match[1]!.trim() === '' ? 'missing' : 'written',
    write: (alt) => ({ start: from, end: to, text: escapeAlt(oneLine(alt)) }),
  };
}

/** Brackets, and what would be emphasis, code, HTML, an entity or the end of a table's cell. */
function escapeAlt(text: string): string {
  return text
    .replace(/[\\[\]`*<>|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w+;)/g, '\\&');
}

const keyOf = (label: string): string => oneLine(label).toLowerCase();

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
