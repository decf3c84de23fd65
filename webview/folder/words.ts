import type { FolderRow, FolderStatus } from '../../daemon/protocol/folderMessages';
import { t } from '../l10n';

export interface Counts {
  total: number;
  described: number;
  failed: number;
}

export function countsOf(rows: Iterable<FolderRow>): Counts {
  const counts = { total: 0, described: 0, failed: 0 };
  for (const { state } of rows) {
    counts.total += 1;
    if (state === 'described') counts.described += 1;
    if (state === 'failed') counts.failed += 1;
  }
  return counts;
}

/** "2 of 3 described, 1 failed" */
function progressText({ total, described, failed }: Counts): string {
  if (failed === 0) return t('{0} of {1} described', described, total);
  return t('{0} of {1} described, {2} failed', described, total, failed);
}

/** One line over the table. */
export function statusText(status: FolderStatus, counts: Counts): string {
  const so = progressText(counts);
  if (status.state === 'listing') return t('Looking for files: {0} so far', counts.total);
  if (status.state === 'running') return t('{0}. Reading {1}', so, status.current ?? '');
  if (status.state === 'yielding') return t('{0}. Waiting while the chat answers', so);
  if (status.state === 'failed') return `${so}. ${status.problem ?? ''}`;
  if (counts.total === 0) return t('No pictures, sounds, videos or point clouds in this folder');
  return status.state === 'done' ? t('{0}. Done', so) : t('{0}. Stopped', so);
}

/** What a screen reader is told when the state changes, as one sentence; '' where it would only repeat. */
export function announcement(before: FolderStatus['state'], status: FolderStatus, counts: Counts): string {
  if (before === status.state || status.state === 'listing') return '';
  if (status.state === 'yielding') return t('Describing waits while the chat answers.');
  if (status.state === 'failed') return t('Describing ended: {0}', status.problem ?? '');
  if (status.state === 'running') {
    return before === 'yielding' ? t('Describing goes on.') : t('Describing begins. Files: {0}.', counts.total);
  }
  const so = progressText(counts);
  return status.state === 'done' ? t('Done: {0}.', so) : t('Stopped: {0}.', so);
}
