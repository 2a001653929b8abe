/** Checks of the VM's own invariants; a failure is a bug of Ladon, never an exception of the Python program. */

/** A violated invariant of the VM. The host reports it as an internal error with a request to file an issue. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Throws `InternalError` with the invariant in words unless `condition` holds. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new InternalError(invariant);
}

/** Marks a place that no execution can reach; says why. */
export function unreachable(why: string): never {
  throw new InternalError(`unreachable: ${why}`);
}

/** Ends a switch over a union: the compiler proves that no member is left. */
export function exhaustive(value: never): never {
  throw new InternalError(`unexpected ${String(value)}`);
}
