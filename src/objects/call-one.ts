/** Calls with one argument, of whatever computes keys and maps items: functions of the program, builtin functions and methods, and conversions. */
import { PyBaseException } from '../core/exception.ts';
import { PyFunction } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { call, callFunctionWithOne, settle } from './call.ts';
import { convertBuiltin } from './convert.ts';
import { enterNative, leaveNative } from './recursion.ts';
import { typeOf } from './type-of.ts';

/** `callee(argument)`. @hot keys of sorting, of the least and the greatest, and functions of `map` and `filter` */
export function callOne(t: Thread, callee: Value, argument: Value): Value {
  if (callee instanceof PyFunction) return callFunctionWithOne(t, callee, argument);
  if (callee instanceof PyBuiltinFunction) {
    if (callee.definition.takes(1)) return callBuiltinWithOne(t, callee, argument);
  } else if (callee instanceof PyMethodDescriptor) {
    if (callee.definition.takes(0) && typeOf(argument) === callee.owner) return callMethodOf(t, callee, argument);
  } else if (callee instanceof PyType) {
    const converted = convertBuiltin(t, callee, argument);
    // What is to be raised the call raises once more.
    if (converted !== undefined && !(converted instanceof PyBaseException)) return converted;
  }
  return call(t, callee, [argument]);
}

function callBuiltinWithOne(t: Thread, { definition, self, bound }: PyBuiltinFunction, argument: Value): Value {
  enterNative(t, ' while calling a Python object');
  t.nativeDepth++;
  try {
    return settle(t, bound ? definition.implementation(t, self, argument) : definition.implementation(t, argument));
  } finally {
    t.nativeDepth--;
    leaveNative(t);
  }
}

function callMethodOf(t: Thread, { definition }: PyMethodDescriptor, self: Value): Value {
  enterNative(t, ' while calling a Python object');
  t.nativeDepth++;
  try {
    return settle(t, definition.implementation(t, self));
  } finally {
    t.nativeDepth--;
    leaveNative(t);
  }
}
