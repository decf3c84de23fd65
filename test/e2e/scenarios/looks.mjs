// Screenshots of the same chat in every kind of theme, for a person to look at, and the panel checked by axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const THEMES = [
  ['light', 'Light Modern', 'vscode-light'],
  ['high-contrast', 'Dark High Contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'Light High Contrast', 'vscode-high-contrast-light'],
  ['dark', 'Dark Modern', 'vscode-dark'],
];

export const scenarios = THEMES.map(([name, theme, bodyClass]) => ({
  name: `the chat in the ${name} theme`,
  async run({ window }) {
    await window.chooseTheme(theme);
    await window.describe('photo.jpg');
    await window.turnIs('done');
    await window.panel.locator(`body.${bodyClass}`).waitFor();
    await window.lastTurn().getByText('Measured facts').click();
    await window.screenshot(`theme-${name}`);
    const violations = await axe(window);
    assert.deepEqual(violations, [], 'accessibility rules broken');
    await window.newChat();
  },
}));

/** The rules of axe-core that the panel breaks, with the elements. */
async function axe(window) {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return window.panel.locator('body').evaluate(async (body, code) => {
    if (!globalThis.axe) new Function(code)();
    const { violations } = await globalThis.axe.run(body, { runOnly: ['wcag2a', 'wcag2aa'] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
  }, source);
}
