/** Something with a lifetime. */
export interface Disposable {
  dispose(): void | Promise<void>;
}

/** Ends what was begun, last first. One failure does not keep the others from ending; the first is thrown at the end. */
export class Disposables implements Disposable {
  private items: Array<() => void | Promise<void>> = [];
  private ended = false;

  add<T extends Disposable>(item: T): T {
    this.items.push(() => item.dispose());
    return item;
  }

  /** For what is ended by a function. */
  defer(end: () => void | Promise<void>): void {
    this.items.push(end);
  }

  async dispose(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const failures: unknown[] = [];
    for (const end of this.items.reverse()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    this.items = [];
    if (failures.length > 0) throw failures[0];
  }
}
