/** Five significant digits; never a negative zero. */
export const round = (value: number): number => Number(value.toPrecision(5)) + 0;
