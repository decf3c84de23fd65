// Screenshots of the same chat in every kind of theme, for a person to look at, and the panel checked by axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brokenRules } from '../axe.mjs';

/** Each in a workbench of its own: settings.json is only read at the start here. */
export const themes = [
  { name: 'light', settings: { 'workbench.colorTheme': 'Light Modern' }, bodyClass: 'vscode-light' },
  { name: 'dark', settings: { 'workbench.colorTheme': 'Dark Modern' }, bodyClass: 'vscode-dark' },
  {
    name: 'high-contrast',
    settings: { 'workbench.colorTheme': 'Default High Contrast' },
    bodyClass: 'vscode-high-contrast',
  },
  {
    name: 'high-contrast-light',
    settings: { 'workbench.colorTheme': 'Default High Contrast Light' },
    bodyClass: 'vscode-high-contrast-light',
  },
];

export const scenariosIn = ({ name, bodyClass }) => [
  {
    name: `the chat in the ${name} theme`,
    async run({ window }) {
      await window.describe('photo.jpg');
      await window.turnIs('done');
      await window.panel.locator(`body.${bodyClass}`).waitFor();
      await window.screenshot(`theme-${name}`);
      await window.lastTurn().getByText('Measured facts').click();
      assert.deepEqual(await brokenRules(window.panel, '--vscode-sideBar-background'), []);
      await window.screenshot(`theme-${name}-facts`);
    },
  },
];

/** The rules of axe-core that a page breaks, with the elements. `ground` is whose colour shows through the page. */
export async function axe(page, ground = 'sideBar') {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return page.locator('body').evaluate(
    async (body, [code, ground]) => {
      if (!globalThis.axe) new Function(code)();
      // the side bar or the editor shows through the page, which axe cannot know
      body.style.backgroundColor = `var(--vscode-${ground}-background)`;
      const { violations } = await globalThis.axe.run(body, { runOnly: ['wcag2a', 'wcag2aa'] });
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
    },
    [source, ground],
  );
}
