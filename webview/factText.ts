import type { Fact } from '../daemon/protocol/facts';
import { t, tFact } from './l10n';

/** A fact as the table shows it. */
export interface FactText {
  label: string;
  value: string;
  how: string;
  /** "#rrggbb" values, drawn as small squares before the text. */
  colors: string[];
}

const MOST_ITEMS = 12;
/** Names whose last part says too little, or reads badly. */
const LABELS: Record<string, string> = {
  'file.size': 'File size',
  'file.format': 'File format',
  'audio.rms': 'RMS level',
  'audio.dcOffset': 'DC offset',
  'image.text': 'Text in the image',
  'points.count': 'Points',
  'plot.kind': 'Kind of plot',
  'plot.title': 'Title of the plot',
  'points.crs': 'Coordinate system',
  'points.euler': 'Euler characteristic',
  'video.hdr': 'HDR',
};

export function factText(fact: Fact): FactText {
  const colors = colorsOf(fact.value);
  const value = fact.unit === 'B' && typeof fact.value === 'number' ? bytesText(fact.value) : withUnit(fact);
  return { label: tFact(labelOf(fact.name)), value, how: fact.how, colors };
}

/** "audio.sampleRate" is "Sample rate"; English, the table of labels has its translation. */
export function labelOf(name: string): string {
  const known = LABELS[name];
  if (known !== undefined) return known;
  const parts = name.split('.');
  const words = (parts.length > 1 ? parts.slice(1) : parts)
    .join(' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function withUnit({ value, unit }: Fact): string {
  const text = valueText(value);
  return unit === undefined || unit === '' ? text : `${text} ${unit}`;
}

function valueText(value: Fact['value']): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'string') return value === '' ? t('(empty)') : value;
  const items = value
    .slice(0, MOST_ITEMS)
    .map((item) => (Array.isArray(item) ? `(${valueText(item)})` : valueText(item)));
  return value.length > MOST_ITEMS ? `${items.join(', ')} … (${value.length})` : items.join(', ');
}

/** Whole numbers in full with grouping from 10,000 on, others with four digits that count. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return Math.abs(value) < 10_000 ? String(value) : value.toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${numberText(Number((bytes / 1024 ** power).toPrecision(3)))} ${units[power]}`;
}

function colorsOf(value: Fact['value']): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items
    .flatMap((item) => (Array.isArray(item) ? item : [item]))
    .filter(isColor)
    .slice(0, MOST_ITEMS);
}

function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
