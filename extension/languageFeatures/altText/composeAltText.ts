import type { AskResult } from '../../../daemon/protocol/messages';
import { FactReader } from '../factReader';
import { numberText } from '../numberText';
import { oneLine } from './imageReference';

/** What is written, where it is from, and whether a person had better look at it first. */
export interface AltText {
  text: string;
  from: 'measured' | 'model';
  isSure: boolean;
  /** Of the model's answer, 0..1. */
  confidence: number;
}

/** Below it the answer is called a guess: the panel's bound of "high". */
const SURE = 0.75;
const LONGEST = 250;
const MOST_NAMES = 5;
const MOST_MEASURED_TEXT = 120;

const PLOT_NAMES: Readonly<Record<string, string>> = {
  line: 'Line plot',
  scatter: 'Scatter plot',
  bar: 'Bar chart',
  histogram: 'Histogram',
  pie: 'Pie chart',
  box: 'Box plot',
  heatmap: 'Heat map',
  area: 'Area chart',
  step: 'Step plot',
  contour: 'Contour plot',
};

/**
 * The alt text of one picture. Of a plot it is what was measured: kind, title, axes, series. Of any other picture it is
 * the model's own answer; where the model is unsure, or calls a plot what was measured to be none, the text that was
 * read in the picture takes its place, and without such text the answer stays and is called a guess. Null without an
 * answer.
 */
export function composeAltText(result: Pick<AskResult, 'text' | 'lead' | 'confidence' | 'media'>): AltText | null {
  const facts = new FactReader(result.media[0]?.facts ?? []);
  const { confidence } = result;
  const plot = plotText(facts);
  if (plot !== null) return { text: shortened(plot), from: 'measured', isSure: true, confidence };
  const words = oneLine(result.text.slice(result.lead?.length ?? 0));
  const isSure = result.lead === undefined && confidence >= SURE && !contradicts(words, facts);
  const read = facts.texts('image.text').map(oneLine).join(' / ');
  if (!isSure && read !== '' && read.length <= MOST_MEASURED_TEXT)
    return { text: `Picture with the text “${read}”.`, from: 'measured', isSure: true, confidence };
  return words === '' ? null : { text: shortened(words), from: 'model', isSure, confidence };
}

/** "Line plot “Air temperature”: Temperature (°C) against Hour. Series: City, Forest." Null without a title and axes. */
function plotText(facts: FactReader): string | null {
  const name = PLOT_NAMES[facts.text('plot.kind') ?? ''];
  const title = facts.text('plot.title');
  const axes = axesText(facts.text('plot.xLabel'), facts.text('plot.yLabel'));
  if (name === undefined || (title === undefined && axes === '')) return null;
  const head = [title === undefined ? name : `${name} “${oneLine(title)}”`, axes]
    .filter((part) => part !== '')
    .join(': ');
  return [head, seriesText(facts), slicesText(facts), highestText(facts)]
    .filter((part) => part !== '')
    .map((part) => (/[.!?]”?$/.test(part) ? part : `${part}.`))
    .join(' ');
}

function axesText(x: string | undefined, y: string | undefined): string {
  if (x !== undefined && y !== undefined) return oneLine(`${y} against ${x}`);
  return oneLine(y ?? x ?? '');
}

/** Names only: a series without an entry in the legend is called by its colour's number, which says nothing. */
function seriesText(facts: FactReader): string {
  const names = facts.texts('plot.legend').map(oneLine);
  return names.length < 2 ? '' : `Series: ${listText(names)}`;
}

function slicesText(facts: FactReader): string {
  const slices = facts.rows('plot.slices').filter(([name]) => typeof name === 'string');
  return listText(slices.map(([name, share]) => `${name} ${share} %`));
}

/** Only where nothing was uncertain. */
function highestText(facts: FactReader): string {
  const [category, value] = facts.list('plot.highest');
  if (facts.number('plot.warnings') !== 0 || typeof category !== 'string' || typeof value !== 'number') return '';
  return `Highest: ${category}, ${numberText(value)}`;
}

function listText(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
}

/** A plot leaves axes and marks that are measured; where nothing was, there is none. */
function contradicts(words: string, facts: FactReader): boolean {
  const kind = facts.text('plot.kind');
  return /\b(plots?|charts?|histogram|heat ?map)\b/i.test(words) && (kind === undefined || kind === 'none');
}

/** At the end of a sentence, else of a word. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST - 1);
  const sentence = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('? '));
  if (sentence > LONGEST / 2) return cut.slice(0, sentence + 1);
  return `${cut.replace(/\s+\S*$/, '')}…`;
}
