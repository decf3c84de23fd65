import { isPictureName, isSupportedName } from '../chat/supportedFiles';
import type { DocumentKind } from './documentKinds';

/** A media path as it is written, and where: columns [start, end) of what the pointer may be over. */
export interface WrittenPath {
  start: number;
  end: number;
  path: string;
}

/** A longer line (a minified file) is looked at around the pointer only, and a longer path is none. */
const REACH = 2000;
const LONGEST_PATH = 1024;

type Finder = (line: string, column: number) => WrittenPath | null;

/**
 * The media path in `line` that the pointer at `column` is over; null where there is none. Told by the name alone:
 * whether the file is there is for the caller to see.
 */
export function pathAt(line: string, column: number, kind: DocumentKind): WrittenPath | null {
  const from = Math.max(0, column - REACH);
  const near = line.slice(from, column + REACH);
  for (const find of FINDERS[kind]) {
    const found = find(near, column - from);
    if (found !== null && isMediaPath(found.path, kind))
      return { path: found.path, start: found.start + from, end: found.end + from };
  }
  return null;
}

/** A name without an extension is a picture's in LaTeX alone, where that is the custom. */
function isMediaPath(path: string, kind: DocumentKind): boolean {
  if (path.length === 0 || path.length > LONGEST_PATH) return false;
  const name = path.replace(/[?#].*$/, '');
  return isSupportedName(name) || isSupportedName(path) || (kind === 'latex' && /(^|\/)[^./\\\s]+$/.test(path));
}

/** Image or link, the whole construct: `![alt](path "title")`. */
const inMarkdown = byPattern(
  /!?\[(?:\\.|[^[\]\\]|\[[^[\]]*\])*\]\(\s*(?:<([^<>]*)>|((?:\\.|[^\s()\\]|\([^\s()]*\))+))[^)]*\)/g,
  unescaped,
);
const inDefinition = byPattern(/^\s{0,3}\[[^\]]+\]:\s*(?:<([^<>]*)>|(\S+))/g, unescaped);
const inWikiLink = byPattern(/!?\[\[([^\]|#]+)(?:[|#][^\]]*)?\]\]/g);
const inGraphics = byPattern(/\\include(?:graphics|svg)\*?\s*(?:\[(?:[^\][{}]|\{[^{}]*\})*\])?\s*\{([^{}]*)\}/g);
const inDirective = byPattern(/^.*?(?:image|figure|video|audio)::[ \t]*(\S.*?)\s*$/g);
const inYaml = byPattern(/^\s*(?:-\s+)*(?:[\w.-]+:\s+)?([^\s"'#].*?)\s*(?:\s#.*)?$/g);

const FINDERS: Readonly<Record<DocumentKind, readonly Finder[]>> = {
  markdown: [inMarkdown, inDefinition, inWikiLink, inQuotes, inWord],
  html: [inQuotes, inWord],
  jsx: [inQuotes, inWord],
  latex: [onlyPictures(inGraphics), inWord],
  rst: [inDirective, inWord],
  code: [inQuotes, inWord],
  data: [inQuotes, inYaml, inWord],
};

function byPattern(pattern: RegExp, read: (text: string) => string = (text) => text): Finder {
  return (line, column) => {
    for (const match of line.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (column < start || column > end) continue;
      const path = match.slice(1).find((group) => group !== undefined);
      if (path !== undefined) return { start, end, path: read(path.trim()) };
    }
    return null;
  };
}

/** What `\includegraphics` names is a picture, also where it has an extension of something else. */
function onlyPictures(find: Finder): Finder {
  return (line, column) => {
    const found = find(line, column);
    return found !== null && /\.[a-z0-9]+$/i.test(found.path) && !isPictureName(found.path) ? null : found;
  };
}

/**
 * Between the nearest quote before the pointer and the next of its kind. Pairs are not counted: an apostrophe in the
 * prose before would turn them inside out, and what stands between two strings is no media path anyway.
 */
function inQuotes(line: string, column: number): WrittenPath | null {
  const before = line.slice(0, column);
  const open = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'"), before.lastIndexOf('`'));
  if (open < 0) return null;
  const close = line.indexOf(line[open]!, open + 1);
  if (close < 0) return null;
  return { start: open + 1, end: close, path: line.slice(open + 1, close).trim() };
}

/** The run of characters round the pointer that a bare path may have. */
function inWord(line: string, column: number): WrittenPath | null {
  const stop = /[\s"'`<>()[\]{},;=|*]/;
  let [start, end] = [column, column];
  while (start > 0 && !stop.test(line[start - 1]!)) start--;
  while (end < line.length && !stop.test(line[end]!)) end++;
  const path = line.slice(start, end).replace(/[.:!?]+$/, '');
  return { start, end: start + path.length, path };
}

/** Without the backslashes that Markdown takes before punctuation. */
function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
