/** What the README promises is there: commands of the palette, facts, figures, files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { factNames, fileFactNames } from '../../daemon/facts/factNames';
import { englishManifest } from '../support/localization';

const root = path.join(__dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

const sources = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'));

test('every fact that the code names is in the table of facts, which the README is made from', () => {
  const named = sources('daemon/facts')
    .filter((text) => !text.includes('export const factNames'))
    .flatMap((text) => text.match(/'(?:file|image|plot|audio|points|video|map|imu|fmri)\.[\w.]+'/g) ?? [])
    .map((quoted) => quoted.slice(1, -1));
  expect(named.length).toBeGreaterThan(100);
  const known = new Set([fileFactNames, ...Object.values(factNames)].flatMap((facts) => Object.keys(facts)));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('every command of the palette is named', () => {
  const titles: string[] = englishManifest().contributes.commands.map((command: { title: string }) => command.title);
  expect(titles.filter((title) => !readme.replace(/\s+/g, ' ').includes(title))).toEqual([]);
});

test('the figures are those that were measured', () => {
  const { figures } = JSON.parse(readFileSync(path.join(root, 'media/model/eval.json'), 'utf8'));
  const measured = new Set(
    Object.values(figures as Record<string, { share: number; n: number }>).map(
      ({ share, n }) => `${Math.round(share * 100)} % of ${n}`,
    ),
  );
  const stated = readme.match(/\d+ % of \d+/g) ?? [];
  expect(stated.length).toBeGreaterThan(5);
  expect(stated.filter((figure) => !measured.has(figure))).toEqual([]);
});

test('linked files and scripts exist', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !link.includes('://'));
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
