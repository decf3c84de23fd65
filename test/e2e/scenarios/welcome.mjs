// What a person meets first: the walkthrough, the samples, and the page of what leaves the machine.
import assert from 'node:assert/strict';

export const scenarios = [
  {
    name: 'the walkthrough has four steps with pictures, and its buttons do what they say',
    async run({ window }) {
      await window.closeEditors();
      await openWalkthrough(window);
      const steps = window.page.locator('.gettingStartedContainer .getting-started-step');
      await steps.first().waitFor();
      assert.equal(await steps.count(), 4);
      for (let i = 0; i < 4; i++) {
        await steps.nth(i).click({ force: true });
        await picture(window).locator('svg').first().waitFor();
        await window.screenshot(`walkthrough-${i + 1}`);
      }
      await window.page.locator('.getting-started-step.expanded').getByText('What Leaves This Machine').click();
      await privacyPage(window).getByRole('heading', { name: 'What leaves this machine: nothing' }).waitFor();
      await window.closeEditors();
    },
  },
  {
    name: 'a sample is described before there is a file of one’s own',
    async run({ window }) {
      await window.newChat();
      await window.palette('OneLens: Describe a Sample');
      const sample = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'A photograph' });
      await sample.waitFor();
      await window.page.keyboard.type('photograph');
      await window.page.keyboard.press('Enter');
      await window.turnIs('done');
      assert.ok((await window.answer()).length > 3, 'the answer has words');
      await window.newChat();
    },
  },
  {
    name: 'what leaves this machine: a page, from the palette',
    async run({ window }) {
      await window.closeEditors();
      await window.palette('OneLens: What Leaves This Machine');
      const page = privacyPage(window);
      await page.getByRole('heading', { name: 'What leaves this machine: nothing' }).waitFor();
      assert.match(await page.locator('body').innerText(), /127\.0\.0\.1/);
      await window.screenshot('what-leaves');
      await window.closeEditors();
    },
  },
];

/** By the palette's command of VS Code, which asks for the walkthrough. */
async function openWalkthrough(window) {
  await window.palette('Welcome: Open Walkthrough');
  const entry = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with OneLens' });
  await entry.waitFor();
  await entry.click();
}

const picture = ({ page }) =>
  page.frameLocator('.gettingStartedContainer iframe, iframe.webview.ready').last().frameLocator('#active-frame');
const privacyPage = ({ page }) =>
  page.frameLocator('iframe.webview.ready[src*="markdown-language-features"]').last().frameLocator('#active-frame');
