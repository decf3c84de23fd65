/** Every word that a person reads in the editor is there in every language, with the same holes to fill. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { factNames, fileFactNames } from '../../daemon/facts/factNames';
import { FACT_LABELS } from '../../daemon/protocol/factLabels';
import { PANEL_STRINGS } from '../../daemon/protocol/panelStrings';
import { labelOf } from '../../webview/factText';
import { REPOSITORY } from '../support/importsOf';
import {
  codeStrings,
  extensionStrings,
  LANGUAGES,
  manifestKeys,
  manifestStrings,
  placeholders,
  untranslatedIn,
} from '../support/localization';

/** The same in a language as in English: names of products and formats, and what a language spells alike. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: ['Balance', 'Chat', 'Codec', 'HDR', 'Median', 'Name', 'Tempo', 'Zoom'],
  'zh-cn': ['HDR'],
  ja: ['HDR'],
};

/** Of what reads like words for people and is translated nowhere: questions to the model, which knows English; names; the log. */
const ENGLISH = [
  /^webview\/suggestions\.ts: /,
  /^extension\/[\w/]+\.ts: Describe th(is|ese) (files?|image in one sentence)\.$/,
  /^extension\/agents\/participant\/(answer|compare|followups)\.ts: (What |Describe this)/,
  /^webview\/factText\.ts: /,
  // written into documents, which have a language of their own
  /^extension\/languageFeatures\/altText\/composeAltText\.ts: /,
  /: (Bearer \{…\}|Application Support|Core ML|The connection to the daemon closed\.)$/,
];
/** Read by language models, and examples of what people say to them. */
const FOR_MODELS = new Set(['modelDescription', 'inputSchema', 'examples', 'disambiguation']);

const code = [...new Set([...PANEL_STRINGS, ...FACT_LABELS, ...extensionStrings()])].sort();

test('package.json has words for each of its keys, and no others', () => {
  expect(Object.keys(manifestStrings('')).sort()).toEqual(manifestKeys());
});

test('the pages’ table names each string once', () => {
  expect(PANEL_STRINGS.filter((text, i) => PANEL_STRINGS.indexOf(text) !== i)).toEqual([]);
});

test('the table of labels has one for each fact, and no others', () => {
  const names = [fileFactNames, ...Object.values(factNames)].flatMap((facts) => Object.keys(facts));
  expect([...new Set(names.map(labelOf))].sort()).toEqual([...FACT_LABELS].sort());
});

test('what is to be translated is found in the code', () => {
  expect(code.length).toBeGreaterThan(100);
});

test.each(LANGUAGES)('%s: package.json is translated whole', (language) => {
  const english = manifestStrings('');
  const own = manifestStrings(language);
  expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
  const left = Object.keys(own).filter((key) => own[key] === english[key] && !SAME[language]!.includes(own[key]!));
  expect(left).toEqual([]);
  for (const key of Object.keys(own)) expect([key, codes(own[key]!)]).toEqual([key, codes(english[key]!)]);
});

test.each(LANGUAGES)('%s: everything that the editor shows is translated', (language) => {
  const own = codeStrings(language);
  expect(code.filter((text) => own[text] === undefined)).toEqual([]);
});

test('no words of the sources go round the translation', () => {
  const left = ['extension', 'webview'].flatMap(untranslatedIn);
  expect(left.filter((found) => !ENGLISH.some((pattern) => pattern.test(found)))).toEqual([]);
});

test('no words of package.json go round the translation', () => {
  const words: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (FOR_MODELS.has(key)) return;
    if (typeof value === 'string' && /title|name|description|alttext/i.test(key) && / /.test(value)) words.push(value);
    if (typeof value === 'object' && value !== null) for (const [k, v] of Object.entries(value)) visit(v, k);
  };
  const { contributes, capabilities } = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'));
  visit({ contributes, capabilities }, '');
  expect(words).toEqual([]);
});

test.each(LANGUAGES)('%s: what is translated of the code differs from English, and has the same holes', (language) => {
  const own = codeStrings(language);
  const left = Object.keys(own).filter((text) => own[text] === text && !SAME[language]!.includes(text));
  expect(left).toEqual([]);
  for (const [text, translation] of Object.entries(own)) {
    expect([text, placeholders(translation)]).toEqual([text, placeholders(text)]);
    expect([text, codes(translation)]).toEqual([text, codes(text)]);
  }
});

test.each(LANGUAGES)('%s: no translation of what no code says any more', (language) => {
  expect(Object.keys(codeStrings(language)).filter((text) => !code.includes(text))).toEqual([]);
});

/** What is typed or clicked, and hence never translated: `code`, links, icons, names of settings. */
function codes(text: string): string[] {
  return (text.match(/`[^`]+`|\]\([^)]+\)|\$\([\w~-]+\)|#?onelens\.\w+#?/g) ?? []).sort();
}
