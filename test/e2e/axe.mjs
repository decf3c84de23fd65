// All rules of axe-core on a page of ours inside the workbench.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The rules that the page breaks, with the elements.
 * @param frame the page's frame locator  @param {string} background the theme colour that shows through the page, which axe cannot know
 */
export async function brokenRules(frame, background) {
  return frame.locator('body').evaluate(
    async (body, [code, color]) => {
      if (!globalThis.axe) new Function(code)();
      body.style.backgroundColor = `var(${color})`;
      const { violations } = await globalThis.axe.run(document);
      body.style.backgroundColor = '';
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
    },
    [source, background],
  );
}
