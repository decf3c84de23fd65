import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

/**
 * A model's Markdown as safe nodes: no HTML of its own, no images (they would be fetched), links only where they are
 * written as links, and all of it through DOMPurify.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable(['image']);
markdown.validateLink = (url) => /^https?:/i.test(url);

const ALLOWED_TAGS = [
  ...['p', 'br', 'em', 'strong', 's', 'code', 'pre', 'blockquote', 'hr', 'a'],
  ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

export function renderMarkdown(text: string): DocumentFragment {
  return DOMPurify.sanitize(markdown.render(text), {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start'],
    ALLOWED_URI_REGEXP: /^https?:/i,
    RETURN_DOM_FRAGMENT: true,
  });
}
