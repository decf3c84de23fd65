import * as vscode from 'vscode';
import type { AgentToolName } from '../../daemon/agents/agentTools';

/** A file of a call, as a person is asked about it. */
export interface NamedFile {
  /** As the agent wrote it, or the whole path of a file outside the workspace. */
  path: string;
  outside: boolean;
}

/** What is shown while the tool runs. */
export function invocationMessage(tool: AgentToolName, files: readonly NamedFile[]): string {
  const names = files.map(({ path }) => path.split(/[\\/]/).at(-1) ?? path).join(', ');
  switch (tool) {
    case 'describe_media':
      return vscode.l10n.t('Describing {0}', names);
    case 'ask_media':
      return vscode.l10n.t('Asking about {0}', names);
    case 'measure_media':
      return vscode.l10n.t('Measuring {0}', names);
    case 'plot_data':
      return vscode.l10n.t('Reading the numbers of {0}', names);
  }
}

/** Which files, what is asked, whether one lies outside the workspace, and that nothing leaves the machine. */
export function confirmation(
  tool: AgentToolName,
  files: readonly NamedFile[],
  question: string | undefined,
): vscode.LanguageModelToolConfirmationMessages {
  const message = new vscode.MarkdownString();
  message.appendText(purpose(tool, question));
  for (const { path, outside } of files) {
    // paragraphs and no list: outside the chat VS Code shows it as plain text, and a list's items with their escapes
    const where = outside ? ` ${vscode.l10n.t('(outside the workspace)')}` : '';
    message.appendMarkdown('\n\n').appendText(`${path}${where}`);
  }
  message.appendMarkdown('\n\n').appendText(vscode.l10n.t('It is read on this machine; nothing leaves it.'));
  return { title: title(files), message };
}

function title(files: readonly NamedFile[]): string {
  if (files.some(({ outside }) => outside)) return vscode.l10n.t('Let OneLens read a file outside the workspace?');
  return files.length === 1 ? vscode.l10n.t('Let OneLens read a file?') : vscode.l10n.t('Let OneLens read files?');
}

function purpose(tool: AgentToolName, question: string | undefined): string {
  switch (tool) {
    case 'describe_media':
      return vscode.l10n.t('OneLens describes it with its local model:');
    case 'ask_media':
      return vscode.l10n.t('OneLens asks its local model “{0}” about:', question ?? '');
    case 'measure_media':
      return vscode.l10n.t('OneLens measures, without a model:');
    case 'plot_data':
      return vscode.l10n.t('OneLens reads the numbers out of the plot, without a model:');
  }
}
