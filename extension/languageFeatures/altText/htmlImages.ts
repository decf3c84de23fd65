import { type Attribute, escapeAttribute, readTag, type Tag, writeAttribute } from './attributes';
import { blanked, type ImageReference } from './imageReference';

/** `<img>` of HTML, Vue and Svelte, and of HTML in Markdown; not in comments, scripts and styles. */
export function htmlImages(text: string): ImageReference[] {
  const shown = blanked(text, /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi);
  return [...shown.matchAll(/<img(?=[\s/])/gi)].flatMap((match) => {
    const tag = readTag(shown, match.index, match.index + match[0].length);
    return (tag && imageOf(tag)) ?? [];
  });
}

function imageOf({ start, end, attributes, spreads }: Tag): ImageReference | null {
  const named = (name: string) => attributes.find((attribute) => attribute.name.toLowerCase() === name);
  const source = named('src');
  if (source?.value == null || source.value.trim() === '') return null;
  const alt = named('alt');
  // Vue binds with ":alt" or "v-bind:alt", Svelte with {alt}
  const isComputed = spreads || attributes.some(({ name }) => /^(:|v-bind:|bind:)alt$|^\[alt\]$/i.test(name));
  return {
    start,
    end,
    path: source.value.trim(),
    alt: stateOf(alt, isComputed),
    write: (text) => writeAttribute(alt, source, text, (one) => escapeAttribute(one).replace(/\{/g, '&#123;')),
  };
}

export function stateOf(alt: Attribute | undefined, isComputed: boolean): ImageReference['alt'] {
  if (alt === undefined) return isComputed ? 'computed' : 'missing';
  if (alt.expression !== undefined) return 'computed';
  return alt.value === null || alt.value.trim() === '' ? 'decorative' : 'written';
}
