import type { PanelAttachment } from '../daemon/protocol/panelMessages';
import { h, icon, iconButton } from './dom';
import { t } from './l10n';
import { createPreview } from './previews/preview';

const ICONS: Record<string, string> = {
  image: 'file-media',
  video: 'device-camera-video',
  audio: 'unmute',
  point: 'symbol-misc',
  rgbd: 'layers',
  rgbn: 'layers',
  imu: 'pulse',
  fmri: 'pulse',
};

/** A file in the conversation, as large as the panel allows: what the model was shown. */
export function createAttachmentCard(attachment: PanelAttachment): HTMLElement {
  const preview = attachment.report?.preview;
  return h(
    'figure',
    { class: `attachment-card${attachment.error === undefined ? '' : ' has-error'}` },
    preview === undefined ? null : createPreview(preview, attachment.name),
    h(
      'figcaption',
      {},
      icon(iconOf(attachment)),
      h('span', { class: 'name', title: attachment.report?.file ?? attachment.name }, attachment.name),
    ),
  );
}

/** A file in the composer: small, and it can be taken away. */
export function createAttachmentChip(attachment: PanelAttachment, onRemove: () => void): HTMLElement {
  const { name, error, report } = attachment;
  const preview = report?.preview;
  return h(
    'li',
    { class: `attachment-chip${error === undefined ? '' : ' has-error'}`, title: error ?? report?.file ?? name },
    preview?.kind === 'thumbnail'
      ? h('span', { class: 'chip-thumb' }, createPreview(preview, ''))
      : icon(iconOf(attachment)),
    h('span', { class: 'name' }, name),
    error === undefined ? null : h('span', { class: 'sr-only' }, error),
    iconButton('close', t('Remove {0}', name), onRemove, 'small'),
  );
}

function iconOf({ error, report }: PanelAttachment): string {
  if (error !== undefined) return 'error';
  return report === undefined ? 'file' : (ICONS[report.modality] ?? 'file');
}
