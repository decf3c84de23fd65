import { escapeMarkdown } from './escapeMarkdown';
import type { Description } from './lastDescriptions';
import type { MeasuredLabel, MeasuredLine } from './measuredLines';

/** What the hover shows; everything but `picture` and `actions` is text that is shown as it is. */
export interface HoverParts {
  name: string;
  picture?: { uri: string; alt: string; width?: number; height?: number };
  measured: readonly MeasuredLine[];
  /** Why nothing, or not all, was measured. */
  note?: string;
  description?: Description;
  /** The file was changed after it was described. */
  outdated: boolean;
  actions: ReadonlyArray<{ title: string; icon: string; command: string; tooltip: string }>;
}

/** The hover's own words, in the person's language; {0} is filled in. */
export interface HoverWords {
  measured: string;
  labels: Record<MeasuredLabel, string>;
  /** {0}: the model. */
  description: string;
  outdated: string;
}

/**
 * Markdown of a hover: picture and facts side by side, then what was said, then the actions; low enough to be seen
 * whole. `<br>` is its only HTML, and all text of files and models is escaped.
 */
export function hoverText(parts: HoverParts, words: HoverWords): string {
  return [
    parts.picture === undefined ? listed(parts, words) : tabled(parts, parts.picture, words),
    descriptionText(parts, words),
    parts.actions.map(actionText).join('&nbsp;&nbsp;·&nbsp;&nbsp;'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

type Picture = NonNullable<HoverParts['picture']>;

function tabled(parts: HoverParts, picture: Picture, words: HoverWords): string {
  const head = parts.measured.length > 0 ? escapeMarkdown(words.measured) : ' ';
  return [
    `| ${escapeMarkdown(parts.name)} |   | ${head} |`,
    '|:---|---|:---|',
    `| ${pictureText(picture)} | &nbsp; | ${lines(parts, words).join('<br>')} |`,
  ].join('\n');
}

function listed(parts: HoverParts, words: HoverWords): string {
  const measured = parts.measured.length > 0 ? ` · ${escapeMarkdown(words.measured)}` : '';
  return [`**${escapeMarkdown(parts.name)}**${measured}`, ...lines(parts, words)].join('<br>');
}

function lines({ measured, note }: HoverParts, words: HoverWords): string[] {
  return [
    ...measured.map(({ label, value }) => `${escapeMarkdown(words.labels[label])}: ${escapeMarkdown(value)}`),
    ...(note === undefined ? [] : [`*${escapeMarkdown(note)}*`]),
  ];
}

/** The bar before the sides is escaped for the table, which takes the backslash away. */
function pictureText(picture: Picture): string {
  const sides = [
    ...(picture.width === undefined ? [] : [`width=${picture.width}`]),
    ...(picture.height === undefined ? [] : [`height=${picture.height}`]),
  ].join(',');
  return `![${escapeMarkdown(picture.alt)}](${picture.uri}${sides === '' ? '' : `\\|${sides}`})`;
}

function descriptionText({ description, outdated }: HoverParts, words: HoverWords): string {
  if (description === undefined) return '';
  const head = words.description.replace('{0}', description.model);
  const tail = outdated ? ` *${escapeMarkdown(words.outdated)}*` : '';
  return `${escapeMarkdown(head)}: “${escapeMarkdown(description.text)}”${tail}`;
}

function actionText({ title, icon, command, tooltip }: HoverParts['actions'][number]): string {
  return `[$(${icon}) ${escapeMarkdown(title)}](${command} "${tooltip.replace(/["\\]/g, '')}")`;
}
