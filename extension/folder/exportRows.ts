import { confidencePercent } from '../../daemon/protocol/confidence';
import type { FolderRow } from '../../daemon/protocol/folderMessages';

export type ExportFormat = 'csv' | 'json' | 'md';

export const EXPORTS = {
  csv: toCsv,
  json: toJson,
  md: toMarkdown,
} as const satisfies Record<ExportFormat, (rows: readonly FolderRow[]) => string>;

const COLUMNS = ['file', 'kind', 'description', 'confidence', 'measured', 'error'] as const;

/** RFC 4180 with a header line. */
export function toCsv(rows: readonly FolderRow[]): string {
  const lines = rows.map((row) => cellsOf(row).map(csvCell).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** What begins like a formula is made text by an apostrophe: file names and recognised text are anybody's. */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@|]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function toJson(rows: readonly FolderRow[]): string {
  const values = rows.map(({ path, kind, description, isGuess, confidence, facts, error }) => ({
    file: path,
    kind,
    description: description ?? null,
    ...(isGuess && { guess: true }),
    confidence: confidence ?? null,
    measured: facts,
    ...(error && { error }),
  }));
  return `${JSON.stringify(values, undefined, 2)}\n`;
}

/** A table of GitHub's Markdown in which a name is a name, whatever is in it. */
export function toMarkdown(rows: readonly FolderRow[]): string {
  const head = COLUMNS.map((name) => name[0]!.toUpperCase() + name.slice(1));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(cellsOf(row).map(markdownCell)))].join('');
}

function markdownCell(text: string): string {
  return text.replace(/[\\`*_[\]{}<>|~#!&]/g, '\\$&').replace(/\s+/g, ' ');
}

function cellsOf({ path, kind, description, isGuess, confidence, facts, error }: FolderRow): string[] {
  return [
    path,
    kind,
    isGuess ? `A guess: ${description ?? ''}` : (description ?? ''),
    confidence === undefined ? '' : (confidencePercent(confidence) / 100).toFixed(2),
    facts.join('; '),
    error ? `${error.code}: ${error.text}` : '',
  ];
}
