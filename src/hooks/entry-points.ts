/**
 * The entry point of one Python function (PyFunction_SetVectorcall): what a plugin that compiles, wraps or counts calls sets in the place of the interpreter's.
 *
 *   default ──setEntryPoint──▶ own ──setEntryPoint──▶ own ... ──resetEntryPoint──▶ default
 *
 * Whoever calls the function goes through it: the interpreter loop, compiled code, native code, methods, constructors, threads. Frames that run already go on,
 * and so do generators: an entry point is asked when a generator is made, not when it is resumed. A call that compiled code has bound already comes
 * with one argument for each parameter, defaults included.
 *
 * An own entry point is called nested on the JavaScript stack: where it goes on to the default one, threads do not take turns inside.
 *
 * INV-1: `PyCode.ownEntries` is the number of functions of the code whose entry point is not the default; while it is not 0, compiled calls of the code are off.
 */
import { PyFunction } from '../core/function.ts';
import type { Interpreter } from '../core/thread.ts';
import type { CallFunction } from '../core/type.ts';
import { getDefaultEntryPoint } from './frame-evaluator.ts';
import { HookError } from './hook-error.ts';

/** The entry point of functions that have none of their own: binds the arguments and evaluates a frame. An own entry point may go on to it, with the function that it got. */
export function defaultEntryPoint(interpreter: Interpreter): CallFunction {
  return getDefaultEntryPoint(interpreter);
}

/** The function's entry point now. */
export function getEntryPoint(func: PyFunction): CallFunction {
  return func.entryPoint;
}

/**
 * Makes calls of `func` calls of `entryPoint(t, func, args, keywords)`: the last `keywords.length` of `args` are the values of keywords. It returns a value (`null` for None) or
 * raises, binds what it wants of the arguments itself, and may be set while the function runs. Throws HookError when `func` is no Python function or `entryPoint` no function.
 */
export function setEntryPoint(interpreter: Interpreter, func: PyFunction, entryPoint: CallFunction): void {
  if (!(func instanceof PyFunction)) throw new HookError('value', 'only functions written in Python have an entry point');
  if (typeof entryPoint !== 'function') throw new HookError('value', 'an entry point is a function');
  const byDefault = defaultEntryPoint(interpreter);
  func.code.countOwnEntries(Number(entryPoint !== byDefault) - Number(func.entryPoint !== byDefault));
  func.entryPoint = entryPoint;
  // What was compiled for calls with this function's defaults is left.
  func.version++;
  interpreter.functionWatch?.tellRerouted(func);
}

/** Makes calls of `func` ordinary calls again; nothing when they are. */
export function resetEntryPoint(interpreter: Interpreter, func: PyFunction): void {
  setEntryPoint(interpreter, func, defaultEntryPoint(interpreter));
}
