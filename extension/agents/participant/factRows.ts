import type { Fact } from '../../../daemon/protocol/facts';
import type { MediaReport } from '../../../daemon/protocol/messages';

const LONGEST = 90;
/** Of one file; the tool and the panel have them all. */
const MOST_ROWS = 12;

/** "12,345 px", "-18.2 LUFS", "City, Forest"; undefined for what is too long for a line. */
export function factValue({ value, unit }: Fact): string | undefined {
  const text = valueText(value);
  if (text === '' || text.length > LONGEST) return undefined;
  return unit ? `${text} ${unit}` : text;
}

function valueText(value: Fact['value']): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  // lists of lists are for the panel, which draws them
  return value.some(Array.isArray) ? '' : value.map((item) => valueText(item)).join(', ');
}

/** "audio.sampleRate" as "sample rate": the chat is narrow, and the kind of file stands above. */
export function shortName(name: string): string {
  const [group, ...rest] = name.split('.');
  const words = group === 'file' || group === 'plot' ? [group, ...rest] : rest;
  return words.join(' ').replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
}

/** Whole numbers as they are, others with four digits that count. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return String(Number(value.toPrecision(4)));
}

/**
 * The facts that have room in a chat, those of a plot before those of its picture; how each was found stands in the
 * panel and in the tools' answers.
 */
export function factRows({ facts }: MediaReport): string[][] {
  const isOfPlot = ({ name }: Fact) => name.startsWith('plot.');
  return [...facts.filter(isOfPlot), ...facts.filter((fact) => !isOfPlot(fact))]
    .flatMap((fact) => {
      const value = factValue(fact);
      return value === undefined ? [] : [[shortName(fact.name), value]];
    })
    .slice(0, MOST_ROWS);
}

/** The facts in which the files differ, a column a file: first what all have, then "-" where a file has no such fact. */
export function differingRows(reports: readonly MediaReport[]): string[][] {
  const names = [...new Set(reports.flatMap(({ facts }) => facts.map(({ name }) => name)))];
  return names
    .map((name) => {
      const facts = reports.map((report) => report.facts.find((fact) => fact.name === name));
      // a fact that is too long for a line in one file is compared nowhere
      const values = facts.map((fact) => (fact ? factValue(fact) : '-'));
      return [shortName(name), ...values];
    })
    .filter((row): row is string[] => row.every((cell) => cell !== undefined) && new Set(row.slice(1)).size > 1)
    .sort((a, b) => Number(a.includes('-')) - Number(b.includes('-')))
    .slice(0, MOST_ROWS * 2);
}
