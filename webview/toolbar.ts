import { h } from './dom';

/** Buttons in a row that are one stop of the Tab key; arrows, Home and End go from one to the next. */
export function createToolbar(label: string, ...buttons: (HTMLButtonElement | null)[]): HTMLElement {
  const all = buttons.filter((button) => button !== null);
  const select = (chosen: HTMLButtonElement) => {
    for (const button of all) button.tabIndex = button === chosen ? 0 : -1;
  };
  const onKey = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, all.indexOf(document.activeElement as HTMLButtonElement), all.length);
    const button = next === null ? undefined : all[next];
    if (button === undefined) return;
    event.preventDefault();
    select(button);
    button.focus();
  };
  if (all[0] !== undefined) select(all[0]);
  for (const button of all) button.addEventListener('focus', () => select(button));
  return h('div', { class: 'turn-toolbar', role: 'toolbar', 'aria-label': label, on: { keydown: onKey } }, ...all);
}

/** null for a key that does not move. */
export function nextIndex(key: string, now: number, count: number): number | null {
  if (key === 'ArrowRight') return (now + 1) % count;
  if (key === 'ArrowLeft') return (now - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
