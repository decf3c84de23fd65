import * as vscode from 'vscode';
import { FACT_LABELS } from '../../daemon/protocol/factLabels';
import { PANEL_STRINGS } from '../../daemon/protocol/panelStrings';
import type { PanelResources } from './panelHtml';

/** The editor's display language for a page of ours: its tag, and what it translates of the pages' strings. */
export function pageLanguage(): Pick<PanelResources, 'language' | 'strings'> {
  const translated = [...new Set<string>([...PANEL_STRINGS, ...FACT_LABELS])].map(
    (text) => [text, vscode.l10n.t(text)] as const,
  );
  const strings = Object.fromEntries(translated.filter(([text, own]) => own !== text));
  // a language that we have no words in is a page in English
  return Object.keys(strings).length === 0 ? {} : { language: vscode.env.language, strings };
}
