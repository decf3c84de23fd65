import type { FolderRow } from '../../daemon/protocol/folderMessages';
import { h, icon } from '../dom';
import { t } from '../l10n';
import { COLUMNS, type Column, type Order } from './rowOrder';
import { createRow } from './rowView';
import { scrollToShow, visibleRange } from './visibleRange';

/** As in folder.css. */
const ROW_HEIGHT = 56;
const HEADINGS: Record<Column, () => string> = {
  path: () => t('File'),
  kind: () => t('Kind'),
  description: () => t('Description by the model'),
  confidence: () => t('Confidence'),
  facts: () => t('Measured'),
};

export interface TableEvents {
  onSort(column: Column): void;
  onSelect(key: string): void;
  onOpen(key: string): void;
}

/** A table that draws only the rows in sight, however many there are. One row is current and takes the arrow keys. */
export class FileTable {
  readonly element: HTMLElement;
  private readonly table: HTMLTableElement;
  private readonly body = h('tbody');
  private readonly headings = new Map<Column, HTMLTableCellElement>();
  private rows: readonly FolderRow[] = [];
  private places = new Map<string, number>();
  private current: string | undefined;
  private frame = 0;

  constructor(private readonly events: TableEvents) {
    const cells = COLUMNS.map((column) => this.heading(column));
    const picture = h('th', { scope: 'col', class: 'thumb' }, h('span', { class: 'sr-only' }, t('Picture')));
    this.table = h(
      'table',
      { class: 'files', role: 'grid', 'aria-label': t('Files'), 'aria-colcount': COLUMNS.length + 1 },
      h('thead', {}, h('tr', { 'aria-rowindex': 1 }, picture, ...cells)),
      this.body,
    );
    this.element = h('div', { class: 'files-scroll' }, this.table);
    this.element.addEventListener('scroll', () => this.later());
    new ResizeObserver(() => this.later()).observe(this.element);
    this.body.addEventListener('click', (event) => this.select(keyAt(event), true));
    this.body.addEventListener('dblclick', (event) => this.open(keyAt(event)));
    this.body.addEventListener('keydown', (event) => this.keyDown(event));
  }

  show(rows: readonly FolderRow[], order: Order): void {
    this.rows = rows;
    this.places = new Map(rows.map(({ key }, index) => [key, index]));
    if (this.current === undefined || !this.places.has(this.current)) this.current = rows[0]?.key;
    for (const [column, cell] of this.headings) {
      const isOrder = column === order.column;
      cell.setAttribute('aria-sort', isOrder ? (order.descending ? 'descending' : 'ascending') : 'none');
    }
    this.table.setAttribute('aria-rowcount', String(rows.length + 1));
    this.later();
  }

  get currentKey(): string | undefined {
    return this.current;
  }

  private heading(column: Column): HTMLTableCellElement {
    const button = h(
      'button',
      { type: 'button', class: 'sort', on: { click: () => this.events.onSort(column) } },
      HEADINGS[column](),
      icon('arrow-up', 'direction'),
    );
    const cell = h('th', { scope: 'col', class: `of-${column}` }, button);
    this.headings.set(column, cell);
    return cell;
  }

  private later(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const { from, to } = this.range();
    const focused = this.body.contains(document.activeElement);
    const drawn = this.rows.slice(from, to).map((row, i) => createRow(row, from + i, row.key === this.current));
    this.body.replaceChildren(spacer(from), ...drawn, spacer(this.rows.length - to));
    if (focused) this.focusCurrent();
  }

  private range(): { from: number; to: number } {
    return visibleRange(this.element.scrollTop, this.element.clientHeight, ROW_HEIGHT, this.rows.length);
  }

  /** Rows come and go; the keyboard stays. */
  private focusCurrent(): void {
    const row = this.body.querySelector<HTMLElement>('tr[tabindex="0"]');
    row?.focus({ preventScroll: true });
  }

  private select(key: string | undefined, focus: boolean): void {
    if (key === undefined) return;
    this.current = key;
    this.draw();
    if (focus) this.focusCurrent();
    this.events.onSelect(key);
  }

  private open(key: string | undefined): void {
    if (key !== undefined) this.events.onOpen(key);
  }

  private keyDown(event: KeyboardEvent): void {
    const at = this.places.get(this.current ?? '') ?? 0;
    const page = Math.max(1, Math.floor(this.height / ROW_HEIGHT) - 1);
    const last = this.rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (event.key === 'Enter') this.open(this.current);
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    this.element.scrollTop = scrollToShow(index, this.element.scrollTop, this.height, ROW_HEIGHT);
    this.select(this.rows[index]?.key, true);
  }

  /** Of what is seen of the rows, below the head. */
  private get height(): number {
    return this.element.clientHeight - (this.table.tHead?.offsetHeight ?? 0);
  }
}

function keyAt(event: Event): string | undefined {
  return (event.target as HTMLElement).closest<HTMLElement>('tr[data-key]')?.dataset.key;
}

/** As high as the rows that are not drawn. */
function spacer(count: number): HTMLTableRowElement {
  const cell = h('td', { colspan: COLUMNS.length + 1 });
  const row = h('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
  cell.style.height = `${count * ROW_HEIGHT}px`;
  row.hidden = count === 0;
  return row;
}
