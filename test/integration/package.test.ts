import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REPOSITORY } from '../support/importsOf';

// What is packed for this platform. `npm run build` comes first.

/** Unpacked, in MiB: ONNX Runtime 45, sharp 19, the embedded model 29, text in pictures 16, the bundles and media. */
const LIMIT_MIB = 125;
const TARGET = `${process.platform}-${process.arch}`;

let stage: string;
let files: string[];
beforeAll(() => {
  stage = mkdtempSync(join(tmpdir(), 'onelens-stage-'));
  const code = "import('./scripts/package.mjs').then((m) => m.stageFor(process.argv[1], process.argv[2]))";
  execFileSync(process.execPath, ['-e', code, TARGET, stage], { cwd: REPOSITORY });
  files = readdirSync(stage, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(stage, name)).isFile(),
  );
});
afterAll(() => rmSync(stage, { recursive: true, force: true }));

test('only this platform’s binaries are in it', () => {
  const binaries = files
    .filter((name) => /napi-v\d+\//.test(name))
    .map((name) => /napi-v\d+\/([^/]+)\/([^/]+)/.exec(name)!);
  expect([...new Set(binaries.map(([, os, cpu]) => `${os}-${cpu}`))]).toEqual([TARGET]);
  const sharp = readdirSync(join(stage, 'node_modules/@img')).filter((name) => name !== 'colour');
  expect(sharp.sort()).toEqual([`sharp-${TARGET}`, `sharp-libvips-${TARGET}`].sort());
});

test('what it needs is in it, and nothing of development', () => {
  const needed = [
    'extension.js',
    'rpc.js',
    'daemon.js',
    'engine.js',
    'cli.js',
    'model/manifest.json',
    'webview/main.js',
  ];
  expect(needed.filter((name) => !existsSync(join(stage, 'dist', name)))).toEqual([]);
  for (const name of ['LICENSE', 'THIRD_PARTY_NOTICES.md', 'README.md', 'docs/privacy.md', 'l10n/bundle.l10n.de.json'])
    expect([name, existsSync(join(stage, name))]).toEqual([name, true]);
  expect(files.filter((name) => /\.map$|\.d\.[cm]?ts$|(^|\/)(test|training|scripts)\//.test(name))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'));
  expect([manifest.scripts, manifest.devDependencies, manifest.private]).toEqual([undefined, undefined, undefined]);
});

test('it is no larger than stated', () => {
  const bytes = files.reduce((sum, name) => sum + statSync(join(stage, name)).size, 0);
  expect(bytes / 2 ** 20).toBeLessThan(LIMIT_MIB);
});

test('each package in it is named with its licence', () => {
  const notices = readFileSync(join(stage, 'THIRD_PARTY_NOTICES.md'), 'utf8');
  const named = [...notices.matchAll(/^## (\S+) \d/gm)].map((match) => match[1]!);
  for (const name of [
    'onnxruntime-node',
    'sharp',
    `@img/sharp-libvips-${TARGET}`,
    'ws',
    'zod',
    'mediabunny',
    'dompurify',
  ])
    expect(named).toContain(name);
  expect(notices).toContain('LGPL');
  expect(notices).toContain('Permission is hereby granted');
});

test('its readme links to nothing that is not there', () => {
  const readme = readFileSync(join(stage, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !link.includes('://'));
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((link) => !existsSync(join(stage, link)))).toEqual([]);
});
