/**
 * Raising Python exceptions from TypeScript: the only way for the errors of the Python program.
 *
 * A raised exception is the thrown `PyBaseException` itself. `__context__` is linked by the interpreter loop when it first sees it.
 */
import { UNWIND } from '../core/compiled.ts';
import { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import * as exceptions from './exception-types.ts';
import { newTuple } from './make.ts';
import { isSubtype, shownTypeName, typeOf } from './type-of.ts';

/** A new exception of a builtin type with these `args`, not thrown. Does not run Python code. */
export function newException(type: PyType, ...args: Value[]): PyBaseException {
  const exception = new PyBaseException(type, newTuple(args));
  // Filled afterwards: a Map made of a list takes three times as long.
  if (type === exceptions.StopIteration && args.length > 0) (exception.fields = new Map()).set('value', args[0]!);
  return exception;
}

/**
 * Has the caller of a native function raise `exception`: the function returns what this gives. Where that caller is compiled code, or the loop, nothing is thrown, which
 * would take twenty times as long as all the rest. For what programs count on and catch: the end of an iterator, a missing key. @hot bench/programs/exceptions.py
 */
export function raiseInCaller(t: Thread, exception: PyBaseException): typeof UNWIND {
  t.raised = exception;
  return UNWIND;
}

/** Throws a builtin exception with one message. */
export function raise(type: PyType, message: string): never {
  throw newException(type, message);
}

/** `MemoryError` without a message */
export function raiseMemoryError(): never {
  throw newException(exceptions.MemoryError);
}

/** `TypeError: message` */
export function raiseTypeError(message: string): never {
  throw newException(exceptions.TypeError, message);
}

/** `ValueError: message` */
export function raiseValueError(message: string): never {
  throw newException(exceptions.ValueError, message);
}

/** `IndexError: message` */
export function raiseIndexError(message: string): never {
  throw newException(exceptions.IndexError, message);
}

/** `OverflowError: message` */
export function raiseOverflowError(message: string): never {
  throw newException(exceptions.OverflowError, message);
}

/** `ZeroDivisionError: message` */
export function raiseZeroDivision(message: string): never {
  throw newException(exceptions.ZeroDivisionError, message);
}

/** `RuntimeError: message` */
export function raiseRuntimeError(message: string): never {
  throw newException(exceptions.RuntimeError, message);
}

/** `KeyError: key` */
export function raiseKeyError(key: Value): never {
  throw newException(exceptions.KeyError, key);
}

/** An exception with `fields` beside its args, e.g. `name` and `obj` of AttributeError. */
export function newExceptionWith(type: PyType, message: string, fields: Readonly<Record<string, Value>>): PyBaseException {
  const exception = newException(type, message);
  exception.fields = new Map();
  for (const name in fields) exception.fields.set(name, fields[name]!);
  return exception;
}

/** `AttributeError` with CPython's text for the kind of object, and `name` and `obj` for suggestions. */
export function raiseAttributeError(object: Value, message: string, name: string): never {
  throw newExceptionWith(exceptions.AttributeError, message, { name, obj: object });
}

/** `ImportError: message` (or a subclass) for module `name`. */
export function raiseImportError(message: string, name: string, type: PyType = exceptions.ImportError): never {
  throw newExceptionWith(type, message, { name });
}

/** Whether something caught is a Python exception of `type` (or of a subclass). */
export function isRaised(caught: unknown, type: PyType): caught is PyBaseException {
  return caught instanceof PyBaseException && isSubtype(caught.type, type);
}

/** `'name' of the type, for messages: CPython's `Py_TYPE(x)->tp_name`. */
export function typeName(value: Value): string {
  return shownTypeName(typeOf(value));
}
