import type { FolderRow, FolderStatus, FromFolderPage, ToFolderPage } from '../../daemon/protocol/folderMessages';
import { h, textButton } from '../dom';
import { t } from '../l10n';
import { createDetails } from './details';
import { FileTable } from './fileTable';
import { nextOrder, type Order, shownRows } from './rowOrder';
import { announcement, type Counts, countsOf, statusText } from './words';

interface Kept {
  /** The extension opens the same folder again by it. */
  folder?: string;
  order: Order;
  filter: string;
}

interface FolderPageApi {
  postMessage(message: FromFolderPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): FolderPageApi;

/** However often rows change, the table is put in order at most this often. */
const REDRAW_MS = 120;
/** While it runs, a screen reader hears how far it is no more often than this. */
const TELL_MS = 30_000;

// A page of its own: a folder's files in a table that fills as each is read.
const host = acquireVsCodeApi();
const kept: Kept = host.getState() ?? { order: { column: 'path', descending: false }, filter: '' };
const rows = new Map<string, FolderRow>();
let status: FolderStatus = { state: 'listing' };
let shown: FolderRow[] = [];
let isDrawDue = false;
let told = performance.now();

const title = h('h1', { class: 'folder-title' }, t('Descriptions'));
const line = h('p', { class: 'folder-status' });
const bar = h('progress', { class: 'folder-progress', 'aria-label': t('Files described') });
const live = h('div', { class: 'sr-only', role: 'status', 'aria-live': 'polite' });
const notice = h(
  'p',
  { class: 'folder-notice', hidden: true },
  t('The folder has more files than fit here; the first {0} are shown.', '20,000'),
);
const startButton = textButton(t('Resume'), () => host.postMessage({ type: 'start' }), 'primary');
const stopButton = textButton(t('Stop'), () => host.postMessage({ type: 'stop' }), 'primary');
const retryButton = textButton(t('Try Failed Again'), () => host.postMessage({ type: 'again', keys: failedKeys() }));
const refreshButton = textButton(t('Refresh'), () => host.postMessage({ type: 'refresh' }));
const saveButton = textButton(t('Save…'), () => save());
const filterBox = h('input', {
  type: 'search',
  class: 'folder-filter',
  placeholder: t('Filter by words'),
  'aria-label': t('Filter the files by words'),
  value: kept.filter,
});
const table = new FileTable({
  onSort: (column) => {
    kept.order = nextOrder(kept.order, column);
    keep();
    draw();
  },
  onSelect: () => drawDetails(),
  onOpen: (key) => host.postMessage({ type: 'open', key }),
});
const details = h('div', { class: 'details-place' });

filterBox.addEventListener('input', () => {
  kept.filter = filterBox.value;
  keep();
  later();
});
document
  .getElementById('app')
  ?.replaceChildren(
    h(
      'header',
      { class: 'folder-head' },
      title,
      h(
        'div',
        { class: 'folder-tools', role: 'group', 'aria-label': t('Describing') },
        startButton,
        stopButton,
        retryButton,
        refreshButton,
        saveButton,
        filterBox,
      ),
      bar,
      line,
      notice,
    ),
    table.element,
    details,
    live,
  );

function draw(): void {
  isDrawDue = false;
  shown = shownRows(rows.values(), kept.filter, kept.order);
  table.show(shown, kept.order);
  drawDetails();
  drawStatus();
}

function drawDetails(): void {
  const row = rows.get(table.currentKey ?? '');
  const focused = details.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
  details.replaceChildren(
    createDetails(row, {
      onOpen: (key) => host.postMessage({ type: 'open', key }),
      onAsk: (key) => host.postMessage({ type: 'ask', key }),
      onAgain: (key) => host.postMessage({ type: 'again', keys: [key] }),
    }),
  );
  // the row may have changed under a person's finger
  for (const button of details.querySelectorAll('button')) if (button.textContent === focused) button.focus();
}

function drawStatus(): void {
  const counts = countsOf(rows.values());
  const isRunning = status.state === 'running' || status.state === 'yielding' || status.state === 'listing';
  const left = counts.total - counts.described - counts.failed;
  const text = statusText(status, counts);
  line.textContent = shown.length < counts.total ? t('{0} ({1} shown)', text, shown.length) : text;
  line.classList.toggle('problem', status.state === 'failed');
  exchange(stopButton, startButton, isRunning);
  startButton.textContent = counts.described + counts.failed === 0 ? t('Start') : t('Resume');
  startButton.disabled = left === 0;
  retryButton.hidden = counts.failed === 0 || isRunning;
  refreshButton.disabled = isRunning;
  saveButton.disabled = counts.total === 0;
  notice.hidden = status.isCut !== true;
  drawProgress(counts);
  tellProgress(counts);
}

/** One of two buttons is there; the keyboard moves with it. */
function exchange(first: HTMLButtonElement, second: HTMLButtonElement, isFirst: boolean): void {
  const [to, from] = isFirst ? [first, second] : [second, first];
  const moves = document.activeElement === from;
  to.hidden = false;
  from.hidden = true;
  if (moves) to.focus();
}

function drawProgress({ total, described, failed }: Counts): void {
  bar.max = Math.max(1, total);
  if (status.state === 'listing') bar.removeAttribute('value');
  else bar.value = described + failed;
}

function tellProgress(counts: Counts): void {
  if (status.state !== 'running' || performance.now() - told < TELL_MS) return;
  told = performance.now();
  live.textContent = t('{0} of {1} files read.', counts.described + counts.failed, counts.total);
}

function later(): void {
  if (isDrawDue) return;
  isDrawDue = true;
  window.setTimeout(draw, REDRAW_MS);
}

function setStatus(next: FolderStatus): void {
  const before = status.state;
  status = next;
  const sentence = announcement(before, next, countsOf(rows.values()));
  if (sentence !== '') live.textContent = sentence;
  later();
}

function save(): void {
  draw();
  host.postMessage({ type: 'save', keys: shown.map(({ key }) => key) });
}

const failedKeys = () => [...rows.values()].filter(({ state }) => state === 'failed').map(({ key }) => key);
const keep = () => host.setState(kept);

window.addEventListener('message', ({ data }: MessageEvent<ToFolderPage>) => {
  if (data.type === 'folder') {
    title.textContent = data.name;
    kept.folder = data.uri;
    keep();
    rows.clear();
    for (const row of data.rows) rows.set(row.key, row);
    setStatus(data.status);
    draw();
  } else if (data.type === 'rows') {
    for (const row of data.rows) rows.set(row.key, row);
    later();
  } else if (data.type === 'status') setStatus(data.status);
  else if (data.type === 'askSave') save();
});
draw();
host.postMessage({ type: 'ready' });
