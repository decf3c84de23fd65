export type Translate = (text: string, ...args: (string | number | boolean)[]) => string;

/** Fills {0}, {1} ... as `vscode.l10n.t` does. */
export const untranslated: Translate = (text, ...args) =>
  text.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));

let translate: Translate = untranslated;

/** Called once by `activate`, with `vscode.l10n.t`. */
export function useTranslations(own: Translate): void {
  translate = own;
}

/** `vscode.l10n.t` for files that know nothing of VS Code; English until `activate`, and in tests. Never called while a module loads. */
export const t: Translate = (text, ...args) => translate(text, ...args);
