/**
 * The globs of `files.exclude` and `search.exclude`, which VS Code offers no way to match: a star and a question mark
 * within one part of a path, two stars over parts, `{a,b}` and `[0-9]`. Paths are relative, with "/".
 */
export function globToRegExp(glob: string): RegExp {
  return new RegExp(`^${source(glob)}$`);
}

const TOKEN = /\*\*\/|\/\*\*$|\*\*|\*|\?|\{[^{}]*\}|\[[^\]/]+\]|[\s\S]/g;

function source(glob: string): string {
  return (glob.match(TOKEN) ?? []).map(part).join('');
}

function part(token: string): string {
  if (token === '**/') return '(?:.*/)?';
  if (token === '/**') return '(?:/.*)?';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1 && token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').map(source).join('|')})`;
  if (token.length > 1 && token.startsWith('['))
    return `[${token.slice(1, -1).replace(/^!/, '^').replace(/\\/g, '\\\\')}]`;
  return token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a path, or a folder that holds it, is excluded; a walk asks of each folder before it enters. Bad globs exclude nothing. */
export function excluder(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => {
    try {
      return [globToRegExp(glob)];
    } catch {
      return [];
    }
  });
  return (path) => patterns.some((pattern) => pattern.test(path));
}
