import { blanked, type ImageReference, oneLine, type TextChange } from './imageReference';

const NOT_SET = /(?<!\\)(?:\\\\)*%.*$|\\begin\{(verbatim|lstlisting|comment)\*?\}[\s\S]*?\\end\{\1\*?\}/gm;
const GRAPHICS = /\\includegraphics\*?\s*(\[(?:[^\][{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\])?\s*\{([^{}]*)\}/g;
const FIGURE = /\\begin\{((?:sub|wrap|sideways)?figure\*?)\}([\s\S]*?)\\end\{\1\}/g;
const CAPTION = /\\caption\*?\s*(?:\[[^\]]*\])?\s*\{/;

/** `\includegraphics`: its `alt` key (graphicx, tagged PDF), and the caption of a figure that has none. */
export function latexImages(text: string): ImageReference[] {
  const set = blanked(text, NOT_SET);
  const figures = [...set.matchAll(FIGURE)];
  return [...set.matchAll(GRAPHICS)].flatMap((match) => {
    const path = match[2]!.trim();
    if (path === '' || /[\\#]/.test(path)) return [];
    const [start, end] = [match.index, match.index + match[0].length];
    const figure = figures.filter((f) => f.index < start && f.index + f[0].length > end).at(-1);
    const caption = figure && captionSlot(figure, end);
    return {
      start,
      end,
      path,
      ...altSlot(match),
      ...(caption ? { writeCaption: (words: string) => caption(escapeLatex(oneLine(words))) } : {}),
    };
  });
}

/** The alt key among the options; without options they are made. */
function altSlot(match: RegExpExecArray): Pick<ImageReference, 'alt' | 'write'> {
  const options = match[1];
  const brace = match.index + match[0].lastIndexOf('{');
  const value = (alt: string) => `alt={${escapeLatex(oneLine(alt))}}`;
  if (options === undefined) {
    return { alt: 'missing', write: (alt) => ({ start: brace, end: brace, text: `[${value(alt)}]` }) };
  }
  const open = match.index + match[0].indexOf('[');
  const key = /(?<=[[,]\s*)alt\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|[^,\]]*)/.exec(options);
  if (key !== null) {
    const start = open + key.index;
    const isEmpty = /^\{?\s*\}?$/.test(key[1]!.trim());
    return {
      alt: isEmpty ? 'missing' : 'written',
      write: (alt) => ({ start, end: start + key[0].length, text: value(alt) }),
    };
  }
  const close = open + options.length - 1;
  const inside = options.slice(1, -1).trimEnd();
  const comma = inside === '' || inside.endsWith(',') ? '' : ',';
  return { alt: 'missing', write: (alt) => ({ start: close, end: close, text: `${comma}${value(alt)}` }) };
}

/** Of a figure with one picture: an empty `\caption{}` is filled, a missing one is put under the picture. */
function captionSlot(figure: RegExpExecArray, end: number): ((caption: string) => TextChange) | undefined {
  const body = figure[2]!;
  if ([...body.matchAll(GRAPHICS)].length !== 1) return undefined;
  const from = figure.index + figure[0].indexOf(body, '\\begin{'.length + figure[1]!.length);
  const caption = CAPTION.exec(body);
  if (caption === null) {
    const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(figure[0].slice(0, end - figure.index))?.[1] ?? '';
    return (words) => ({ start: end, end, text: `\n${indent}\\caption{${words}}` });
  }
  const open = from + caption.index + caption[0].length;
  const rest = /^\s*\}/.exec(body.slice(caption.index + caption[0].length));
  if (rest === null) return undefined;
  return (words) => ({ start: open, end: open + rest[0].length - 1, text: words });
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function escapeLatex(text: string): string {
  return text.replace(/[\\~^{}#$%&_]/g, (char) => SPECIAL[char] ?? `\\${char}`);
}
