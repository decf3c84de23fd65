/** Whole numbers in full with grouping from 10,000 on, others with four digits that count. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 10_000 ? String(value) : value.toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

/** "40.8 KiB". */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${numberText(Number((bytes / 1024 ** power).toPrecision(3)))} ${units[power]}`;
}

/** Of a share, 0..1: "32 %". */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Seconds as "2.41 s", "1:23", "1:02:03". */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${numberText(Number(seconds.toPrecision(3)))} s`;
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
