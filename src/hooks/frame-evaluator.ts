/**
 * Replacing what evaluates frames (PEP 523).
 *
 * While an evaluator is set, every call of a Python function, every resumption of a generator and every module body is a call of it, one inside the other on the
 * JavaScript stack, where the interpreter loop alone would go on in the new frame. That costs nothing while none is set: the loop enters functions whose entry
 * point is the interpreter's (`Interpreter.entryPoint`), and for the time of an evaluator that is a function that no function has.
 *
 *   default ──setFrameEvaluator──▶ replaced ──resetFrameEvaluator──▶ default
 *
 * Frames that run already go on as they do; so does the bottom frame of a new thread. When another thread is to run, frames that the loop has called through the
 * evaluator are handed over to the loop at the bottom, which goes on with them when it is their turn: `evaluateByDefault` then returns before the frame has.
 */
import { assert, unreachable } from '../base/assert.ts';
import type { Frame } from '../core/function.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import type { CallFunction } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { HookError } from './hook-error.ts';
import { perInterpreter } from './watcher-table.ts';

/**
 * Evaluates `f`, which is the innermost frame of `t`: from its start, or from where it was suspended. Returns what it returns (or yields: `f.generator.state`
 * says which), raises what it raises. Either calls `evaluateByDefault` once, or leaves the frame as it is and gives a result of its own. What `evaluateByDefault` returned must be
 * returned: it is a symbol, and no value, when the frame was handed over.
 */
export type FrameEvaluator = (t: Thread, f: Frame) => Value;

let byDefault: FrameEvaluator | null = null;

/** Sets the interpreter's own evaluator; done once per worker. */
export function setDefaultEvaluator(evaluator: FrameEvaluator): void {
  byDefault = evaluator;
}

/** Evaluates a frame as without a plugin. */
export function evaluateByDefault(t: Thread, f: Frame): Value {
  assert(byDefault !== null, 'the interpreter is loaded before frames are evaluated');
  return byDefault(t, f);
}

const noFunctionHasThis: CallFunction = () => unreachable('an entry point that no function has is called');

interface Replaced {
  entryPoint: CallFunction | null;
}

function replacedOf(interpreter: Interpreter): Replaced {
  return perInterpreter(interpreter, 'hooks.frame-evaluator', () => ({ entryPoint: null }));
}

/** Sets the evaluator. Throws HookError when there is one already: two plugins do not know how to call each other's. */
export function setFrameEvaluator(interpreter: Interpreter, evaluator: FrameEvaluator): void {
  if (interpreter.frameEvaluator !== null) throw new HookError('runtime', 'another plugin evaluates frames already');
  replacedOf(interpreter).entryPoint = interpreter.entryPoint;
  interpreter.entryPoint = noFunctionHasThis;
  interpreter.frameEvaluator = evaluator;
}

/** Back to the default; nothing when it is that already. */
export function resetFrameEvaluator(interpreter: Interpreter): void {
  const replaced = replacedOf(interpreter);
  if (replaced.entryPoint === null) return;
  interpreter.frameEvaluator = null;
  interpreter.entryPoint = replaced.entryPoint;
  replaced.entryPoint = null;
}

/** The entry point of functions that have none of their own. */
export function getDefaultEntryPoint(interpreter: Interpreter): CallFunction {
  return replacedOf(interpreter).entryPoint ?? interpreter.entryPoint;
}

/** The evaluator that is set, or null for the default. */
export function getFrameEvaluator(interpreter: Interpreter): FrameEvaluator | null {
  return interpreter.frameEvaluator;
}
