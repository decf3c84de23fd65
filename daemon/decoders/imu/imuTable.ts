/** An inertial log as columns of numbers. */
export interface ImuTable {
  names: string[];
  /** One array a name; NaN where the cell is empty. */
  columns: Float64Array[];
  warnings: string[];
}

/** How a text table of an inertial log is written. */
export interface LogLayout {
  names: string[];
  separator: ',' | ';' | '\t' | ' ';
  decimalComma: boolean;
  /** Lines up to and with the names. */
  headerLines: number;
}

/** Lines among which the names are looked for: some loggers write about themselves first. */
const PREAMBLE = 30;

export function cells(line: string, separator: LogLayout['separator']): string[] {
  const parts = separator === ' ' ? line.trim().split(/\s+/) : line.split(separator);
  return parts.map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** Finds the line of names for which `accept` holds; undefined where there is none. */
export function findLogLayout(lines: readonly string[], accept: (names: string[]) => boolean): LogLayout | undefined {
  for (let i = 0; i < Math.min(PREAMBLE, lines.length); i++) {
    const line = lines[i]!.replace(/^\uFEFF/, '').replace(/^#\s*/, '');
    for (const separator of ['\t', ';', ',', ' '] as const) {
      const names = cells(line, separator);
      if (names.length < 3 || names.some((name) => name !== '' && Number.isFinite(Number(name))) || !accept(names))
        continue;
      const sample = lines.slice(i + 1).find((text) => text.trim() !== '') ?? '';
      const decimalComma = separator !== ',' && /\d,\d/.test(sample) && !/\d\.\d/.test(sample);
      return { names, separator, decimalComma, headerLines: i + 1 };
    }
  }
  return undefined;
}

/** One cell as a number; a date (ISO 8601, or as AndroSensor writes it) as milliseconds since 1970; NaN of anything else. */
export function cellNumber(cell: string, decimalComma: boolean): number {
  if (cell === '') return Number.NaN;
  const value = Number(decimalComma ? cell.replace(',', '.') : cell);
  if (!Number.isNaN(value)) return value;
  if (!/^\d{4}-\d\d-\d\d/.test(cell)) return Number.NaN;
  const [, date, h, m, s, part = ''] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d)[:-](\d\d)[:-](\d\d)(?:[._,:](\d+))?/.exec(cell) ?? [];
  if (!date) return Number.NaN;
  return Date.parse(`${date}T${h}:${m}:${s}Z`) + Number(`0.${part || 0}`) * 1000;
}
