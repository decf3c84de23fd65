import { confidencePercent } from '../../daemon/protocol/confidence';
import type { FolderRow } from '../../daemon/protocol/folderMessages';
import { confidenceText } from '../confidence';
import { h, icon } from '../dom';
import { t } from '../l10n';

const ICONS: Record<string, string> = {
  picture: 'file-media',
  plot: 'graph-line',
  sound: 'unmute',
  video: 'device-camera-video',
  'point cloud': 'circuit-board',
  mesh: 'package',
  'motion recording': 'pulse',
};

/** One row; its place among all is said, since only those in sight are there. */
export function createRow(row: FolderRow, index: number, isCurrent: boolean): HTMLTableRowElement {
  const slash = row.path.lastIndexOf('/') + 1;
  return h(
    'tr',
    {
      class: `file-row ${row.state}`,
      'aria-rowindex': index + 2,
      'aria-selected': isCurrent ? 'true' : 'false',
      tabindex: isCurrent ? '0' : '-1',
      'data-key': row.key,
    },
    h('td', { class: 'thumb' }, thumbnail(row)),
    h(
      'td',
      { class: 'path' },
      h('span', { class: 'name', title: row.path }, row.path.slice(slash)),
      slash > 0 && h('span', { class: 'parent' }, row.path.slice(0, slash - 1)),
    ),
    h('td', { class: 'kind' }, row.kindName),
    h('td', { class: 'description' }, ...description(row)),
    h('td', { class: 'confidence-cell' }, confidence(row)),
    h('td', { class: 'row-facts' }, h('span', { class: 'clamp', title: row.facts.join('\n') }, row.facts.join(' · '))),
  );
}

function thumbnail({ thumbnail, kind }: FolderRow): HTMLElement {
  if (thumbnail === undefined) return icon(ICONS[kind] ?? 'file', 'no-thumb');
  return h('img', { src: thumbnail, alt: '', loading: 'lazy', decoding: 'async', draggable: 'false' });
}

function description(row: FolderRow): HTMLElement[] {
  if (row.error !== undefined) {
    const text = `${row.error.code}: ${row.error.text}`;
    return [
      h(
        'span',
        { class: 'clamp problem', title: text },
        icon('error'),
        h('code', {}, row.error.code),
        ` ${row.error.text}`,
      ),
    ];
  }
  if (row.description !== undefined) {
    const guess = row.isGuess ? h('span', { class: 'quiet' }, `${t('A guess:')} `) : null;
    return [h('span', { class: 'clamp', title: row.description }, guess, row.description)];
  }
  if (row.state === 'reading')
    return [h('span', { class: 'quiet' }, icon('loading', 'codicon-modifier-spin'), ` ${t('Reading…')}`)];
  return [h('span', { class: 'quiet' }, t('Not described yet'))];
}

function confidence(row: FolderRow): HTMLElement | null {
  if (row.confidence === undefined) return null;
  const { level, explanation } = confidenceText(row.confidence, row.calibrated);
  return h(
    'span',
    { class: `confidence ${level}`, title: explanation },
    h('span', { class: 'bars', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    `${confidencePercent(row.confidence)} %`,
  );
}
