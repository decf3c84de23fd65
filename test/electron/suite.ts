import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { PanelTurn } from '../../daemon/protocol/panelMessages';
import type { OneLensApi } from '../../extension/main';

// Runs inside VS Code's extension host, on the workspace of test/e2e/files.mjs. Nothing here is simulated.

const ANSWER_LIMIT_MS = 120_000;
const POLL_MS = 100;
const SAMPLES = { 'plot.png': 'image', 'photo.jpg': 'image', 'recording.wav': 'audio', 'cloud.ply': 'point' };

/** What VS Code calls. Every test runs; rejects, and so ends VS Code with a code other than 0, where one failed. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of tests()) {
    const error = await test().then(() => undefined, toError);
    if (error !== undefined) failed += 1;
    console.log(error === undefined ? `ok      ${name}` : `FAILED  ${name}\n        ${error.message}`);
  }
  console.log(`electron: ${tests().length - failed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} failed`);
}

function tests(): [name: string, test: () => Promise<void>][] {
  return [
    ['the extension activates and registers every command of its manifest', registersItsCommands],
    ...Object.entries(SAMPLES).map(([file, modality]): [string, () => Promise<void>] => [
      `describe ${file}`,
      () => describes(file, modality),
    ]),
  ];
}

async function registersItsCommands(): Promise<void> {
  await activated();
  const contributed: { command: string }[] = installed().packageJSON.contributes.commands;
  const registered = new Set(await vscode.commands.getCommands(true));
  assert.ok(contributed.length > 0);
  const missing = contributed.map(({ command }) => command).filter((command) => !registered.has(command));
  assert.deepEqual(missing, []);
}

async function describes(file: string, modality: string): Promise<void> {
  const api = await activated();
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const before = api.turns().length;
  await vscode.commands.executeCommand('onelens.describeFile', vscode.Uri.joinPath(folder.uri, file));
  const turn = await answered(api, before);
  assert.equal(turn.state, 'done', turn.error?.text);
  assert.ok(turn.answer.trim().length > 3, 'the answer has words');
  assert.deepEqual(
    turn.attachments.map(({ name }) => name),
    [file],
  );
  const [report] = turn.result?.media ?? [];
  assert.equal(report?.modality, modality);
  assert.ok(report.facts.length > 0, 'facts were measured');
}

/** The turn at `index`, once it is over. */
async function answered(api: OneLensApi, index: number): Promise<PanelTurn> {
  const until = Date.now() + ANSWER_LIMIT_MS;
  while (Date.now() < until) {
    const turn = api.turns()[index];
    if (turn !== undefined && turn.state !== 'waiting' && turn.state !== 'streaming') return turn;
    await sleep(POLL_MS);
  }
  const { state, stage } = api.turns()[index] ?? {};
  throw new Error(`no answer within ${ANSWER_LIMIT_MS / 1000} s (state ${state}, stage ${stage})`);
}

function installed(): vscode.Extension<OneLensApi> {
  const extension = vscode.extensions.getExtension<OneLensApi>('onelens.onelens');
  assert.ok(extension, 'the extension is installed');
  return extension;
}

async function activated(): Promise<OneLensApi> {
  return installed().activate();
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
