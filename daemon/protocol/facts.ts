/** One measured fact. Names are stable, lower-case, dotted: "image.width", "audio.loudness", "points.bounds". */
export interface Fact {
  name: string;
  value: string | number | boolean | FactArray;
  /** "px", "s", "Hz", "dBFS", "LUFS" ... */
  unit?: string;
  /** How it was measured, in a few words. */
  how: string;
}

export type FactArray = Array<string | number | boolean | FactArray>;
