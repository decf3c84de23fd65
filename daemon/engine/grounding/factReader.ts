import type { Fact, FactArray, FactValue } from '../../media/fact';

export interface MeasuredMedia {
  /** Kind of medium, as `MediaReport.modality`. */
  modality: string;
  facts: readonly Fact[];
}

export type Line = readonly [key: string, value: string];

/** Facts by name, with the types that are wanted; undefined where a fact is missing or of another type. */
export class FactReader {
  private readonly values: Map<string, Fact>;

  constructor(facts: readonly Fact[]) {
    this.values = new Map(facts.map((fact) => [fact.name, fact]));
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  list(name: string): FactArray | undefined {
    const value = this.value(name);
    return Array.isArray(value) ? value : undefined;
  }

  unit(name: string): string | undefined {
    return this.values.get(name)?.unit;
  }

  private value(name: string): FactValue | undefined {
    return this.values.get(name)?.value;
  }
}

/** A line, or none where its value is not known. */
export function line(key: string, value: string | undefined): Line[] {
  return value === undefined || value === '' ? [] : [[key, value]];
}

/** `show` of a value that is known. */
export function map<T, R>(value: T | undefined, show: (value: T) => R): R | undefined {
  return value === undefined ? undefined : show(value);
}
