/** Making functions and finding `__build_class__`. */
import { loadBuiltin } from './names.ts';
import { FUNCTION_ATTRIBUTE } from '../bytecode/operands.ts';
import type { PyDict, PyTuple } from '../core/containers.ts';
import type { Frame, PyFunction } from '../core/function.ts';
import { PyTuple as TupleRecord } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { NameError } from '../objects/exception-types.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import { raise } from '../objects/raise.ts';

/** SET_FUNCTION_ATTRIBUTE. */
export function setFunctionAttribute(func: PyFunction, attribute: number, value: Value): void {
  switch (attribute) {
    case FUNCTION_ATTRIBUTE.DEFAULTS:
      func.defaults = value as PyTuple;
      break;
    case FUNCTION_ATTRIBUTE.KWDEFAULTS:
      func.kwdefaults = value as PyDict;
      break;
    case FUNCTION_ATTRIBUTE.ANNOTATIONS:
      func.annotations = value instanceof TupleRecord ? annotationsFromTuple(value) : (value as PyDict);
      break;
    case FUNCTION_ATTRIBUTE.CLOSURE:
      func.closure = value as PyTuple;
      break;
    default:
      func.annotate = value;
  }
}

/** Annotations come as a tuple of names and values under `from __future__ import annotations`. */
function annotationsFromTuple(tuple: PyTuple): PyDict {
  const dict = newDict();
  for (let i = 0; i + 1 < tuple.items.length; i += 2) tableSetStr(dict.table, tuple.items[i] as string, tuple.items[i + 1]!);
  return dict;
}

/** `__build_class__` of the frame's builtins. */
export function loadBuildClass(t: Thread, f: Frame): Value {
  return loadBuiltin(t, f, '__build_class__') ?? raise(NameError, '__build_class__ not found');
}
