import * as vscode from 'vscode';
import { isPictureName } from '../../chat/supportedFiles';
import { DOCUMENT_KINDS } from '../documentKinds';
import type { ImageReference } from './imageReference';
import { imagesOf, isLocal } from './imagesOf';

const known = new WeakMap<vscode.TextDocument, { version: number; images: ImageReference[] }>();

/** The images of a document that are files of a kind that can be read; looked for once a version of the document. */
export function documentImages(document: vscode.TextDocument): readonly ImageReference[] {
  const before = known.get(document);
  if (before?.version === document.version) return before.images;
  const kind = DOCUMENT_KINDS[document.languageId];
  const images = imagesOf(document.getText(), kind).filter(({ path }) => isLocal(path) && isPicture(path, kind));
  known.set(document, { version: document.version, images });
  return images;
}

/** LaTeX leaves the extension out. */
function isPicture(path: string, kind: string | undefined): boolean {
  const name = path.replace(/[?#].*$/, '');
  return isPictureName(name) || (kind === 'latex' && !/\.[a-z0-9]+$/i.test(name));
}

export function rangeOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
