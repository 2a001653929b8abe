/** Values that are made when they are first asked for: what every start would pay for and few programs need. */

/** A function that makes its value at the first call. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
