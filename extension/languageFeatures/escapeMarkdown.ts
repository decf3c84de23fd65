/** Text of a file or a model as Markdown that shows exactly it: no link, no picture, no command, one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .trim();
}
