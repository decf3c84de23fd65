/** Round values from `low` to `high`, at most `most`, in steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(low: number, high: number, most: number): number[] {
  const span = high - low;
  if (!(span > 0) || most < 1) return [low];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((size) => size >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const ticks: number[] = [];
  for (let n = first; n * step <= high + step * 1e-9; n++) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}
