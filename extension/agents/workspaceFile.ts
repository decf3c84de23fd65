import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { problems } from '../../daemon/agents/agentProblem';

/** A file that an agent named. */
export interface WorkspaceFile {
  uri: vscode.Uri;
  /** The path as the machine has it, or the address of a file that is not on its disk. */
  shown: string;
  /** No folder of the workspace holds it, links followed. */
  outside: boolean;
}

/**
 * The file of a path: an address, an absolute path, or one relative to the first workspace folder that has it. Rejects
 * with AgentProblem. An absolute path is not looked for: the daemon says if nothing is there.
 */
export async function workspaceFile(path: string): Promise<WorkspaceFile> {
  if (path.includes('\0')) throw problems.notAFile(path, 'it holds a character that no path has');
  if (/^\\\\|^\/\//.test(path)) throw problems.notAFile(path, 'it is a network path');
  const uri = addressOf(path) ?? (isAbsolute(path) ? absolute(path) : await relativeToFolders(path));
  return { uri, shown: uri.scheme === 'file' ? uri.fsPath : uri.toString(), outside: await isOutside(uri) };
}

/** Two letters at least before the colon: one is a drive. */
function addressOf(path: string): vscode.Uri | undefined {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(path)) return undefined;
  try {
    return vscode.Uri.parse(path, true);
  } catch (error) {
    throw problems.notAFile(path, error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
}

/** In a virtual workspace an absolute path is one of its own files where a folder begins like it. */
function absolute(path: string): vscode.Uri {
  const virtual = folders().find(({ uri }) => uri.scheme !== 'file' && `${path}/`.startsWith(`${uri.path}/`));
  return virtual ? virtual.uri.with({ path }) : vscode.Uri.file(path);
}

async function relativeToFolders(path: string): Promise<vscode.Uri> {
  const open = folders();
  if (open.length === 0) throw problems.relativePath(path);
  const parts = path.replaceAll('\\', '/');
  const [first, ...rest] = parts.split('/');
  // "api/plot.png" is also plot.png in the folder "api" of a workspace of several
  const named = open.filter(({ name }) => name === first && rest.length > 0);
  const candidates = [
    ...open.map(({ uri }) => vscode.Uri.joinPath(uri, parts)),
    ...named.map(({ uri }) => vscode.Uri.joinPath(uri, ...rest)),
  ];
  for (const uri of candidates) if (await exists(uri)) return uri;
  throw problems.notFound(
    path,
    open.map(({ uri }) => (uri.scheme === 'file' ? uri.fsPath : uri.toString())),
  );
}

async function isOutside(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return true;
  if (uri.scheme !== 'file') return false;
  const real = await realpath(uri.fsPath).catch(() => uri.fsPath);
  const reals = await Promise.all(
    folders()
      .filter((one) => one.uri.scheme === 'file')
      .map((one) => realpath(one.uri.fsPath).catch(() => one.uri.fsPath)),
  );
  return !reals.some((one) => isWithin(one, real));
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

const folders = (): readonly vscode.WorkspaceFolder[] => vscode.workspace.workspaceFolders ?? [];
