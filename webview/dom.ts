export type Child = Node | string | null | false;

export interface Attributes {
  class?: string;
  title?: string;
  on?: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  /** Any other attribute, "aria-label" and "role" among them; null leaves it out. */
  [name: string]: unknown;
}

/** One element with attributes, listeners and children. Text is text: nothing is parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const { on = {}, ...rest } = attributes;
  for (const [name, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener as EventListener);
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** A codicon; decoration only, the words beside it or the button's label say what it means. */
export function icon(name: string, extra = ''): HTMLElement {
  return h('span', { class: `codicon codicon-${name} ${extra}`.trim(), 'aria-hidden': 'true' });
}

export function iconButton(name: string, label: string, onClick: () => void, extra = ''): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: `icon-button ${extra}`.trim(), title: label, 'aria-label': label, on: { click: onClick } },
    icon(name),
  );
}

export function textButton(label: string, onClick: () => void, extra = ''): HTMLButtonElement {
  return h('button', { type: 'button', class: `text-button ${extra}`.trim(), on: { click: onClick } }, label);
}
