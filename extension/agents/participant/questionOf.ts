import type * as vscode from 'vscode';
import { MENU_EXTENSIONS } from '../../chat/supportedFiles';
import { mentionedPaths } from './mentionedPaths';

/** What is asked of the model: the prompt without its references, or `fallback` where it only names files. */
export function questionOf(request: Pick<vscode.ChatRequest, 'prompt' | 'references'>, fallback: string): string {
  const text = withoutReferences(request).replace(/\s+/g, ' ').trim();
  const words = mentionedPaths(text, MENU_EXTENSIONS).reduce((rest, path) => rest.replaceAll(path, ' '), text);
  const asked = words.replace(/\b(and|with|to|vs|or)\b/gi, ' ');
  return /\p{L}{2}/u.test(asked) ? text : fallback;
}

/** From the end, so that the ranges before stay right. */
function withoutReferences({ prompt, references }: Pick<vscode.ChatRequest, 'prompt' | 'references'>): string {
  return references
    .flatMap(({ range }) => (range ? [range] : []))
    .sort(([a], [b]) => b - a)
    .reduce((text, [start, end]) => `${text.slice(0, start)}${text.slice(end)}`, prompt);
}
