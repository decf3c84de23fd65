import type { Fact } from '../protocol/facts';

/** A fact a line, in columns: name, value with its unit, how it was measured. Lines are cut at `width` characters. */
export function formatFacts(facts: readonly Fact[], indent = '', width = Number.POSITIVE_INFINITY): string {
  const rows = facts.map((fact) => [fact.name, formatValue(fact), fact.how] as const);
  const widest = (column: 0 | 1) => Math.min(40, Math.max(0, ...rows.map((row) => row[column].length)));
  const [names, values] = [widest(0), widest(1)];
  const lines = rows.map(([name, value, how]) => `${indent}${name.padEnd(names)}  ${value.padEnd(values)}  ${how}`);
  return lines.map((line) => `${line.length > width ? `${line.slice(0, width - 1)}…` : line}\n`).join('');
}

export function formatValue(fact: Fact): string {
  const text = shown(fact.value);
  return fact.unit ? `${text} ${fact.unit}` : text;
}

function shown(value: Fact['value']): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return String(value);
}
