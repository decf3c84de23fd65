import { errors } from '../../common/errors';
import { checkSides, type ImageHeader } from './imageHeader';
import { repeatedElements } from './svgDrawing';

/**
 * SVG: its text is checked and normalised here, librsvg draws it. No XML entity is ever expanded and nothing outside
 * the file is read: a document that declares entities is refused, a reference to another file is left out.
 */

/** Longest text in bytes (16 MiB). */
export const MAX_SVG_BYTES = 16 * 1024 * 1024;

/** Most elements that <use> may repeat: about a second of librsvg's work. */
const MAX_REPEATED = 200_000;

const ROOT = /^<(?:([\w.-]+):)?svg(?=[\s/>])/;
const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>)/i;
/** CSS lengths in units that are the same on every screen, in pixels of 1/72 inch as librsvg counts them here. */
const UNITS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 1, pc: 12, in: 72, cm: 72 / 2.54, mm: 72 / 25.4 };

/** "maybe" when the prolog is longer than `head` or another XML document could be meant. */
export function detectSvg(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  const rest = splitProlog(decodeText(head)).rest;
  if (ROOT.test(rest)) return 'yes';
  return /^<(\?xml|!--|!DOCTYPE\s+svg)/i.test(rest) ? 'maybe' : 'no';
}

/** Throws FILE_UNSUPPORTED for entities, FILE_TRUNCATED for an open root element, FILE_TOO_LARGE for its stated size. */
export function readSvgHeader(bytes: Uint8Array): ImageHeader {
  const { prolog, rest } = splitProlog(decodeText(bytes));
  if (/<!ENTITY/i.test(prolog)) throw errors.unsupported('SVG', 'XML entity declarations');
  if (/^<!DOCTYPE/i.test(rest) && /<!ENTITY/i.test(rest)) throw errors.unsupported('SVG', 'XML entity declarations');
  const root = ROOT.exec(rest);
  if (!root) throw errors.damaged('SVG', 'it has no <svg> element');
  if (root[1]) throw errors.unsupported('SVG', `the name <${root[1]}:svg> for its root element`);
  const tag = /^<svg(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(rest)?.[0];
  if (!tag || !(tag.endsWith('/>') || /<\/svg\s*>/.test(rest))) throw errors.truncated('SVG', '<svg> is never closed');
  const { width, height } = statedSize(tag);
  if (width !== undefined || height !== undefined) checkSides('SVG', width ?? 1, height ?? 1);
  if (repeatedElements(rest, MAX_REPEATED) > MAX_REPEATED)
    throw errors.unsupported('SVG', `more drawing than fits the time limit (over ${MAX_REPEATED} repeated elements)`);
  return {
    width: width ?? 1,
    height: height ?? 1,
    channels: 4,
    bitDepth: 8,
    bytes: new TextEncoder().encode(rest),
    warnings: pictureWarnings(rest),
  };
}

/** Text of UTF-8, UTF-16 with a byte order mark, or what the XML declaration names. */
function decodeText(bytes: Uint8Array): string {
  const declared = /^<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1];
  const bom = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const label = bom === 0xfffe ? 'utf-16le' : bom === 0xfeff ? 'utf-16be' : (declared ?? 'utf-8');
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Parts the declaration, comments and DOCTYPE from what follows. */
function splitProlog(text: string): { prolog: string; rest: string } {
  let rest = text;
  for (let m = PROLOG.exec(rest); m; m = PROLOG.exec(rest)) rest = rest.slice(m[0].length);
  return { prolog: text.slice(0, text.length - rest.length), rest };
}

/** Width and height in pixels where the root element states them absolutely, else those of its viewBox. */
function statedSize(tag: string): { width?: number; height?: number } {
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]?.trim();
  const length = (name: string): number | undefined => {
    const m = /^([+-]?[\d.]+(?:e[+-]?\d+)?)(px|pt|pc|in|cm|mm)?$/i.exec(attribute(name) ?? '');
    return m ? Number(m[1]) * UNITS[(m[2] ?? '').toLowerCase()]! : undefined;
  };
  const box = attribute('viewBox')
    ?.split(/[\s,]+/)
    .map(Number);
  const ceil = (n: number | undefined) => (n === undefined || Number.isNaN(n) ? undefined : Math.ceil(n));
  const [width, height] = [length('width'), length('height')];
  if (box?.length !== 4) return { width: ceil(width), height: ceil(height) };
  const [boxWidth, boxHeight] = [box[2]!, box[3]!];
  return {
    width: ceil(width ?? (height === undefined ? boxWidth : (height * boxWidth) / boxHeight)),
    height: ceil(height ?? (width === undefined ? boxHeight : (width * boxHeight) / boxWidth)),
  };
}

function pictureWarnings(text: string): string[] {
  const pictures = text.match(/<image\b/g)?.length ?? 0;
  if (pictures === 0) return [];
  return [
    `${pictures === 1 ? 'A picture' : `${pictures} pictures`} inside the SVG file ${pictures === 1 ? 'is' : 'are'} left out; only shapes and text are drawn.`,
  ];
}
