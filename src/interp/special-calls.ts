/**
 * Special methods that compiled code calls as any other function: what their operations make of the results. A result may be a symbol, as that of a call; where frames go on in tier 0
 * the result is completed when the method's is left.
 */
import { UNWIND } from '../core/compiled.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { checkedLength } from '../objects/slots.ts';
import { isTrue } from '../objects/truth.ts';
import { completeWhenLeft } from './frames.ts';

type Any = Value | symbol | undefined;

function later(t: Thread, result: symbol, complete: (value: Value) => Maybe): symbol {
  if (result === UNWIND && t.raised === null && t.evicted !== null) completeWhenLeft(t.evicted, complete);
  return result;
}

/** `__setitem__` and `__delitem__`: nothing comes of their results. */
export function storedBy(t: Thread, result: Any): Any {
  return typeof result === 'symbol' ? later(t, result, () => undefined) : null;
}

/** A comparison in a condition. @hot */
export function conditionBy(t: Thread, result: Any): Any {
  if (typeof result === 'boolean') return result;
  return typeof result === 'symbol' ? later(t, result, (value) => isTrue(t, value)) : isTrue(t, result ?? null);
}

/** `__contains__` for `not in`. */
export function excludedBy(t: Thread, result: Any): Any {
  return typeof result === 'symbol' ? later(t, result, (value) => !isTrue(t, value)) : !isTrue(t, result ?? null);
}

/** `__bool__`. */
export function truthBy(t: Thread, result: Any): Any {
  if (typeof result === 'boolean') return result;
  return typeof result === 'symbol' ? later(t, result, checkedTruth) : checkedTruth(result ?? null);
}

function checkedTruth(result: Value): boolean {
  return typeof result === 'boolean' ? result : raiseTypeError(`__bool__ should return bool, returned ${typeName(result)}`);
}

/** `__len__`. */
export function lengthBy(t: Thread, result: Any): Any {
  return typeof result === 'symbol' ? later(t, result, (value) => checkedLength(t, value)) : checkedLength(t, result ?? null);
}

/** `__len__` for the truth of an object. */
export function fullnessBy(t: Thread, result: Any): Any {
  return typeof result === 'symbol' ? later(t, result, (value) => checkedLength(t, value) > 0) : checkedLength(t, result ?? null) > 0;
}
