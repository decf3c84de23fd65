/** Paths of files of these kinds that stand in a text: in prose, in quotes, in a Markdown or HTML link. */
export function mentionedPaths(text: string, extensions: readonly string[]): string[] {
  const kinds = extensions.join('|');
  const quoted = new RegExp(`["'\`(<]([^"'\`()<>\\n]{1,400}?\\.(?:${kinds}))(?=["'\`)> ?#])`, 'gi');
  const bare = new RegExp(
    `(?:^|[\\s=:(\\["'\`<])((?:[^\\s"'\`()<>\\[\\]]){1,400}?\\.(?:${kinds}))(?![\\w.]*\\w)`,
    'gi',
  );
  // what was quoted is one path, blanks and all, and not looked at again
  const rest = text.replace(quoted, ' ');
  const found = [...text.matchAll(quoted), ...rest.matchAll(bare)]
    .map((match) => match[1]!.trim())
    .filter((path) => !/^(https?|data|ftp|command|mailto):/i.test(path) && !path.startsWith('#'));
  return [...new Set(found)];
}
