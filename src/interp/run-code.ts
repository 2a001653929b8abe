/** Running code objects: `exec`, `eval`, module bodies (PyEval_EvalCode). */
import type { CodeObject } from '../bytecode/code.ts';
import type { PyDict } from '../core/containers.ts';
import { Frame, PyCode } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { newCode } from '../objects/code.ts';
import { builtinsOf, newFunction } from '../objects/function.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import type { PyTuple } from '../core/containers.ts';
import { evaluate } from './evaluate.ts';

/** Runs `code` with these namespaces and returns its value. Adds `__builtins__` to the globals. */
export function runCode(t: Thread, code: PyCode | CodeObject, globals: PyDict, locals: Value, closure: PyTuple | null = null): Value {
  const object = code instanceof PyCode ? code : newCode(t, code);
  if (tableGetStr(globals.table, '__builtins__') === undefined) {
    const builtins: PyDict = t.frame === null ? t.interpreter.builtins : t.frame.builtins;
    tableSetStr(globals.table, '__builtins__', t.frame === null ? tableGetStr(t.interpreter.modules.table, 'builtins') ?? builtins : builtins);
  }
  const func = newFunction(t, object, globals);
  func.builtins = builtinsOf(t, globals);
  func.closure = closure;
  const frame = new Frame(object, func, locals, new Array<Maybe>(object.frameSize));
  return evaluate(t, frame);
}

