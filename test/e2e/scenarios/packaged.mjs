// The VSIX of this platform in a clean workbench: what a person has who installs it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const scenarios = [
  {
    name: 'the packaged extension, installed into a clean workbench, answers about a file with nothing downloaded',
    async run({ window, home, expectedFacts }) {
      assert.ok(!existsSync(join(home, 'models')), 'a first run');
      await window.describe('plot.png');
      await window.turnIs('done', 60_000);
      assert.ok((await window.answer()).length > 3, 'the answer has words');
      await window.lastTurn().getByText('Measured facts').click();
      const shown = await window.lastTurn().locator('details.facts').innerText();
      for (const expected of expectedFacts['plot.png']) assert.match(shown, expected);
      await window.screenshot('packaged');
    },
  },
];
