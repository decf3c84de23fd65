import * as vscode from 'vscode';
import { DOCUMENT_KINDS } from '../documentKinds';
import { resolveMedia } from '../resolveMedia';
import { HINT_CODE } from './altTextHints';
import { documentImages, rangeOf } from './documentImages';
import type { ImageReference } from './imageReference';

/** Which images `onelens.writeAltText` writes; the command's arguments are the document's address and this. */
export type AltTextChoice = { all: true } | { index: number; part: 'alt' | 'caption' };

const COMMAND = 'onelens.writeAltText';

/** Quick fixes on an image: an alt text, a caption where LaTeX has none, and all that are missing in the file. */
export class AltTextActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const images = documentImages(document);
    const image = images.find((one) => rangeOf(document, one).intersection(range) !== undefined);
    const kind = DOCUMENT_KINDS[document.languageId];
    if (image === undefined || kind === undefined || image.alt === 'computed') return [];
    if ((await resolveMedia(document, image.path, kind)) === undefined) return [];
    const hints = context.diagnostics.filter(({ code }) => code === HINT_CODE);
    return this.actions(document, images, image, hints);
  }

  private actions(
    document: vscode.TextDocument,
    images: readonly ImageReference[],
    image: ImageReference,
    hints: vscode.Diagnostic[],
  ): vscode.CodeAction[] {
    const { t } = vscode.l10n;
    const index = images.indexOf(image);
    const missing = images.filter(({ alt }) => alt === 'missing').length;
    const isMissing = image.alt === 'missing';
    const own = action(document, isMissing ? t('Write alt text') : t('Write another alt text'), { index, part: 'alt' });
    own.isPreferred = isMissing;
    own.diagnostics = hints;
    return [
      own,
      ...(image.writeCaption ? [action(document, t('Write caption'), { index, part: 'caption' })] : []),
      ...(missing > 1 || (missing === 1 && !isMissing) ? [action(document, allTitle(missing), { all: true })] : []),
    ];
  }
}

function allTitle(count: number): string {
  return count === 1
    ? vscode.l10n.t('Write alt text for the image in this file that has none')
    : vscode.l10n.t('Write alt text for all {0} images in this file that have none', count);
}

function action(document: vscode.TextDocument, title: string, choice: AltTextChoice): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { command: COMMAND, title, arguments: [document.uri.toString(), choice] };
  return made;
}
