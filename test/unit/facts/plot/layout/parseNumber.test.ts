import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../../../daemon/facts/plot/layout/parseNumber';

const value = (text: string) => parseNumber(text)?.value;

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['0.25', 0.25],
    ['.5', 0.5],
    ['-3', -3],
    ['\u22123.5', -3.5],
    ['\u20137', -7],
    ['1,000', 1000],
    ['1,200,000', 1_200_000],
    ['1.000.000', 1_000_000],
    ['1 000', 1000],
    ['1 234 567', 1_234_567],
    ["12'500", 12_500],
    ['0,5', 0.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1e5', 1e5],
    ['2e+05', 2e5],
    ['1.5e-3', 0.0015],
    ['1 .0e+07', 1e7],
  ])('reads %s', (text, expected) => expect(value(text)).toBe(expected));

  it.each([
    ['10k', 10_000],
    ['1.5M', 1_500_000],
    ['2G', 2e9],
    ['3B', 3e9],
    ['500m', 0.5],
    ['20µ', 20e-6],
  ])('multiplies by the suffix of %s', (text, expected) => expect(value(text)).toBeCloseTo(expected, 12));

  it.each([
    ['$50', 50, '$'],
    ['-$5', -5, '$'],
    ['€1,500', 1500, '€'],
    ['25%', 25, '%'],
    ['25 %', 25, '%'],
    ['20 °C', 20, '°C'],
    ['3 km', 3, 'km'],
    ['$10k', 10_000, '$'],
  ])('reads %s with its unit', (text, expected, unit) =>
    expect(parseNumber(text)).toMatchObject({ value: expected, unit }),
  );

  it.each([
    ['10^3', 1000],
    ['10³', 1000],
    ['10⁻²', 0.01],
    ['10^-2', 0.01],
    ['10^{-2}', 0.01],
    ['4×10^1', 40],
    ['6 × 10⁰', 6],
    ['2.5×107', 2.5e7],
    ['5x10-6', 5e-6],
    ['-10^2', -100],
  ])('reads the power %s', (text, expected) => {
    expect(parseNumber(text)?.value).toBeCloseTo(expected, 12);
    expect(parseNumber(text)?.power).toBe(true);
  });

  it.each([
    '',
    'Perth',
    'Sep 23',
    'Q1',
    'Model 2',
    '18-24',
    '2020-01',
    '12:00',
    '1,2,3',
    '5 measurements',
    '--',
    '1 00',
  ])('takes "%s" for no number', (text) => expect(parseNumber(text)).toBeNull());
});
