/** Running code objects: `exec`, `eval`, module bodies (PyEval_EvalCode). */
import type { CodeObject } from '../bytecode/code.ts';
import type { PyDict } from '../core/containers.ts';
import { Frame, FRAME_DISCARD, PyCode } from '../core/function.ts';
import { TAIL_CALL, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { newCode } from '../objects/code.ts';
import { builtinsOf, newFunction } from '../objects/function.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import type { PyTuple } from '../core/containers.ts';
import { evaluate } from './evaluate.ts';

/** The frame that runs `code` with these namespaces. Adds `__builtins__` to the globals. */
function codeFrame(t: Thread, code: PyCode | CodeObject, globals: PyDict, locals: Value, closure: PyTuple | null): Frame {
  const object = code instanceof PyCode ? code : newCode(t, code);
  if (tableGetStr(globals.table, '__builtins__') === undefined) {
    const builtins: Value = t.frame === null ? t.interpreter.builtins : t.frame.builtins;
    tableSetStr(globals.table, '__builtins__', t.frame === null ? tableGetStr(t.interpreter.modules.table, 'builtins') ?? builtins : builtins);
  }
  const func = newFunction(t, object, globals);
  func.builtins = builtinsOf(t, globals);
  func.closure = closure;
  return new Frame(object, func, locals, new Array<Maybe>(object.frameSize));
}

/** Runs `code` with these namespaces and returns its value. */
export function runCode(t: Thread, code: PyCode | CodeObject, globals: PyDict, locals: Value, closure: PyTuple | null = null): Value {
  return evaluate(t, codeFrame(t, code, globals, locals, closure));
}

/**
 * Runs `code` as the end of a native function: where the loop called that and no plugin evaluates frames, it goes on in the code's frame, so that a program run by `exec`
 * (`-m`, `runpy`) can be swapped out. With `discard`, the result is None.
 */
export function runCodeLast(t: Thread, code: PyCode | CodeObject, globals: PyDict, locals: Value, options: { closure: PyTuple | null; discard: boolean }): Value | typeof TAIL_CALL {
  const frame = codeFrame(t, code, globals, locals, options.closure);
  if (t.nativeDepth > 0 || t.interpreter.frameEvaluator !== null) {
    const value = evaluate(t, frame);
    return options.discard ? null : value;
  }
  if (options.discard) frame.kind |= FRAME_DISCARD;
  t.tailFrame = frame;
  return TAIL_CALL;
}
