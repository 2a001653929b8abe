/** `id()`: a number per object, given out when first asked for, stable for the object's life. */
import { isPlainFloat } from '../core/scalars.ts';
import { PyObject, type Int, type Value } from '../core/value.ts';
import { floatIdentity } from './float-identity.ts';

/** First identity given out: looks like an address so that reprs read as users expect, and a hundred million follow before V8 needs memory for the number. */
const FIRST_IDENTITY = 0x1000_0000;
const IDENTITY_STEP = 16;

let nextIdentity = FIRST_IDENTITY;
const identities = new WeakMap<PyObject, number>();
/** Strings and large ints have no identity in JavaScript: equal ones are identical, and share an id while the table remembers them. */
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
  const identity = from.identity === undefined ? identities.get(from) : from.identity;
  if (identity === undefined) return;
  if (to.identity === undefined) identities.set(to, identity);
  else to.identity = identity;
}

/** The id of a record without a field for it. */
function keptIdentity(value: PyObject): number {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = fresh();
    identities.set(value, identity);
  }
  return identity;
}

/** Ints below this have ids that follow from their values: 8 or, if negative, 4 beyond a multiple of 16, where no object lies. */
const MAX_COUNTED = 2 ** 48;

function identityOfInt(value: number): number {
  return value < 0 ? FIRST_IDENTITY + IDENTITY_STEP * -value + 4 : FIRST_IDENTITY + IDENTITY_STEP * value + 8;
}

/** `id(value)`. @hot `copy.deepcopy`, `pickle` and `pprint` remember objects by it */
export function identityOf(value: Value): Int {
  if (isPlainFloat(value)) return floatIdentity(value.value, fresh);
  if (value instanceof PyObject) {
    const { identity } = value;
    if (identity === undefined) return keptIdentity(value);
    if (identity !== 0) return identity;
    return (value.identity = fresh());
  }
  if (typeof value === 'number' && value < MAX_COUNTED && value > -MAX_COUNTED) return identityOfInt(value);
  return primitiveIdentity(value);
}

function primitiveIdentity(key: unknown): number {
  let identity = primitiveIdentities.get(key);
  if (identity === undefined) {
    if (primitiveIdentities.size >= MAX_PRIMITIVES) primitiveIdentities.clear();
    identity = fresh();
    primitiveIdentities.set(key, identity);
  }
  return identity;
}
