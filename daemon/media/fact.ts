/** One measured fact; the same shape as `daemon/protocol/facts.ts`, which this layer may not import. */
export interface Fact {
  name: string;
  value: FactValue;
  unit?: string;
  how: string;
}

export type FactValue = string | number | boolean | FactArray;
export type FactArray = Array<string | number | boolean | FactArray>;
