import * as vscode from 'vscode';
import type { AltTextChoice } from '../languageFeatures/altText/altTextActions';
import { ALT_TEXT_LANGUAGES } from '../languageFeatures/documentKinds';
import { toFailure } from '../supervisor/failure';
import type { CommandContext } from './commandContext';

/** From a quick fix the image it was on, or all of its file; from the palette all of the active editor. */
export async function writeAltText({ altTexts, log }: CommandContext, ...args: unknown[]): Promise<void> {
  const [address, choice] = args;
  const document = typeof address === 'string' ? openDocument(address) : vscode.window.activeTextEditor?.document;
  if (document === undefined || !ALT_TEXT_LANGUAGES.includes(document.languageId)) {
    const where = vscode.l10n.t('Open a Markdown, HTML, JSX, reStructuredText or LaTeX file with images first.');
    void vscode.window.showInformationMessage(where);
    return;
  }
  try {
    await altTexts.write(document, isChoice(choice) ? choice : { all: true });
  } catch (error) {
    const failure = toFailure(error);
    log.warn(`Alt text: error[${failure.code}]: ${failure.message}`);
    void vscode.window.showErrorMessage(`OneLens: ${failure.message}`);
  }
}

function openDocument(address: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
}

function isChoice(value: unknown): value is AltTextChoice {
  return typeof value === 'object' && value !== null && ('all' in value || 'index' in value);
}
