// A workspace that nobody trusts, and the moment it is trusted. Run in a workbench with workspace trust on.
import assert from 'node:assert/strict';
import { brokenRules } from '../axe.mjs';

export const scenarios = [
  {
    name: 'restricted mode: a picture is told by its header, no model is asked, and the panel says so',
    async run({ window, expectedFacts }) {
      await window.describe('plot.png');
      await window.turnIs('failed');
      const turn = window.lastTurn();
      assert.match(await turn.getByRole('alert').innerText(), /Restricted Mode/);
      await turn.getByText('Measured facts').click();
      const shown = await turn.locator('details.facts').innerText();
      for (const expected of expectedFacts['plot.png']) assert.match(shown, expected);
      assert.doesNotMatch(shown, /Dominant colors|Text in the image/);
      await turn.getByText('because decoding PNG takes native code').waitFor();
      await window.panel.getByRole('complementary', { name: 'Restricted Mode' }).waitFor();
      assert.deepEqual(await brokenRules(window.panel, '--vscode-sideBar-background'), []);
      await window.screenshot('restricted-picture');
    },
  },
  {
    name: 'restricted mode: a recording and a cloud are measured by our own decoders',
    async run({ window, expectedFacts }) {
      for (const file of ['recording.wav', 'cloud.ply']) {
        await window.describe(file);
        await window.turnIs('failed');
        const turn = window.lastTurn();
        // it comes with the facts, after the refusal
        await turn.locator('figure canvas').first().waitFor();
        await turn.getByText('Measured facts').click();
        const shown = await turn.locator('details.facts').innerText();
        for (const expected of expectedFacts[file]) assert.match(shown, expected, `the facts of ${file}`);
      }
      await window.screenshot('restricted-recording');
    },
  },
  {
    name: 'restricted mode ends when the workspace is trusted: the model answers in the same window',
    async run({ window }) {
      const banner = window.panel.getByRole('complementary', { name: 'Restricted Mode' });
      const page = window.page.locator('.workspace-trust-editor');
      if (await banner.isVisible()) {
        await banner.getByRole('button', { name: 'Manage Workspace Trust' }).click();
        await page.getByRole('button', { name: 'Trust', exact: true }).click();
        await banner.waitFor({ state: 'hidden' });
        // the page of the workspace's trust lies over the window
        await window.page
          .getByRole('button', { name: /^Close/ })
          .last()
          .click();
        await page.waitFor({ state: 'hidden' });
      }
      await window.closeEditors();
      await window.describe('plot.png');
      await window.turnIs('done');
      assert.ok((await window.answer()).length > 3, 'the answer has words');
    },
  },
];
