/** A value that parts of the page watch. */
export class Watched<T> {
  #value: T;
  readonly #watchers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Sets what changes and tells the watchers. */
  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const tell of this.#watchers) tell();
  }

  /** Calls `tell` after every change, until the returned function is called. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }
}
