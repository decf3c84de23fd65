// The main job: right-click, "Describe This File", a streamed answer with measured facts and confidence.
import assert from 'node:assert/strict';

export const scenarios = [
  ...[
    { file: 'plot.png', preview: 'figure img' },
    { file: 'photo.jpg', preview: 'figure img' },
    { file: 'recording.wav', preview: 'figure canvas' },
    { file: 'cloud.ply', preview: 'figure canvas' },
    { file: 'chair_depth.png', preview: 'figure .pictures img' },
  ].map(({ file, preview }) => ({
    name: `describe ${file} by right-click`,
    async run({ window, expectedFacts }) {
      await window.describe(file);
      await window.turnIs('done');
      const turn = window.lastTurn();
      assert.ok((await window.answer()).length > 3, 'the answer has words');
      await turn.locator(preview).first().waitFor();
      assert.match(await turn.locator('.confidence').innerText(), /confidence, \d+ %/);
      await turn.getByText('Measured facts').click();
      const shown = await turn.locator('details.facts').innerText();
      for (const expected of expectedFacts[file]) assert.match(shown, expected, `the facts of ${file}`);
      await window.screenshot(`describe-${file.replace('.', '-')}`);
    },
  })),
  {
    name: 'a video that only the panel can decode shows its frames and is answered about',
    async run({ window }) {
      await window.describe('clip.webm');
      await window.turnIs('done', 60_000);
      await window.lastTurn().locator('.pictures img').first().waitFor();
      assert.ok((await window.lastTurn().locator('.pictures img').count()) > 1, 'several frames');
      await window.screenshot('describe-video');
    },
  },
  {
    name: 'a follow-up question in the panel keeps the file and encodes nothing again',
    async run({ window }) {
      await window.newChat();
      await window.describe('plot.png');
      await window.turnIs('done');
      await window.ask('What kind of plot is this?');
      await window.turnCount(2);
      await window.turnIs('done');
      assert.match(await window.lastTurn().innerText(), /What kind of plot is this\?/);
      assert.ok((await window.answer()).length > 3, 'the answer has words');
      assert.match(await window.lastTurn().locator('.cost').getAttribute('title'), /kept from before/);
      await window.screenshot('follow-up');
    },
  },
  {
    name: 'a new chat forgets the turns and the attachments',
    async run({ window }) {
      await window.newChat();
      await window.turnCount(0);
      await window.screenshot('new-chat');
    },
  },
  {
    name: 'the keyboard alone: palette, question, answer',
    async run({ window }) {
      await window.openEditor('plot.png');
      await window.palette('OneLens: Describe This File');
      await window.turnIs('done');
      await window.palette('OneLens: Open Chat');
      await window.questionHasKeyboard();
      await window.page.keyboard.type('What is the title?');
      await window.page.keyboard.press('Enter');
      await window.turnCount(2);
      await window.turnIs('done');
      await window.newChat();
    },
  },
];
