/** What a drop or a paste carries, apart from the page's events so that it can be tested. */
export type ReadType = (type: string) => string;

/**
 * The addresses of files dropped from VS Code. The explorer's drags carry the full list under VS Code's own types;
 * `text/uri-list` is cut to the first.
 */
export function urisOf(read: ReadType): string[] {
  const lists = [
    jsonList(read('resourceurls')),
    lines(read('application/vnd.code.uri-list')),
    jsonList(read('codefiles')).map(pathToUri),
    lines(read('text/uri-list')),
  ];
  const found = lists.find((list) => list.length > 0) ?? [];
  return [...new Set(found)].filter((uri) => /^[a-z][a-z0-9+.-]+:/i.test(uri) && !/^https?:/i.test(uri));
}

function jsonList(text: string): string[] {
  if (text === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

function pathToUri(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  return `file://${slashes.startsWith('/') ? '' : '/'}${slashes.split('/').map(encodeURIComponent).join('/')}`;
}

/** Without the "data:...;base64," that FileReader puts first. */
export function base64OfDataUrl(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}
