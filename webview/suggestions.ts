import type { Fact } from '../daemon/protocol/facts';
import type { MediaReport } from '../daemon/protocol/messages';
import type { PanelAttachment } from '../daemon/protocol/panelMessages';

/** Questions to start with, by the kind of file; they are questions only, never answers. */
const BY_KIND: Record<string, readonly string[]> = {
  plot: ['Describe this file.', 'What kind of plot is this?', 'What does this plot show?', 'Does it go up or down?'],
  image: ['Describe this file.', 'What is in this picture?', 'What text is in this picture?'],
  audio: ['Describe this file.', 'What do I hear in this recording?', 'What makes this sound?', 'How loud is it?'],
  point: ['Describe this file.', 'What object is this?', 'What shape does it have?', 'How large is it?'],
  video: ['Describe this file.', 'What moves in this video?', 'What happens first?', 'How many scenes are there?'],
  rgbd: ['Describe this file.', 'What is near?', 'How far away is the nearest part?', 'What is in this picture?'],
  rgbn: ['Describe this file.', 'Which way do the surfaces face?', 'How flat is it?', 'What is in this picture?'],
  imu: ['Describe this file.', 'What is the person doing?', 'How fast are the steps?', 'When is it at rest?'],
  fmri: ['Describe this file.', 'What does the person see?', 'How many voxels are there?'],
};
const ANY: readonly string[] = [
  'Describe this file.',
  'What does this plot show?',
  'What do I hear?',
  'What object is this?',
];
const SEVERAL: readonly string[] = ['Describe these files.', 'What is different?', 'What do they have in common?'];

export function suggestionsFor(attachments: readonly PanelAttachment[]): readonly string[] {
  if (attachments.length > 1) return SEVERAL;
  const report = attachments.find((one) => one.report !== undefined)?.report;
  return (report === undefined ? undefined : BY_KIND[kindOf(report)]) ?? ANY;
}

/** A modality, or "plot" for a picture in which a plot was read. */
export function kindOf({ modality, facts }: Pick<MediaReport, 'modality' | 'facts'>): string {
  const kind = facts.find(({ name }) => name === 'plot.kind')?.value;
  return modality === 'image' && typeof kind === 'string' && kind !== 'none' ? 'plot' : modality;
}

/** A question that one of the file's facts can answer, so that it is asked where there is something to say. */
interface FollowUpRow {
  question: string;
  fact: string;
  /** Where the fact's presence alone is not enough. */
  when?(value: Fact['value']): boolean;
}

const more = (least: number) => (value: Fact['value']) => typeof value === 'number' && value >= least;
const some = (value: Fact['value']) => (Array.isArray(value) ? value.length > 0 : value !== 0 && value !== '');

const FOLLOW_UPS: Record<string, readonly FollowUpRow[]> = {
  plot: [
    { question: 'Which series is highest?', fact: 'plot.seriesCount', when: more(2) },
    { question: 'Does it go up or down?', fact: 'plot.kind', when: (kind) => kind === 'line' },
    { question: 'Which bar is highest?', fact: 'plot.bars', when: more(2) },
    { question: 'Which slice is largest?', fact: 'plot.slices', when: some },
    { question: 'What does the y axis show?', fact: 'plot.yLabel', when: some },
    { question: 'What is the title?', fact: 'plot.title', when: some },
  ],
  image: [
    { question: 'What text is in this picture?', fact: 'image.text', when: some },
    { question: 'Which colours are in this picture?', fact: 'image.dominantColors', when: some },
    { question: 'How sharp is it?', fact: 'image.sharpness' },
  ],
  audio: [
    { question: 'How loud is it?', fact: 'audio.loudness' },
    { question: 'How high is the pitch?', fact: 'audio.pitch', when: more(1) },
    { question: 'How fast is the beat?', fact: 'audio.tempo', when: more(1) },
    { question: 'Where is it silent?', fact: 'audio.silence', when: some },
    { question: 'How long is it?', fact: 'audio.duration' },
  ],
  video: [
    { question: 'How many scenes are there?', fact: 'video.scenes' },
    { question: 'How much moves?', fact: 'video.motionLevel' },
    { question: 'Does it have sound?', fact: 'video.sound' },
    { question: 'How long is it?', fact: 'video.duration' },
  ],
  point: [
    { question: 'Is there a floor?', fact: 'points.planes', when: some },
    { question: 'How large is it?', fact: 'points.extent' },
    { question: 'How many separate parts are there?', fact: 'points.clusters' },
    { question: 'Is the surface closed?', fact: 'points.watertight' },
    { question: 'How many points are there?', fact: 'points.count' },
  ],
  rgbd: [
    { question: 'How far away is the nearest part?', fact: 'map.nearestValue' },
    { question: 'Where is the nearest part?', fact: 'map.nearestRegion' },
    { question: 'How large is the range of depths?', fact: 'map.range' },
  ],
  rgbn: [
    { question: 'Which way do most surfaces face?', fact: 'map.directions' },
    { question: 'How flat is it?', fact: 'map.flatness' },
  ],
  imu: [
    { question: 'How fast are the steps?', fact: 'imu.stepsPerMinute', when: more(1) },
    { question: 'How much of the time is it at rest?', fact: 'imu.stillShare' },
    { question: 'How far does it turn?', fact: 'imu.rotation' },
  ],
  fmri: [
    { question: 'How many voxels are there?', fact: 'fmri.voxels' },
    { question: 'How large is a voxel?', fact: 'fmri.voxelSize' },
  ],
};
const MOST_FOLLOW_UPS = 3;

/** What one may ask next, from the kind and the facts of the file alone; not what was asked already. */
export function followUpsFor(media: readonly MediaReport[], asked: readonly string[]): string[] {
  const [report, ...others] = media;
  if (report === undefined || others.length > 0) return [];
  const known = new Set(asked.map((question) => question.trim().toLowerCase()));
  const factOf = (name: string) => report.facts.find((fact) => fact.name === name)?.value;
  return (FOLLOW_UPS[kindOf(report)] ?? [])
    .filter(({ question, fact, when }) => {
      const value = factOf(fact);
      return value !== undefined && (when === undefined || when(value)) && !known.has(question.toLowerCase());
    })
    .slice(0, MOST_FOLLOW_UPS)
    .map(({ question }) => question);
}
