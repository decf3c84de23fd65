import type { AskResult } from '../daemon/protocol/messages';
import { h } from './dom';
import { numberText } from './factText';
import { t } from './l10n';

/** What the answer took, as rows of name and value. */
export function timingRows({ model, device, usage, timings, cached }: AskResult): [name: string, value: string][] {
  const encoded = secondsText(timings.encodeMs);
  return [
    [t('Reading the file'), secondsText(timings.decodeMs)],
    [t('Encoding'), cached.media ? t('{0} (kept from before)', encoded) : encoded],
    [t('First token after'), secondsText(timings.firstTokenMs)],
    [t('Speed'), t('{0} tokens/s', numberText(timings.tokensPerSecond))],
    [t('In all'), secondsText(timings.totalMs)],
    [
      t('Tokens'),
      t('{0} asked ({1} for files), {2} answered', usage.promptTokens, usage.mediaTokens, usage.completionTokens),
    ],
    [t('Model'), model],
    [t('Device'), device],
  ];
}

export function createTimings(result: AskResult): HTMLElement {
  return h(
    'table',
    { class: 'timings', 'aria-label': t('Timings'), hidden: true },
    h(
      'tbody',
      {},
      ...timingRows(result).map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value))),
    ),
  );
}

export function secondsText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
