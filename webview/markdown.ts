import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

/** What a link may lead to; the extension asks before it follows one. */
const LINKS = /^(https?|file):/i;

/**
 * A model's Markdown as safe nodes: no HTML of its own, no images (they would be fetched), links only where they are
 * written as links, and all of it through DOMPurify.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable(['image']);
markdown.validateLink = (url) => LINKS.test(url);
markdown.renderer.rules.fence = (tokens, index) => {
  const { content, info } = tokens[index]!;
  const { escapeHtml } = markdown.utils;
  const language = info.trim().split(/\s+/)[0] ?? '';
  return `<pre data-language="${escapeHtml(language)}"><code>${escapeHtml(content)}</code></pre>\n`;
};

const ALLOWED_TAGS = [
  ...['p', 'br', 'em', 'strong', 's', 'code', 'pre', 'blockquote', 'hr', 'a'],
  ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

export function renderMarkdown(text: string): DocumentFragment {
  return DOMPurify.sanitize(markdown.render(text), {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start', 'data-language'],
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: LINKS,
    // no addresses, so not held to look like one
    ADD_URI_SAFE_ATTR: ['start', 'data-language'],
    RETURN_DOM_FRAGMENT: true,
  });
}

/**
 * Where the text up to here will look the same whatever follows, as far as can be told cheaply: after the last empty
 * line outside of a code block. Lists and references that go on are put right when the answer is whole.
 */
export function settledEnd(text: string): number {
  let isCode = false;
  let settled = 0;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) break;
    const line = text.slice(at, newline);
    if (/^\s{0,3}(```|~~~)/.test(line)) isCode = !isCode;
    if (!isCode && line.trim() === '') settled = newline + 1;
    at = newline + 1;
  }
  return settled;
}
