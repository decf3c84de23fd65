import type { FolderRow } from '../../daemon/protocol/folderMessages';

export const COLUMNS = ['path', 'kind', 'description', 'confidence', 'facts'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows that hold every word of `filter`, in this order; rows without a value come last either way. */
export function shownRows(rows: Iterable<FolderRow>, filter: string, { column, descending }: Order): FolderRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...rows].filter((row) => words.every((word) => textOf(row).includes(word)));
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [valueIn(a, column), valueIn(b, column)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || byPath(a, b);
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
    return sign * order || byPath(a, b);
  });
}

const byPath = (a: FolderRow, b: FolderRow): number => collator.compare(a.path, b.path);

function valueIn(row: FolderRow, column: Column): string | number | undefined {
  if (column === 'confidence') return row.confidence;
  if (column === 'facts') return row.facts.length > 0 ? row.facts.join(' ') : undefined;
  return column === 'kind' ? row.kindName : row[column];
}

function textOf({ path, kind, kindName, description, facts, error }: FolderRow): string {
  return `${path}\n${kind} ${kindName}\n${description ?? ''}\n${facts.join('\n')}\n${error?.code ?? ''} ${error?.text ?? ''}`.toLowerCase();
}

/** Another column begins with the smallest; the same one turns round. */
export function nextOrder(now: Order, column: Column): Order {
  return { column, descending: now.column === column && !now.descending };
}
