/** A set that keeps nothing alive: code that the program has dropped goes, with all that was compiled of it. */
export class WeakStates<T extends object> implements Iterable<T> {
  private readonly references = new Set<WeakRef<T>>();
  private readonly registry = new FinalizationRegistry<WeakRef<T>>((reference) => void this.references.delete(reference));

  /** Adds an object that is not in the set. */
  add(object: T): void {
    const reference = new WeakRef(object);
    this.references.add(reference);
    this.registry.register(object, reference);
  }

  /** Those that are still there. */
  *[Symbol.iterator](): Iterator<T> {
    for (const reference of this.references) {
      const object = reference.deref();
      if (object !== undefined) yield object;
    }
  }
}
