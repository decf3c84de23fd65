// The conversation itself: what is done with answers and questions, and what is kept of them.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SAVED_LIMIT_MS = 10_000;

export const scenarios = [
  {
    name: 'copy, insert at the cursor, timings, another answer',
    async run({ window }) {
      await window.closeEditors();
      await fresh(window);
      await window.describe('photo.jpg');
      await window.turnIs('done');
      const answer = await window.answer();
      const turn = window.lastTurn();
      await turn.getByRole('button', { name: 'Insert at cursor' }).click();
      await window.page.getByText('No text editor is open to insert into').first().waitFor();
      await turn.getByRole('button', { name: 'Timings' }).click();
      const timings = await turn.getByRole('table', { name: 'Timings' }).innerText();
      assert.match(timings, /Encoding\s+\d[\d.]* m?s/);
      assert.match(timings, /Speed\s+[\d.]+ tokens\/s/);
      await window.screenshot('history-actions');
      await window.openEditor('notes.md');
      const editor = window.page.locator('.editor-group-container .monaco-editor').last();
      await editor.locator('.view-line').last().click();
      await window.palette('OneLens: Open Chat');
      await window.lastTurn().hover();
      await window.lastTurn().getByRole('button', { name: 'Insert at cursor' }).click();
      await holds(
        // an unsure answer leads with a quotation of what was measured
        async () => text(await editor.locator('.view-lines').innerText()).includes(answer.split('\n').at(-1)),
        'the answer in the editor',
      );
      await window.screenshot('history-inserted');
      await window.palette('OneLens: Open Chat');
      // the likeliest word each time: the same answer, and it is said why
      await window.lastTurn().getByRole('button', { name: 'Regenerate' }).click();
      await window.panel.getByText('The same answer: at temperature 0').waitFor();
      await window.panel.getByRole('button', { name: 'Change temperature' }).click();
      await window.page.locator('.settings-editor').getByText('Temperature').first().waitFor();
      await window.closeEditors();
    },
  },
  {
    name: 'a question is edited and asked again; the conversation as it was is in the history',
    async run({ window }) {
      await fresh(window);
      await window.describe('plot.png');
      await window.turnIs('done');
      await window.ask('What kind of plot is this?');
      await window.turnCount(2);
      await window.turnIs('done');
      const first = window.turns().first();
      await first.hover();
      await first.getByRole('button', { name: 'Edit and ask again' }).click();
      await window.screenshot('history-edit');
      const editor = window.panel.getByRole('textbox', { name: 'Edit the question' });
      await editor.fill('What is the title of it?');
      await editor.press('Enter');
      await window.turnCount(1);
      await window.turnIs('done');
      assert.match(await window.lastTurn().innerText(), /What is the title of it\?/);
      await openHistory(window, 'before an edit');
      const row = rows(window).first();
      assert.match(await row.innerText(), /plot\.png: Describe this file\. \(before an edit\)/);
      await window.page.keyboard.press('Enter');
      await window.turnCount(2);
      assert.match(await window.turns().first().innerText(), /Describe this file\./);
    },
  },
  {
    name: 'follow-ups fit the file: one is asked, the numbers of a plot are extracted',
    async run({ window }) {
      await fresh(window);
      await window.describe('recording.wav');
      await window.turnIs('done');
      const next = window.panel.getByRole('group', { name: 'What to ask next' });
      await window.screenshot('history-follow-ups');
      await next.getByRole('button', { name: 'How loud is it?' }).click();
      await window.turnCount(2);
      await window.turnIs('done');
      assert.equal(await next.getByRole('button', { name: 'How loud is it?' }).count(), 0);
      await window.describe('plot.png');
      await window.turnCount(3);
      await window.turnIs('done');
      await next.getByRole('button', { name: 'Which series is highest?' }).waitFor();
      await next.getByRole('button', { name: 'Extract the data' }).click();
      await window.tab('plot.csv').waitFor();
      await window.closeEditors();
    },
  },
  {
    name: '# completes the files of the workspace, by keyboard',
    async run({ window }) {
      await fresh(window);
      const input = window.panel.getByRole('textbox', { name: 'Question', exact: true });
      await input.click();
      await input.pressSequentially('What is in #rec');
      await window.panel.getByRole('option', { name: 'recording.wav' }).waitFor();
      assert.equal(await window.panel.getByRole('option').count(), 1);
      await input.press('Backspace');
      await input.press('Backspace');
      await holds(async () => (await window.panel.getByRole('option').count()) > 1, 'several files');
      await window.screenshot('history-mention');
      await input.press('e');
      await input.press('c');
      await holds(async () => (await window.panel.getByRole('option').count()) === 1, 'one file');
      await input.press('Enter');
      await window.panel.getByRole('button', { name: 'Remove recording.wav' }).waitFor();
      assert.equal(await input.inputValue(), 'What is in recording.wav ');
      await input.press('Enter');
      await window.turnCount(1);
      await window.turnIs('done');
    },
  },
  {
    name: 'history: found by what was said, renamed, exported, deleted after asking',
    async run({ window }) {
      await fresh(window);
      await window.describe('cloud.ply');
      await window.turnIs('done');
      const answer = await window.answer();
      await fresh(window);
      await window.describe('photo.jpg');
      await window.turnIs('done');
      const word = answer.split(/\W+/).sort((a, b) => b.length - a.length)[0];
      await openHistory(window, `cloud ${word}`);
      await window.screenshot('history-search');
      await rowButton(window, 'Rename');
      const box = window.page.locator('.quick-input-widget input').first();
      await holds(async () => (await box.inputValue()).startsWith('cloud.ply'), 'the old title to edit');
      await box.fill('The marble cloud');
      await box.press('Enter');
      // the list comes back, with what was searched for
      await rows(window).filter({ hasText: 'The marble cloud' }).first().waitFor();
      await openHistory(window, 'marble');
      await rowButton(window, 'Export as Markdown');
      const editor = window.page.locator('.editor-group-container .monaco-editor .view-lines').last();
      await holds(
        async () => text(await editor.innerText()).includes('# The marble cloud'),
        'the conversation as Markdown',
      );
      assert.ok(text(await editor.innerText()).includes(answer.slice(0, 20)), 'with the answer');
      await window.screenshot('history-export');
      await window.closeEditors();
      await openHistory(window, 'marble');
      await rowButton(window, 'Delete');
      await window.page.getByText('Delete the conversation "The marble cloud"?').waitFor();
      await window.screenshot('history-delete');
      await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete', exact: true }).click();
      await openHistory(window, '');
      assert.doesNotMatch(await rows(window).first().innerText(), /marble/);
      assert.equal(await rows(window).filter({ hasText: 'marble' }).count(), 0);
      await window.page.keyboard.press('Escape');
    },
  },
  {
    name: 'the window is loaded anew: the conversation goes on, and a file that is gone says so',
    async run({ window, workspace }) {
      const [path, away] = [join(workspace, 'photo.jpg'), join(workspace, '..', 'photo-away.jpg')];
      await fresh(window);
      await window.describe('photo.jpg');
      await window.turnIs('done');
      const answer = await window.answer();
      await window.reload();
      await window.palette('OneLens: Open Chat');
      await window.turnCount(1);
      assert.equal(await window.answer(), answer);
      // looked at again
      await window.lastTurn().locator('figure img').first().waitFor();
      renameSync(path, away);
      try {
        await window.reload();
        await window.palette('OneLens: Open Chat');
        await window.lastTurn().locator('.note .codicon-warning').first().waitFor();
        await window.screenshot('history-file-gone');
      } finally {
        renameSync(away, path);
      }
    },
  },
  {
    name: '500 turns are opened from the history, and typing in them is quick',
    async run({ window, workbench }) {
      await fresh(window);
      await window.describe('plot.png');
      await window.turnIs('done');
      const folder = await chatsFolder(workbench.folder);
      const file = await savedFile(folder, ({ turns }) => turns.length === 1 && turns[0].answers[0].state === 'done');
      const one = JSON.parse(readFileSync(file, 'utf8'));
      const turns = Array.from({ length: 500 }, (_, i) => ({
        ...one.turns[0],
        id: `t${i + 1}`,
        question: `Question ${i + 1}?`,
      }));
      const large = {
        ...one,
        id: 'five-hundred',
        title: 'Five hundred questions',
        isNamed: true,
        turns,
        updated: Date.now(),
      };
      writeFileSync(join(folder, 'five-hundred.json'), JSON.stringify(large));
      await window.reload();
      await openHistory(window, 'five hundred');
      await window.page.keyboard.press('Enter');
      await window.turnCount(500);
      await window.lastTurn().locator('.confidence').waitFor();
      const input = window.panel.getByRole('textbox', { name: 'Question', exact: true });
      await input.click();
      const started = Date.now();
      await input.pressSequentially('How many of these are there?');
      const perKey = (Date.now() - started) / 28;
      assert.ok(perKey < 150, `a key takes ${perKey} ms`);
      await input.press('Enter');
      await window.turnCount(501);
      await window.turnIs('done');
      await window.screenshot('history-500');
    },
  },
  {
    name: 'a link in an answer is followed only after asking',
    async run({ window, workbench, workspace }) {
      const folder = await chatsFolder(workbench.folder);
      const file = await savedFile(folder, () => true);
      const one = JSON.parse(readFileSync(file, 'utf8'));
      const notes = `file://${join(workspace, 'notes.md')}`;
      const answer = `See [the page](https://example.com/a) and [the notes](${notes}).`;
      const turn = { ...one.turns[0], id: 't1', question: 'Links?', answers: [{ answer, state: 'done' }], shown: 0 };
      const linked = {
        ...one,
        id: 'with-links',
        title: 'With links',
        isNamed: true,
        turns: [turn],
        updated: Date.now(),
      };
      writeFileSync(join(folder, 'with-links.json'), JSON.stringify(linked));
      await window.closeEditors();
      await window.reload();
      await openHistory(window, 'with links');
      await window.page.keyboard.press('Enter');
      await window.panel.getByRole('link', { name: 'the page' }).click();
      const dialog = window.page.locator('.monaco-dialog-box');
      await dialog.getByText('https://example.com/a').waitFor();
      await window.screenshot('history-link');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await window.panel.getByRole('link', { name: 'the notes' }).click();
      await dialog.getByText('notes.md').waitFor();
      assert.equal(await window.tab('notes.md').count(), 0);
      await dialog.getByRole('button', { name: 'Open', exact: true }).click();
      await window.tab('notes.md').waitFor();
      await window.closeEditors();
      await fresh(window);
    },
  },
  {
    name: 'a damaged conversation is set aside and the log says so',
    async run({ window, workbench }) {
      const folder = await chatsFolder(workbench.folder);
      writeFileSync(join(folder, 'broken.json'), '{"version":1,"title":"half');
      await window.reload();
      await openHistory(window, '');
      await window.page.keyboard.press('Escape');
      await holds(() => existsSync(join(folder, 'damaged')), 'the damaged file set aside');
      assert.equal(readdirSync(join(folder, 'damaged')).length, 1);
      assert.equal(existsSync(join(folder, 'broken.json')), false);
      await fresh(window);
    },
  },
];

/** With a model that is slow and draws by chance. */
export const slowScenarios = [
  {
    name: 'a window loaded anew in the middle of an answer keeps the question and what had come',
    async run({ window }) {
      await fresh(window);
      await window.describe('plot.png');
      await window.turnIs('streaming');
      await holds(async () => (await window.answer()).length > 20, 'some words');
      await window.page.waitForTimeout(1500);
      await window.reload();
      await window.palette('OneLens: Open Chat');
      await window.turnIs('stopped');
      assert.match(await window.lastTurn().innerText(), /Describe this file\./);
      assert.match(await window.lastTurn().innerText(), /Interrupted/);
      assert.ok((await window.answer()).length > 0, 'what had come is there');
      await window.lastTurn().locator('figure img').first().waitFor();
      await window.screenshot('history-interrupted');
      await window.lastTurn().getByRole('button', { name: 'Regenerate' }).click();
      await window.turnIs('streaming');
      await window.lastTurn().getByRole('button', { name: 'Stop this answer' }).click();
      await window.turnIs('stopped', 10_000);
      await window.lastTurn().getByText('2 of 2').waitFor();
      await window.lastTurn().getByRole('button', { name: 'Previous answer' }).click();
      await window.lastTurn().getByText('1 of 2').waitFor();
      await fresh(window);
    },
  },
  {
    name: 'one types while a model answers, and keys are not held up',
    async run({ window }) {
      await window.describe('plot.png');
      await window.turnIs('streaming');
      const input = window.panel.getByRole('textbox', { name: 'Question', exact: true });
      await input.click();
      await input.pressSequentially('And what is this?');
      assert.equal(await input.inputValue(), 'And what is this?');
      await window.screenshot('history-typing');
      await input.fill('');
      await window.panel.getByRole('button', { name: 'Stop', exact: true }).click();
      await window.turnIs('stopped', 10_000);
      await fresh(window);
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `what is done with an answer in the ${name} theme`,
    async run({ window }) {
      await fresh(window);
      await window.describe('plot.png');
      await window.turnIs('done');
      await window.lastTurn().getByRole('button', { name: 'Timings' }).click();
      await window.lastTurn().getByRole('button', { name: 'Regenerate' }).focus();
      await window.screenshot(`history-${name}-actions`);
      await window.lastTurn().hover();
      await window.lastTurn().getByRole('button', { name: 'Edit and ask again' }).click();
      const input = window.panel.getByRole('textbox', { name: 'Question', exact: true });
      await input.click();
      await input.pressSequentially('And #c');
      await window.panel.getByRole('option').first().waitFor();
      await window.screenshot(`history-${name}-mention`);
      await input.fill('');
      await openHistory(window, '');
      await window.screenshot(`history-${name}-picker`);
      await window.page.keyboard.press('Escape');
    },
  },
];

async function fresh(window) {
  await window.newChat();
  await window.questionHasKeyboard();
}

function rows(window) {
  return window.page.locator('.quick-input-list .monaco-list-row');
}

/** The list of conversations, with what is searched typed. */
async function openHistory(window, search) {
  await window.palette('OneLens: Show Chat History');
  const box = window.page.locator('.quick-input-widget input[placeholder^="Search titles"]');
  await box.waitFor();
  if (search !== '') await box.fill(search);
  await rows(window).first().waitFor();
  // the list follows what was typed
  await window.page.waitForTimeout(500);
}

/** Of the first row; buttons show where the pointer is. */
async function rowButton(window, label) {
  const row = rows(window).first();
  await row.hover();
  await row.locator(`[aria-label="${label}"]`).first().click();
}

/** The folder of this workspace's conversations, which VS Code named. */
async function chatsFolder(workbenchFolder) {
  const storage = join(workbenchFolder, 'user/User/workspaceStorage');
  let found;
  await holds(() => {
    found = readdirSync(storage)
      .map((name) => join(storage, name, 'onelens.onelens', 'chats'))
      .find((path) => existsSync(path));
    return found !== undefined;
  }, 'the folder of the conversations');
  mkdirSync(found, { recursive: true });
  return found;
}

/** The newest conversation for which it holds, as soon as it is on disk. */
async function savedFile(folder, isIt) {
  let found;
  await holds(
    () => {
      const files = readdirSync(folder).filter((name) => /^[\w-]+\.json$/.test(name) && name !== 'index.json');
      const all = files.map((name) => ({
        path: join(folder, name),
        value: JSON.parse(readFileSync(join(folder, name), 'utf8')),
      }));
      all.sort((a, b) => b.value.updated - a.value.updated);
      found = all.find(({ value }) => isIt(value))?.path;
      return found !== undefined;
    },
    'the conversation on disk',
    SAVED_LIMIT_MS,
  );
  return found;
}

function text(shown) {
  return shown.replaceAll('\u00a0', ' ');
}

async function holds(condition, what, limitMs = 30_000) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${limitMs / 1000} s for ${what}`);
}
