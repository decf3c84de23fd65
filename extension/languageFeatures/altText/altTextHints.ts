import * as vscode from 'vscode';
import { ALT_TEXT_LANGUAGES } from '../documentKinds';
import { documentImages, rangeOf } from './documentImages';

export const HINT_CODE = 'missing-alt-text';
const AFTER_TYPING_MS = 600;

/** Dots under images without an alt text, in open documents, where the person has asked for them by the setting. */
export class AltTextHints implements vscode.Disposable {
  private readonly hints = vscode.languages.createDiagnosticCollection('onelens');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly isWanted: () => boolean) {
    this.listeners = [
      this.hints,
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.later(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('onelens.altText')) this.lookAtAll();
      }),
    ];
    this.lookAtAll();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const listener of this.listeners) listener.dispose();
  }

  private lookAtAll(): void {
    this.hints.clear();
    if (this.isWanted()) for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  private later(document: vscode.TextDocument): void {
    if (!this.isWanted() || !ALT_TEXT_LANGUAGES.includes(document.languageId)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.look(document), AFTER_TYPING_MS),
    );
  }

  private look(document: vscode.TextDocument): void {
    if (!this.isWanted() || document.isClosed || !ALT_TEXT_LANGUAGES.includes(document.languageId)) return;
    const missing = documentImages(document).filter(({ alt }) => alt === 'missing');
    this.hints.set(
      document.uri,
      missing.map((image) => hint(rangeOf(document, image))),
    );
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.hints.delete(document.uri);
  }
}

function hint(range: vscode.Range): vscode.Diagnostic {
  const text = vscode.l10n.t('This image has no alt text.');
  const made = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Hint);
  made.source = 'OneLens';
  made.code = HINT_CODE;
  return made;
}
