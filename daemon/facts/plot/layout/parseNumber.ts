/** A number as a tick's label prints it. */
export interface ParsedNumber {
  value: number;
  /** What stood before or behind it, without spaces: "%", "$", "km". */
  unit: string;
  /** Whether it was printed as a power of ten ("10^3"), which speaks for a log axis. */
  power: boolean;
}

/** Letters behind a number that multiply it (SI prefixes and English money). */
const SUFFIXES: Record<string, number> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  B: 1e9,
  T: 1e12,
  m: 1e-3,
  µ: 1e-6,
  μ: 1e-6,
  n: 1e-9,
  p: 1e-12,
};

const SUPERSCRIPTS: Record<string, string> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '-',
};

/** Reads a label as a number, with its unit; null where it is none. No guessing at letters that look like digits. */
export function parseNumber(text: string): ParsedNumber | null {
  // a tick mark beside the label may have been read as a dash
  const plain = normalized(text).replace(/(?<=^-?[\d.,]*\d[kMG]?)\s*[-_]$/, '');
  return powerOfTen(plain) ?? withUnit(plain);
}

/** One kind of minus, no spaces, superscripts as "^". */
export function normalized(text: string): string {
  return text
    .replace(/[\u2212\u2013\u2014\u2012\ufe63\uff0d\u00ad\u4e00]/g, '-')
    .replace(/[\uff0e]/g, '.')
    .replace(/[\uff0c]/g, ',')
    .replace(/[\uff05]/g, '%')
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `^${[...run].map((c) => SUPERSCRIPTS[c]).join('')}`)
    .replace(/\s+/g, ' ')
    .replace(/(?<=^-?\d+) (?=\.\d)/, '')
    .trim();
}

/** "10^3", "-10^3", "4×10^-2", "4e3" is not one. */
function powerOfTen(text: string): ParsedNumber | null {
  // small raised digits are read as level ones, and nobody writes 5×106 for 530
  const match =
    /^(-)?(?:(\d+(?:\.\d+)?)\s*[×x*·]\s*)?10\s*\^\s*\{?([-+]?\d+)\}?$/.exec(text) ??
    /^(-)?(\d(?:\.\d+)?)\s*[×x]\s*10([-+]?\d{1,2})$/.exec(text);
  if (!match) return null;
  const [, sign, factor, exponent] = match;
  return { value: (sign ? -1 : 1) * Number(factor ?? 1) * 10 ** Number(exponent), unit: '', power: true };
}

function withUnit(text: string): ParsedNumber | null {
  const match =
    /^([^\d.,+-]*)([-+]?)\s*([$€£¥]?)\s*((?:\d[\d.,' ]*)?\d|[.,]\d+|\d+[.,]?)((?:[eE][-+]?\d+)?)\s*(.*)$/.exec(text);
  if (!match) return null;
  const [, before, sign, money, digits, exponent, after] = match;
  const size = plainNumber(digits!);
  if (size === null || !isSign(before!) || !isUnit(after!)) return null;
  const suffix = SUFFIXES[after!.slice(0, 1)] !== undefined && after!.length === 1 ? after!.slice(0, 1) : '';
  const value = Number(`${sign === '-' ? '-' : ''}${size}${exponent}`) * (suffix ? SUFFIXES[suffix]! : 1);
  if (!Number.isFinite(value)) return null;
  return { value: clean(value), unit: `${before!.trim()}${money}${suffix ? '' : after!.trim()}`, power: false };
}

/** Takes rounding errors such as 0.30000000000000004 away. */
function clean(value: number): number {
  return Number(value.toPrecision(14));
}

/** What may stand before a number: a currency, or a sign of comparison. Letters make it a name ("Sep 23", "Q1"). */
function isSign(text: string): boolean {
  return /^\s*(?:[$€£¥~<>≤≥]|US\$|R\$|CHF|USD|EUR)?\s*$/.test(text);
}

/** A few letters or signs: "%", "$", "°C", "km/h"; longer words make the label a category. */
function isUnit(text: string): boolean {
  return /^\s*[%‰$€£¥°]?\s*[A-Za-zµμΩ°/²³%]{0,4}\s*$/.test(text);
}

/**
 * Digits with separators: "1,000", "1 000", "1'000", "1.000.000", "3,5", "0.25". A single comma before exactly three
 * digits groups thousands, as plotting libraries print it; a single point never does. Null where it makes no sense.
 */
function plainNumber(digits: string): string | null {
  const compact = digits.replace(/(\d)[ '](?=\d{3}(?!\d))/g, '$1');
  if (/[ ']/.test(compact)) return null;
  const commas = (compact.match(/,/g) ?? []).length;
  const points = (compact.match(/\./g) ?? []).length;
  if (commas > 0 && points > 0) {
    const last = Math.max(compact.lastIndexOf(','), compact.lastIndexOf('.'));
    const [head, tail] = [compact.slice(0, last), compact.slice(last + 1)];
    return `${head.replace(/[.,]/g, '')}.${tail}`;
  }
  if (commas > 1) return /^\d{1,3}(,\d{3})+$/.test(compact) ? compact.replace(/,/g, '') : null;
  if (points > 1) return /^\d{1,3}(\.\d{3})+$/.test(compact) ? compact.replace(/\./g, '') : null;
  if (commas === 1) return /^[1-9]\d{0,2},\d{3}$/.test(compact) ? compact.replace(',', '') : compact.replace(',', '.');
  return compact;
}
