import type { Fact } from '../protocol/facts';
import type { AskResult, MediaReport, PlotDataAxis, PlotDataResult } from '../protocol/messages';

/** What the tools answer; `agentTools.ts` has the same as schemas. Facts stand apart from the model's words. */
export interface AnswerReport {
  model: {
    text: string;
    confidence: number;
    calibrated: boolean;
    /** The model was not sure: its words are one guess among several. */
    guess: boolean;
    name: string;
    device: string;
    stopped: AskResult['stopped'];
  };
  media: MeasuredMedia[];
}

export interface MeasuredMedia {
  file: string;
  modality: string;
  measured: Fact[];
  /** Names of facts that would have been too long. */
  leftOut: string[];
  warnings: string[];
}

export interface PlotReport {
  file: string;
  kind: string;
  title: string | null;
  x: PlotDataAxis;
  y: PlotDataAxis;
  series: Array<{ name: string | null; color: string; pointCount: number; points: Array<[number | string, number]> }>;
  warnings: string[];
  csv?: string;
}

/** Characters of JSON that the facts of one result may have. */
export const FACTS_BUDGET = 16_000;
/** One fact longer than this is left out unless it was asked for by name. */
const LONG_FACT = 1200;

export function answerReport(result: AskResult, budget = FACTS_BUDGET): AnswerReport {
  const { confidence, calibrated = false, lead = '', model: name, device, stopped } = result;
  // the lead repeats measured facts, which have a place of their own here
  const text = result.text.slice(result.text.startsWith(lead) ? lead.length : 0).trim();
  const share = Math.floor(budget / Math.max(1, result.media.length));
  return {
    model: {
      text,
      confidence: Math.round(confidence * 100) / 100,
      calibrated,
      guess: lead !== '',
      name,
      device,
      stopped,
    },
    media: result.media.map((report) => measuredMedia(report, share)),
  };
}

/** Facts in their order while they fit in `budget` characters; long ones give way to the others. */
export function measuredMedia(report: MediaReport, budget = FACTS_BUDGET, longest = LONG_FACT): MeasuredMedia {
  const measured: Fact[] = [];
  const leftOut: string[] = [];
  let used = 0;
  for (const fact of report.facts) {
    const length = JSON.stringify(fact).length;
    const fits = length <= longest && used + length <= budget;
    if (fits) used += length;
    if (fits) measured.push(fact);
    else leftOut.push(fact.name);
  }
  return { file: report.file, modality: report.modality, measured, leftOut, warnings: report.warnings };
}

/** Only the facts that one of these names means: itself, or all whose names begin with it. Each is as long as it is. */
export function selectedFacts(report: MediaReport, names: readonly string[]): MeasuredMedia {
  const facts = report.facts.filter((fact) => names.some((name) => means(name, fact)));
  const most = FACTS_BUDGET * 4;
  const media = measuredMedia({ ...report, facts }, most, most);
  const unknown = names.filter((name) => !report.facts.some((fact) => means(name, fact)));
  if (unknown.length === 0) return media;
  const known = report.facts.map(({ name }) => name).join(', ');
  return { ...media, warnings: [...media.warnings, `This file has no fact ${unknown.join(', ')}. It has: ${known}.`] };
}

/** "audio" and "audio." mean "audio.pitch", and so does its own name. */
function means(name: string, fact: Fact): boolean {
  return fact.name === name || fact.name.startsWith(`${name.replace(/\.$/, '')}.`);
}

/** At most `maxPoints` points of each series, evenly chosen, both ends kept. */
export function plotReport({ file, data, csv }: PlotDataResult, maxPoints: number, withCsv: boolean): PlotReport {
  const { kind, title, x, y, series, warnings } = data;
  return {
    file,
    kind,
    title,
    x,
    y,
    series: series.map(({ name, color, points }) => ({
      name,
      color,
      pointCount: points.length,
      points: thinned(points, maxPoints),
    })),
    warnings,
    ...(withCsv ? { csv } : {}),
  };
}

export function thinned<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]!);
}
