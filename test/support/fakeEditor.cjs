// Stands for VS Code while dist/extension.js is loaded and activated: everything that may be called answers with something.
// As a program: prints, as JSON, how long both took in ms and which files and packages were read for it.
const Module = require('node:module');
const { performance } = require('node:perf_hooks');
const path = require('node:path');

const extension = path.join(__dirname, '../../dist/extension.js');
const NAMES = [
  ...['authentication', 'chat', 'commands', 'env', 'extensions', 'l10n', 'languages', 'lm', 'notebooks', 'window'],
  ...['workspace', 'CodeAction', 'CodeActionKind', 'ConfigurationTarget', 'Disposable', 'EventEmitter', 'Hover'],
  ...['MarkdownString', 'Position', 'ProgressLocation', 'Range', 'RelativePattern', 'StatusBarAlignment', 'TabInputText'],
  ...['ThemeColor', 'ThemeIcon', 'TreeItem', 'Uri', 'ViewColumn', 'FileType', 'CancellationTokenSource'],
];
const plain = (key) => key === 'then' || typeof key === 'symbol';

/** An object of which every member is a function that gives another. */
function thing() {
  const get = (target, key) => (plain(key) ? undefined : key in target ? target[key] : () => thing());
  return new Proxy({}, { get });
}

/** A namespace, a class and a function at once. */
function namespace() {
  const get = (_target, key) => (plain(key) ? undefined : key === 'prototype' ? {} : namespace());
  return new Proxy(() => {}, { get, apply: () => thing() });
}

/** A class whose instances and statics are such functions, too. */
const anyClass = () =>
  new Proxy(class {}, { get: (own, key) => (plain(key) || key in own ? own[key] : () => thing()), construct: () => thing() });

function fakeEditor() {
  const classes = NAMES.filter((name) => /^[A-Z]/.test(name)).map((name) => [name, anyClass()]);
  return { ...Object.fromEntries(NAMES.map((name) => [name, namespace()])), ...Object.fromEntries(classes) };
}

function activate() {
  const loaded = [];
  const editor = fakeEditor();
  const load = Module._load;
  Module._load = (request, ...rest) => {
    if (request === 'vscode') return editor;
    if (request !== extension) loaded.push(request);
    return load(request, ...rest);
  };
  const start = performance.now();
  const { activate: run } = require(extension);
  const read = performance.now();
  run({ ...contextOf(), subscriptions: [] });
  return { loadMs: read - start, activateMs: performance.now() - read, loaded };
}

function contextOf() {
  const members = ['extensionUri', 'logUri', 'globalStorageUri', 'storageUri', 'globalState', 'workspaceState'];
  return {
    ...Object.fromEntries(members.map((name) => [name, thing()])),
    extensionPath: path.dirname(path.dirname(extension)),
    extension: { packageJSON: { version: '0.0.0' } },
    extensionMode: 1,
    asAbsolutePath: (name) => name,
  };
}

if (require.main === module) {
  console.log(JSON.stringify(activate()));
  // timers of what was activated are nobody's here
  process.exit(0);
}
