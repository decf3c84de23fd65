// The same work in every language that OneLens is translated into; VS Code's own words stay English there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** Each in a workbench of its own. */
export const languages = ['de', 'zh-cn', 'ja'];

export const scenariosIn = (language) => {
  const menu = json(`package.nls.${language}.json`);
  const words = json(`l10n/bundle.l10n.${language}.json`);
  return [
    {
      name: `in ${language}: menu, panel, answer and the page of what leaves the machine`,
      async run({ window }) {
        await window.chooseFromContextMenu('plot.png', menu['command.describeFile']);
        await window.turnIs('done', 60_000);
        const { panel } = window;
        assert.equal(await panel.locator('html').getAttribute('lang'), language);
        await panel.getByRole('textbox', { name: words.Question }).waitFor();
        await panel.getByText(words['Measured facts']).first().click();
        await panel.getByRole('button', { name: words['Copy answer'] }).first().waitFor();
        await window.screenshot(`language-${language}`);
        await window.palette(`OneLens: ${menu['command.whatLeaves']}`);
        const page = window.page.frameLocator('iframe.webview.ready[src*="markdown-language-features"]').last();
        const title = readFileSync(new URL(`docs/privacy.${language}.md`, root), 'utf8')
          .split('\n')[0]
          .slice(2);
        await page.frameLocator('#active-frame').getByRole('heading', { name: title }).waitFor();
        await window.screenshot(`language-${language}-what-leaves`);
      },
    },
  ];
};
