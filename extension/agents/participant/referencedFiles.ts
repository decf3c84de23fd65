import * as vscode from 'vscode';
import { MOST_FILES } from '../../../daemon/agents/agentTools';
import { attachableFromBytes, attachableFromUri } from '../../chat/attachable';
import type { Attachable } from '../../chat/attachments';
import { isSupportedName, MENU_EXTENSIONS } from '../../chat/supportedFiles';
import { activeUri } from '../../commands/targets';
import { workspaceFile } from '../workspaceFile';
import { mentionedPaths } from './mentionedPaths';

/** A file of a question; one that was pasted has no address. */
export interface ReferencedFile {
  file: Attachable;
  uri?: vscode.Uri;
}

/** Newer editors hand pictures that were pasted over like this; 1.100 has no name for it. */
interface BinaryReference {
  mimeType: string;
  reference?: vscode.Uri;
  data(): Thenable<Uint8Array>;
}

/**
 * What a question is about: what is attached to it or named in it; else what the question before was about; else the
 * file in the active tab. At most 16, each once.
 */
export async function referencedFiles(
  request: Pick<vscode.ChatRequest, 'references' | 'prompt'>,
  history: vscode.ChatContext['history'],
): Promise<ReferencedFile[]> {
  const attached = (await Promise.all(request.references.map(filesOf))).flat();
  const named = await filesNamedIn(request.prompt, undefined);
  const now = unique([...attached, ...named]);
  if (now.length > 0) return now.slice(0, MOST_FILES);
  const before = await filesBefore(history);
  if (before.length > 0) return before.slice(0, MOST_FILES);
  const active = activeUri();
  return active !== undefined && isSupportedName(active.path) ? [fromUri(active)] : [];
}

async function filesBefore(history: vscode.ChatContext['history']): Promise<ReferencedFile[]> {
  for (const turn of [...history].reverse()) {
    if (!(turn instanceof vscode.ChatRequestTurn)) continue;
    const attached = (await Promise.all(turn.references.map(filesOf))).flat();
    const files = unique([...attached, ...(await filesNamedIn(turn.prompt, undefined))]);
    if (files.length > 0) return files;
  }
  return [];
}

/** The editor attaches the open text file by itself; only what can be looked at counts, or what the person typed. */
async function filesOf({ value, range }: vscode.ChatPromptReference): Promise<ReferencedFile[]> {
  if (value instanceof vscode.Uri) return isSupportedName(value.path) || range ? [fromUri(value)] : [];
  if (value instanceof vscode.Location) return filesAt(value);
  if (isBinary(value)) return [await fromBinary(value)];
  return typeof value === 'string' ? filesNamedIn(value, undefined) : [];
}

/** A selection in a text stands for the media files that it links. */
async function filesAt({ uri, range }: vscode.Location): Promise<ReferencedFile[]> {
  if (isSupportedName(uri.path)) return [fromUri(uri)];
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    return await filesNamedIn(document.getText(range), vscode.Uri.joinPath(uri, '..'));
  } catch {
    return [];
  }
}

async function filesNamedIn(text: string, folder: vscode.Uri | undefined): Promise<ReferencedFile[]> {
  const paths = mentionedPaths(text, MENU_EXTENSIONS);
  const uris = await Promise.all(paths.slice(0, MOST_FILES * 2).map((path) => existing(path, folder)));
  return uris.filter((uri) => uri !== undefined).map(fromUri);
}

/** Beside the text that names it, else where tools look. */
async function existing(path: string, folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const beside =
    folder && !/^[\\/]|^[a-z]:|^file:/i.test(path) ? vscode.Uri.joinPath(folder, decoded(path)) : undefined;
  const candidates = [
    beside,
    await workspaceFile(decoded(path)).then(
      ({ uri }) => uri,
      () => undefined,
    ),
  ];
  for (const uri of candidates) if (uri !== undefined && (await isFile(uri))) return uri;
  return undefined;
}

/** Links in Markdown have %20 for a space. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}

function isBinary(value: unknown): value is BinaryReference {
  const { mimeType, data } = (value ?? {}) as Partial<BinaryReference>;
  return typeof mimeType === 'string' && typeof data === 'function';
}

async function fromBinary(value: BinaryReference): Promise<ReferencedFile> {
  if (value.reference instanceof vscode.Uri) return fromUri(value.reference);
  const extension = /^[a-z]+\/([a-z0-9]+)/i.exec(value.mimeType)?.[1] ?? 'bin';
  const base64 = Buffer.from(await value.data()).toString('base64');
  return { file: attachableFromBytes(vscode.l10n.t('pasted.{0}', extension), base64) };
}

function fromUri(uri: vscode.Uri): ReferencedFile {
  return { file: attachableFromUri(uri), uri };
}

function unique(files: readonly ReferencedFile[]): ReferencedFile[] {
  return files.filter(({ file }, i) => files.findIndex((other) => other.file.key === file.key) === i);
}
