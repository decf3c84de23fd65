/**
 * Text that others wrote (a model, a file's name, words recognised in a picture) in the chat's Markdown.
 */

/** As it is written: nothing in it is markup. */
export function plain(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()#+\-!~<>|&$]/g, '\\$&');
}

/** A model's own Markdown without what could lead elsewhere: links, pictures (which would be fetched) and HTML are text. */
export function withoutLinks(text: string): string {
  return text.replace(/[\\[\]<&]/g, '\\$&');
}

/** Rows of plain cells under plain heads. */
export function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |\n`;
  return `${line(heads)}|${heads.map(() => ' --- |').join('')}\n${rows.map(line).join('')}`;
}
