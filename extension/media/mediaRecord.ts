import type { Fact, FactArray } from '../../daemon/protocol/facts';
import type { AskResult, MediaReport } from '../../daemon/protocol/messages';
import type { FileStamp } from './walkMedia';

/** What is kept of one file as it was with this size and time. */
export interface MediaRecord extends FileStamp {
  uri: string;
  /** Absent before it was measured. */
  modality?: string;
  facts?: StoredFact[];
  /** The name of its picture in the folder of thumbnails. */
  thumbnail?: string;
  /** The model's words. */
  description?: Description;
  /** Other answers about this file in the chat, the latest last. */
  notes?: string[];
  /** Why it could not be measured or described. */
  error?: { code: string; text: string };
}

export interface Description {
  text: string;
  /** 0..1, as the answer says. */
  confidence: number;
  calibrated?: boolean;
  /** The model was below its bound. */
  isGuess?: boolean;
  model: string;
}

/** What of an answer is the model's: the measured facts that lead a guess are not. */
export function descriptionFrom(answer: string, { lead, confidence, calibrated, model }: AskResult): Description {
  const own = lead !== undefined && answer.startsWith(lead) ? answer.slice(lead.length) : answer;
  return {
    text: own.trim().slice(0, MOST_DESCRIPTION),
    confidence,
    ...(calibrated && { calibrated }),
    ...(lead !== undefined && { isGuess: true }),
    model,
  };
}

/** Measured, without the long list of numbers some have. */
export type StoredFact = Pick<Fact, 'name' | 'value' | 'unit'>;

const MOST_TEXT = 300;
const MOST_LINES = 60;
const MOST_ITEMS = 12;
const MOST_DESCRIPTION = 2000;
export const MOST_NOTES = 3;

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtime === b.mtime;
}

/** The facts of a report, cut to what rows and the search use: a few kilobytes at most. */
export function storedFacts(report: MediaReport): StoredFact[] {
  return report.facts.map(({ name, value, unit }) => ({
    name,
    value: cut(value, name === 'image.text' ? MOST_LINES : MOST_ITEMS),
    ...(unit === undefined ? {} : { unit }),
  }));
}

function cut(value: Fact['value'], most: number): Fact['value'] {
  if (typeof value === 'string') return value.slice(0, MOST_TEXT);
  return Array.isArray(value) ? (value.slice(0, most).map((item) => cut(item, 6)) as FactArray) : value;
}

/** `value` where it is whole enough to be used as a record; anything else is damage. */
export function asRecord(value: unknown): MediaRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, size, mtime, facts, description } = value as Partial<MediaRecord>;
  const isWhole =
    typeof uri === 'string' &&
    Number.isFinite(size) &&
    Number.isFinite(mtime) &&
    (facts === undefined || Array.isArray(facts)) &&
    (description === undefined || typeof description?.text === 'string');
  return isWhole ? (value as MediaRecord) : undefined;
}
