/** Where a written path may lead from; all are paths of URIs, with forward slashes. */
export interface PathBases {
  /** The document's folder; null for a document that is not saved. */
  directory: string | null;
  folders: readonly string[];
  /** Further folders that the document names (`\graphicspath`), relative to its own. */
  also?: readonly string[];
  /** Whether "C:\x" is a path here. */
  windows: boolean;
  /** Absolute paths and "..": only inside `folders`. */
  onlyInFolders: boolean;
}

const MOST = 32;
/** Where a site keeps what it serves at "/". */
const SITE_FOLDERS = ['', '/public', '/static', '/docs'];
/** `\includegraphics{plot}` has none; in LaTeX's own order, as far as we read them. */
const LATEX_EXTENSIONS = ['.png', '.jpg', '.jpeg', '.svg'];

/**
 * The paths to look at, the likeliest first: relative to the document, to the workspace folders, then the same with
 * percent signs decoded and without query or fragment. None for addresses and for other machines' shares: nothing is
 * ever fetched.
 */
export function candidatePaths(written: string, bases: PathBases, latex = false): string[] {
  const found = new Set<string>();
  for (const text of spellings(written)) {
    for (const path of latex && !/\.[a-z0-9]+$/i.test(text) ? LATEX_EXTENSIONS.map((e) => text + e) : [text]) {
      for (const candidate of placesOf(path, bases)) found.add(normalized(candidate));
    }
  }
  const inFolders = (path: string) => bases.folders.some((folder) => path.startsWith(`${trimmed(folder)}/`));
  return [...found].filter((path) => !bases.onlyInFolders || inFolders(path)).slice(0, MOST);
}

/** As it stands, then cut at "?" or "#", then decoded; "\" as "/" beside each. */
function spellings(written: string): string[] {
  const text = written.trim();
  if (isShare(text)) return [];
  const cut = text.replace(/[?#].*$/, '');
  const all = [text, cut, decoded(text), decoded(cut)];
  const slashed = all.filter((one) => one.includes('\\')).map((one) => one.replace(/\\+/g, '/'));
  return [...new Set([...all, ...slashed])].filter((one) => one !== '' && !one.includes('\0') && !isShare(one));
}

function isShare(text: string): boolean {
  return /^[\\/]{2}/.test(text);
}

function placesOf(text: string, bases: PathBases): string[] {
  const { directory, folders, also = [], windows } = bases;
  const file = /^file:\/\/(\/.*)$/i.exec(text);
  if (file) return isShare(file[1]!) ? [] : [file[1]!];
  if (windows && /^[a-z]:[\\/]/i.test(text)) return [`/${text[0]!.toLowerCase()}${text.slice(1)}`];
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return [];
  if (text.startsWith('/')) {
    return [...folders.flatMap((folder) => SITE_FOLDERS.map((site) => trimmed(folder) + site + text)), text];
  }
  const own = directory === null ? [] : ['', ...also].map((sub) => `${trimmed(directory)}/${sub}/${text}`);
  return [...own, ...folders.map((folder) => `${trimmed(folder)}/${text}`)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function trimmed(folder: string): string {
  return folder.replace(/\/+$/, '');
}

/** Without "." and "..", which never lead above the root. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
