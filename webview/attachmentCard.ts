import type { PanelAttachment } from '../daemon/protocol/panelMessages';
import { h, icon, iconButton } from './dom';
import { t } from './l10n';
import { PREVIEW_EVENT } from './previewEvent';
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
  const card = h(
    'figure',
    { class: `attachment-card${attachment.error === undefined ? '' : ' has-error'}` },
    preview === undefined ? null : createPreview(preview, attachment.name),
    h(
      'figcaption',
      {},
      icon(iconOf(attachment)),
      h('span', { class: 'name', title: attachment.report?.file ?? attachment.name }, attachment.name),
      attachment.error === undefined ? createPreviewButton(attachment) : null,
    ),
  );
  // a picture is opened by a click on it, too; the button is for everybody
  card.querySelector('img')?.addEventListener('click', () => openPreview(card, attachment.id));
  return card;
}

/** A file in the composer: small, and it can be taken away. */
export function createAttachmentChip(attachment: PanelAttachment, onRemove: () => void): HTMLElement {
  const { name, error, report } = attachment;
  return h(
    'li',
    { class: `attachment-chip${error === undefined ? '' : ' has-error'}`, title: error ?? report?.file ?? name },
    error === undefined ? createChipButton(attachment) : icon(iconOf(attachment)),
    error === undefined ? null : h('span', { class: 'name' }, name),
    error === undefined ? null : h('span', { class: 'sr-only' }, error),
    iconButton('close', t('Remove {0}', name), onRemove, 'small'),
  );
}

/** The chip itself opens the larger preview. */
function createChipButton(attachment: PanelAttachment): HTMLElement {
  const preview = attachment.report?.preview;
  const button = h(
    'button',
    { type: 'button', class: 'chip-open', 'aria-label': previewLabel(attachment), 'data-preview': attachment.id },
    preview?.kind === 'thumbnail'
      ? h('span', { class: 'chip-thumb' }, createPreview(preview, ''))
      : icon(iconOf(attachment)),
    h('span', { class: 'name' }, attachment.name),
  );
  button.addEventListener('click', () => openPreview(button, attachment.id));
  return button;
}

function createPreviewButton(attachment: PanelAttachment): HTMLElement {
  const button = iconButton('screen-full', previewLabel(attachment), () => openPreview(button, attachment.id), 'small');
  button.dataset.preview = attachment.id;
  return button;
}

const previewLabel = ({ name }: PanelAttachment): string => t('Larger preview of {0}', name);

function openPreview(from: HTMLElement, id: string): void {
  from.dispatchEvent(new CustomEvent(PREVIEW_EVENT, { bubbles: true, detail: id }));
}

function iconOf({ error, report }: PanelAttachment): string {
  if (error !== undefined) return 'error';
  return report === undefined ? 'file' : (ICONS[report.modality] ?? 'file');
}
