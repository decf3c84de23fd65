import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { ToPlotPage } from '../../daemon/protocol/panelMessages';
import { openPanels, type PanelPage } from '../support/panelPage';
import { THEMES, type ThemeName } from '../support/themes';

// The page of a plot's data in a real browser, under its real policy. `npm run build` comes first.

const RED_DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';
const series = (name: string | null, color: string) => ({
  name,
  color,
  points: [[0, 1.5] as [number, number], [10, 7]] as [number, number][],
});
const PLOT: ToPlotPage = {
  type: 'plot',
  name: 'sales.png',
  result: {
    file: '/ws/sales.png',
    data: {
      kind: 'line',
      title: 'Sales',
      x: { label: 'Month', scale: 'linear' },
      y: { label: 'Euro', scale: 'linear' },
      series: [series('North', '#1f77b4'), series(null, '#ff7f0e')],
      warnings: ['Two series have nearly the same colour.'],
    },
    csv: 'Month,North\n0,1.5\n10,7\n',
    overlay: {
      width: 400,
      height: 300,
      areas: [{ left: 40, top: 20, right: 380, bottom: 260 }],
      series: [
        {
          name: 'North',
          color: '#1f77b4',
          mark: 'line',
          points: [
            [40, 200],
            [380, 60],
          ],
        },
      ],
    },
    pngBase64: RED_DOT,
  },
};

const open = openPanels();
let panel: PanelPage;

test('by keyboard alone: the overlay is taken away, the table is opened and copied', async () => {
  panel = await open({ page: 'plot', width: 700 });
  await panel.send(PLOT);
  const { page } = panel;
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.locator('.plot-overlay').isVisible()).toBe(false);
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
  }
  expect(await panel.posted()).toEqual([
    { type: 'ready' },
    { type: 'openCsv' },
    { type: 'openJson' },
    { type: 'copyCsv' },
  ]);
});

test.each(Object.keys(THEMES) as ThemeName[])('accessible in the theme %s', async (theme) => {
  panel = await open({ page: 'plot', theme, width: 700 });
  await panel.send(PLOT);
  await panel.page.evaluate(() => {
    document.body.style.backgroundColor = 'var(--vscode-editor-background, var(--vscode-sideBar-background))';
  });
  await panel.page.evaluate(axe.source);
  const violations = await panel.page.evaluate(async () => {
    const { axe: rules } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await rules.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
    );
  });
  expect(violations).toEqual([]);
});
