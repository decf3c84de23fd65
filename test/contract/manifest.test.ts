import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { englishManifest } from '../support/localization';

// only types and late calls of it are used by what is imported here
vi.mock('vscode', () => ({}));

const { COMMANDS } = await import('../../extension/commands/table');
const { SETTING_KEYS } = await import('../../extension/config');
const { CHAT_VIEW_ID } = await import('../../extension/chat/chatView');
const { DOCUMENT_KINDS } = await import('../../extension/languageFeatures/documentKinds');
const { BYTES_LIMIT } = await import('../../extension/chat/attachable');
const { isSupportedName, MENU_EXTENSIONS, MENU_WHEN, PICTURE_WHEN } = await import(
  '../../extension/chat/supportedFiles'
);

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = englishManifest();
const { contributes, capabilities } = manifest;
const ids = (items: { command: string }[]) => items.map(({ command }) => command).sort();

test('every command of package.json has a handler, and the other way round', () => {
  expect(ids(contributes.commands)).toEqual(Object.keys(COMMANDS).sort());
});

test('every command is of one category and has a title', () => {
  for (const { command, category, title } of contributes.commands) {
    expect([command, category]).toEqual([command, 'OneLens']);
    expect(title).toMatch(/^[A-Z]/);
  }
});

test('menus name commands that exist', () => {
  for (const items of Object.values<{ command: string }[]>(contributes.menus)) {
    for (const { command } of items) expect(COMMANDS).toHaveProperty([command]);
  }
});

test('the context menus are for the kinds that can be read, and for nothing else', () => {
  for (const menu of ['explorer/context', 'editor/title/context']) {
    const ofFiles = contributes.menus[menu].filter(
      (item: { when: string }) => item.when !== 'explorerResourceIsFolder',
    );
    expect(ofFiles.map((item: { when: string }) => item.when)).toEqual([MENU_WHEN, PICTURE_WHEN]);
  }
  const pattern = new RegExp(/=~ \/(.*)\/i$/.exec(MENU_WHEN)![1]!, 'i');
  for (const name of ['a.png', 'A.JPEG', 'x.wav', 'y.ply']) {
    expect([name, pattern.test(name), isSupportedName(name)]).toEqual([name, true, true]);
  }
  for (const name of ['a.ts', 'a.txt', 'a.gz', 'png', 'a.pngx', 'a.exe']) {
    expect([name, pattern.test(name), isSupportedName(name)]).toEqual([name, false, false]);
  }
  // tables now and then: asked about by right-click, but no folder is searched for them
  for (const name of ['walk.csv', 'walk.TSV', 'scan.nii.gz']) {
    expect([name, pattern.test(name), isSupportedName(name)]).toEqual([name, true, false]);
  }
});

test('what menus and dialogs offer, the daemon decodes', async () => {
  const { formats } = await import('../../daemon/decoders/formats');
  const decoded = new Set(formats.flatMap(({ extensions }) => extensions));
  const offered = [...MENU_EXTENSIONS, 'txt', 'csv', 'tsv', 'bin', 'gz'].map((extension) => `.${extension}`);
  expect(offered.filter((extension) => !decoded.has(extension))).toEqual([]);
});

test('every setting of package.json is read, and the other way round', () => {
  expect(Object.keys(contributes.configuration.properties).sort()).toEqual(
    SETTING_KEYS.map((key) => `onelens.${key}`).sort(),
  );
});

test('settings that name programs and folders are the machine’s, never a workspace’s', () => {
  const { properties } = contributes.configuration;
  const restricted = Object.keys(properties).filter((key) => properties[key].scope === 'machine');
  expect(restricted).toEqual(['onelens.nodePath', 'onelens.home']);
  expect(capabilities.untrustedWorkspaces).toMatchObject({
    supported: 'limited',
    restrictedConfigurations: restricted,
  });
});

test('the limit that a virtual workspace is told is the one that holds', () => {
  expect(capabilities.virtualWorkspaces.description).toContain(`${BYTES_LIMIT / 2 ** 20} MiB`);
});

test('the view is the one that code provides, in a container of its own', () => {
  expect(contributes.views.onelens).toMatchObject([{ id: CHAT_VIEW_ID, type: 'webview' }]);
  expect(contributes.viewsContainers.activitybar).toMatchObject([{ id: 'onelens' }]);
});

test('it activates by its own commands and view, with the languages that have its hovers and alt texts, and for a page that was left open', () => {
  expect(manifest.activationEvents).toEqual([
    ...Object.keys(DOCUMENT_KINDS).map((id) => `onLanguage:${id}`),
    'onWebviewPanel:onelens.folder',
  ]);
});

test('the previews of VS Code have the button', () => {
  const [{ when }] = contributes.menus['editor/title'];
  const pattern = new RegExp(/=~ \/(.*)\/$/.exec(when)![1]!);
  for (const id of ['imagePreview.previewEditor', 'vscode.audioPreview', 'vscode.videoPreview']) {
    expect([id, pattern.test(id)]).toEqual([id, true]);
  }
  expect(pattern.test('jupyter-notebook')).toBe(false);
});

test('icons are there', () => {
  const icons = [manifest.icon, contributes.viewsContainers.activitybar[0].icon, contributes.views.onelens[0].icon];
  for (const icon of icons) expect([icon, existsSync(join(root, icon))]).toEqual([icon, true]);
});
