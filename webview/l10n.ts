import type { PanelString } from '../daemon/protocol/panelStrings';

let translations: Record<string, string> | undefined;

/** A string of the table in the editor's display language, with {0}, {1} ... filled; English where there is none. */
export function t(text: PanelString, ...args: (string | number)[]): string {
  translations ??= handedOver();
  return (translations[text] ?? text).replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
}

/** A fact's label; one that the table does not know stays as it is. */
export const tFact = (label: string): string => t(label as PanelString);

/** The extension puts them into the page; nothing but text is ever made of them. */
function handedOver(): Record<string, string> {
  const json = typeof document === 'undefined' ? undefined : document.getElementById('app')?.dataset.strings;
  return json === undefined ? {} : (JSON.parse(json) as Record<string, string>);
}
