import type { PanelAttachment } from '../daemon/protocol/panelMessages';

/** Questions to start with, by the kind of file; they are questions only, never answers. */
const BY_MODALITY: Record<string, readonly string[]> = {
  image: ['Describe this file.', 'What does this plot show?', 'What is in this picture?'],
  audio: ['Describe this file.', 'What do I hear in this recording?', 'What makes this sound?'],
  point: ['Describe this file.', 'What object is this?', 'What shape does it have?'],
  video: ['Describe this file.', 'What moves in this video?', 'What happens first?'],
  rgbd: ['Describe this file.', 'What is near?', 'What is in this picture?'],
  rgbn: ['Describe this file.', 'Which way do the surfaces face?', 'What is in this picture?'],
  imu: ['Describe this file.', 'What is the person doing?'],
  fmri: ['Describe this file.'],
};
const ANY: readonly string[] = [
  'Describe this file.',
  'What does this plot show?',
  'What do I hear?',
  'What object is this?',
];

export function suggestionsFor(attachments: readonly PanelAttachment[]): readonly string[] {
  const modality = attachments.find((one) => one.report !== undefined)?.report?.modality;
  return BY_MODALITY[modality ?? ''] ?? ANY;
}
