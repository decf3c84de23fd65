import type { Fact, FactArray } from '../../daemon/protocol/facts';

/** Looks facts up by name; a fact that is absent, or of another shape, is undefined. */
export class FactReader {
  private readonly byName: ReadonlyMap<string, Fact>;

  constructor(facts: readonly Fact[]) {
    this.byName = new Map(facts.map((fact) => [fact.name, fact]));
  }

  number(name: string): number | undefined {
    const value = this.byName.get(name)?.value;
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }

  /** undefined for an empty text, too. */
  text(name: string): string | undefined {
    const value = this.byName.get(name)?.value;
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.byName.get(name)?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  /** Empty where there is none. */
  list(name: string): FactArray {
    const value = this.byName.get(name)?.value;
    return Array.isArray(value) ? value : [];
  }

  texts(name: string): string[] {
    return this.list(name).filter((item) => typeof item === 'string');
  }

  /** The items that are lists themselves. */
  rows(name: string): FactArray[] {
    return this.list(name).filter((item) => Array.isArray(item));
  }
}
