/** `id()`: a number per object, given out when first asked for, stable for the object's life. */
import { PyObject, type Int, type Value } from '../core/value.ts';

/** First identity given out; looks like an address so that reprs read as users expect. */
const FIRST_IDENTITY = 0x7f00_0000_1000;
const IDENTITY_STEP = 16;

let nextIdentity = FIRST_IDENTITY;
const identities = new WeakMap<PyObject, number>();
/** Ints and strings have no identity in JavaScript: equal ones are identical, and share an id while the table remembers them. */
const primitiveIdentities = new Map<unknown, number>();
/** The table of primitives starts over beyond this size, as ids of temporaries need not be remembered for ever. */
const MAX_PRIMITIVES = 100_000;

function fresh(): number {
  const identity = nextIdentity;
  nextIdentity += IDENTITY_STEP;
  return identity;
}

/** Gives `to` the identity that `from` has, if it was ever asked for. */
export function transferIdentity(from: PyObject, to: PyObject): void {
  const identity = identities.get(from);
  if (identity !== undefined) identities.set(to, identity);
}

/** `id(value)`. */
export function identityOf(value: Value): Int {
  if (value instanceof PyObject) {
    let identity = identities.get(value);
    if (identity === undefined) {
      identity = fresh();
      identities.set(value, identity);
    }
    return identity;
  }
  let identity = primitiveIdentities.get(value);
  if (identity === undefined) {
    if (primitiveIdentities.size >= MAX_PRIMITIVES) primitiveIdentities.clear();
    identity = fresh();
    primitiveIdentities.set(value, identity);
  }
  return identity;
}
