// The numbers behind a plot: right-click, a CSV beside the picture, and the reading drawn over the plot to check it.
import assert from 'node:assert/strict';
import { brokenRules } from '../axe.mjs';

const COMMAND = 'Extract Data from This Plot';

export const scenarios = [
  {
    name: 'extract data from a plot by right-click: CSV beside it, overlay over it',
    async run({ window }) {
      await window.closeEditors();
      await window.chooseFromContextMenu('plot.png', COMMAND);
      const page = window.plotPage;
      await page.getByRole('heading', { name: 'Air temperature on a day in May' }).waitFor();
      // the sample's two lines, and where they begin and end (test/support/makeSamplePlot.py)
      const rows = await page.locator('.plot-series tbody tr').allInnerTexts();
      assert.deepEqual(
        rows.map((row) => row.split('\t')[0].trim()),
        ['City', 'Forest'],
      );
      assert.equal(await page.locator('.plot-overlay .line-over').count(), 2);
      await window.screenshot('plot-data');
      await page.getByLabel('Show what was read over the plot').uncheck();
      await page.locator('.plot-overlay').waitFor({ state: 'hidden' });
      await page.getByLabel('Show what was read over the plot').check();
      await window.tab('plot.csv').waitFor();
      const editor = window.page.locator('.editor-group-container .monaco-editor .view-lines').last();
      await editor.waitFor();
      const text = (await editor.innerText()).replaceAll('\u00a0', ' ');
      assert.match(text, /City/);
      assert.match(text, /Forest/);
    },
  },
  {
    name: 'a photograph is told to be no plot, and nothing opens',
    async run({ window }) {
      await window.closeEditors();
      await window.chooseFromContextMenu('photo.jpg', COMMAND);
      await window.page.getByText('photo.jpg does not look like a plot').first().waitFor();
      assert.equal(await window.tab('photo.csv').count(), 0);
      await window.screenshot('plot-data-none');
    },
  },
  {
    name: 'extract data from the palette by keyboard, for the picture that is open',
    async run({ window }) {
      await window.closeEditors();
      await window.openEditor('plot.png');
      await window.palette(`OneLens: ${COMMAND}`);
      await window.plotPage.getByRole('table').waitFor();
      await window.closeEditors();
    },
  },
];

export const scenariosIn = ({ name }) => [
  {
    name: `a plot's data in the ${name} theme`,
    async run({ window }) {
      await window.chooseFromContextMenu('plot.png', COMMAND);
      await window.plotPage.locator('.plot-overlay').waitFor();
      await window.tab('plot.csv').waitFor();
      assert.deepEqual(await brokenRules(window.plotPage, '--vscode-editor-background'), []);
      await window.screenshot(`plot-data-${name}`);
      await window.closeEditors();
    },
  },
];
