/** How paths, images and strings are written in a document. */
export type DocumentKind = 'markdown' | 'html' | 'jsx' | 'latex' | 'rst' | 'code' | 'data';

/** By VS Code's language id; `package.json` activates by the same ids, and a contract test compares them. */
export const DOCUMENT_KINDS: Readonly<Record<string, DocumentKind>> = {
  markdown: 'markdown',
  mdx: 'markdown',
  quarto: 'markdown',
  rmd: 'markdown',
  html: 'html',
  vue: 'html',
  svelte: 'html',
  javascript: 'jsx',
  javascriptreact: 'jsx',
  typescript: 'jsx',
  typescriptreact: 'jsx',
  latex: 'latex',
  tex: 'latex',
  restructuredtext: 'rst',
  python: 'code',
  julia: 'code',
  r: 'code',
  json: 'data',
  jsonc: 'data',
  jsonl: 'data',
  yaml: 'data',
};

/** The languages whose images may have an alt text. */
export const ALT_TEXT_LANGUAGES = Object.keys(DOCUMENT_KINDS).filter((id) =>
  ['markdown', 'html', 'jsx', 'latex', 'rst'].includes(DOCUMENT_KINDS[id]!),
);
