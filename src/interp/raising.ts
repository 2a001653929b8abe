/** `raise`, and matching of exceptions by `except` and `except*`. */
import { PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { BaseException, BaseExceptionGroup, ExceptionGroup, Exception, RuntimeError } from '../objects/exception-types.ts';
import { newList, newTuple } from '../objects/make.ts';
import { raise, raiseTypeError, typeName } from '../objects/raise.ts';
import { repr } from '../objects/text.ts';
import { TYPE_TYPE } from '../objects/static-types.ts';
import { isSubtype, typeOf } from '../objects/type-of.ts';
import { handledException, linkContext } from './unwind.ts';

/** The exception that `raise value` raises: an instance is itself, a class is called. */
function exceptionFrom(t: Thread, value: Value, error: string): PyBaseException {
  if (value instanceof PyBaseException) return value;
  if (value instanceof PyType && isSubtype(value, BaseException)) {
    const { slots } = value;
    const isPlain = value.type === TYPE_TYPE && slots.tp_new === BaseException.slots.tp_new && slots.tp_init === BaseException.slots.tp_init && slots.tp_finalize === null;
    if (isPlain) return new PyBaseException(value, newTuple([]));
    const made = call(t, value, []);
    if (made instanceof PyBaseException) return made;
    raiseTypeError(`calling ${repr(t, value)} should have returned an instance of BaseException, not ${repr(t, typeOf(made))}`);
  }
  return raiseTypeError(error);
}

/** What `raise`, `raise exception` and `raise exception from cause` raise. Raises itself when that is no exception. */
export function raisedBy(t: Thread, exception: Maybe, cause: Maybe): PyBaseException {
  if (exception === undefined) {
    const handled = handledException(t);
    if (handled === null) raise(RuntimeError, 'No active exception to reraise');
    // The traceback has this frame already.
    t.skipTraceback = true;
    return handled;
  }
  const raised = exceptionFrom(t, exception, 'exceptions must derive from BaseException');
  if (cause !== undefined) {
    raised.cause = cause === null ? null : exceptionFrom(t, cause, 'exception causes must derive from BaseException');
    raised.suppressContext = true;
  }
  linkContext(t, raised);
  return raised;
}

const CANNOT_CATCH = 'catching classes that do not inherit from BaseException is not allowed';

function checkCatchable(type: Value): void {
  const items = type instanceof PyTuple ? type.items : [type];
  for (const item of items) if (!(item instanceof PyType) || !isSubtype(item, BaseException)) raiseTypeError(CANNOT_CATCH);
}

/** Whether `except type:` catches the exception. */
export function matchesException(_t: Thread, exception: PyBaseException, type: Value): boolean {
  if (type instanceof PyType) {
    if (isSubtype(exception.type, type)) return true;
    checkCatchable(type);
    return false;
  }
  checkCatchable(type);
  return (type as PyTuple).items.some((item) => isSubtype(exception.type, item as PyType));
}

/** `except* type:` on what is left: the matching part (null for none) and the rest (null for none). Source: exception_group_match. */
export function checkExceptionGroupMatch(t: Thread, value: Value, type: Value): [Value, Value] {
  checkCatchable(type);
  const types = (type instanceof PyTuple ? type.items : [type]) as PyType[];
  if (types.some((item) => isSubtype(item, BaseExceptionGroup))) {
    raiseTypeError('catching ExceptionGroup with except* is not allowed. Use except instead.');
  }
  if (value === null) return [null, null];
  const exception = value as PyBaseException;
  if (matchesException(t, exception, type)) {
    if (isSubtype(exception.type, BaseExceptionGroup)) return [exception, null];
    const groupType = isSubtype(exception.type, Exception) ? ExceptionGroup : BaseExceptionGroup;
    const group = call(t, groupType, ['', newTuple([exception])]) as PyBaseException;
    group.traceback = exception.traceback;
    return [group, null];
  }
  if (!isSubtype(exception.type, BaseExceptionGroup)) return [null, exception];
  const pair = callMethod(t, exception, 'split', type);
  if (!(pair instanceof PyTuple)) raiseTypeError(`${typeName(exception)}.split must return a tuple, not ${typeName(pair)}`);
  if (pair.items.length < 2) raiseTypeError(`${typeName(exception)}.split must return a 2-tuple, got tuple of size ${pair.items.length}`);
  return [pair.items[0]!, pair.items[1]!];
}

function groupLeaves(exception: Value, leaves: Set<Value>): Set<Value> {
  if (exception instanceof PyBaseException && isSubtype(exception.type, BaseExceptionGroup)) {
    for (const inner of (exception.fields!.get('exceptions') as PyTuple).items) groupLeaves(inner, leaves);
  } else leaves.add(exception);
  return leaves;
}

/** Whether an exception was only raised again (same traceback, cause and context as part of the original), not raised anew. */
function isReraised(exception: PyBaseException, original: PyBaseException): boolean {
  return exception.traceback === original.traceback && exception.cause === original.cause && exception.context === original.context;
}

/** The exception to raise after `except*` clauses: what was raised in them, and what is left of the original (_PyExc_PrepReraiseStar). */
export function prepareReraiseStar(t: Thread, original: Value, raisedList: readonly Value[]): Value {
  const exceptions = raisedList.filter((value): value is PyBaseException => value !== null);
  if (exceptions.length === 0) return null;
  const origin = original as PyBaseException;
  if (!isSubtype(origin.type, BaseExceptionGroup)) return exceptions[0]!;
  const raised = exceptions.filter((exception) => !isReraised(exception, origin));
  const reraised = exceptions.filter((exception) => isReraised(exception, origin));
  let rest: Value = null;
  if (reraised.length > 0) {
    const keep = new Set<Value>();
    for (const exception of reraised) groupLeaves(exception, keep);
    rest = projectGroup(t, origin, keep);
  }
  if (raised.length === 0) return rest;
  if (rest !== null) raised.push(rest as PyBaseException);
  if (raised.length === 1) return raised[0]!;
  return call(t, getAttr(t, BaseExceptionGroup, '__new__'), [raised.every((exception) => isSubtype(exception.type, Exception)) ? ExceptionGroup : BaseExceptionGroup, '', newList(raised)]);
}

/** The part of a group whose leaves are in `keep`, with its structure and metadata. */
function projectGroup(t: Thread, group: PyBaseException, keep: ReadonlySet<Value>): Value {
  const parts: Value[] = [];
  for (const inner of (group.fields!.get('exceptions') as PyTuple).items) {
    if (inner instanceof PyBaseException && isSubtype(inner.type, BaseExceptionGroup)) {
      const part = projectGroup(t, inner, keep);
      if (part !== null) parts.push(part);
    } else if (keep.has(inner)) parts.push(inner);
  }
  if (parts.length === 0) return null;
  const derived = callMethod(t, group, 'derive', newList(parts));
  if (derived instanceof PyBaseException) {
    derived.traceback = group.traceback;
    derived.context = group.context;
    derived.cause = group.cause;
  }
  return derived;
}
