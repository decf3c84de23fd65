import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';
import { REPOSITORY, sourcesIn } from './importsOf';

export const LANGUAGES = ['de', 'zh-cn', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

type Strings = Record<string, string>;

const readJson = <T>(file: string): T => JSON.parse(readFileSync(path.join(REPOSITORY, file), 'utf8')) as T;

/** English for a language of '' */
export const manifestStrings = (language: Language | ''): Strings =>
  readJson(`package.nls.${language === '' ? '' : `${language}.`}json`);

export const codeStrings = (language: Language): Strings => readJson(`l10n/bundle.l10n.${language}.json`);

// biome-ignore lint/suspicious/noExplicitAny: package.json has no type of its own
type Manifest = any;

/** `package.json` as VS Code shows it, with each %key% in English. */
export function englishManifest(): Manifest {
  const strings = manifestStrings('');
  return JSON.parse(
    JSON.stringify(readJson('package.json'), (_, value) => {
      const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
      return key === undefined ? value : (strings[key] ?? value);
    }),
  );
}

/** Every %key% of `package.json`. */
export function manifestKeys(): string[] {
  const text = readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8');
  return [...new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]!))].sort();
}

/** Every string that the extension translates: the first argument of `vscode.l10n.t(...)` and of `t(...)`. */
export function extensionStrings(): string[] {
  return [...new Set(sourcesIn('extension').flatMap((file) => callsOfT(file)))].sort();
}

function callsOfT(file: string): string[] {
  const source = parse(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isT(node.expression)) found.push(...literals(node.arguments[0], file));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function parse(file: string): ts.SourceFile {
  const text = readFileSync(path.join(REPOSITORY, file), 'utf8');
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

export function isT(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return (
    ts.isPropertyAccessExpression(callee) && callee.name.text === 't' && /\bl10n$/.test(callee.expression.getText())
  );
}

/** Of a literal, or of both sides of a choice; anything else cannot be translated, unless it is handed through. */
function literals(node: ts.Expression | undefined, file: string): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue, file), ...literals(node.whenFalse, file)];
  if (ts.isIdentifier(node)) return [];
  throw new Error(`${file}: ${node.getText()} is not a string that can be looked up`);
}

/** The {0}, {1} ... and {name}s of a string, sorted. */
export function placeholders(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}

/** Words for people: two of them at least, or a sentence, with a capital first. */
const READS_LIKE_TEXT = /^[A-Z][a-z]+(?:[ ,:][\w$(“"'{]|…$|[.!?]$)/;
/** What is not shown to people by the editor: imports, errors that a Failure wraps, lines of the log, exhaustive tables. */
const NOT_SHOWN =
  /^(?:log|info|warn|error|debug|trace|log\.\w+|this\.ports\.log|options\.log|ports\.log|\w+\.log|Error)$/;

/**
 * Strings in a layer's sources that read like words for people and do not go through `t`: "file: text". Templates are
 * judged with their holes as {…}.
 */
export function untranslatedIn(folder: string): string[] {
  return sourcesIn(folder).flatMap((file) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (isSkipped(node)) return;
      const text = textOf(node);
      if (text !== undefined && READS_LIKE_TEXT.test(text)) found.push(`${file}: ${text}`);
      ts.forEachChild(node, visit);
    };
    visit(parse(file));
    return found;
  });
}

function isSkipped(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isCallExpression(node)) return isT(node.expression) || NOT_SHOWN.test(node.expression.getText());
  return ts.isNewExpression(node) && NOT_SHOWN.test(node.expression.getText());
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `{…}${span.literal.text}`).join('');
}
