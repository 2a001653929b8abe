/**
 * Python functions in the profiles of Linux's `perf`: while active, every frame is evaluated through a small JavaScript function that belongs to its code object
 * alone and whose script is named `py::qualname:filename`. V8 tells `perf` of the machine code of each function with its script's name, so the
 * functions of a Python call stack can be read off the native one, as with CPython's trampolines.
 *
 * V8 decides when an isolate starts whether it tells, so the process must have been started for it: `-X perf` (`/tmp/perf-PID.map`), `-X perf_jit`
 * (`jit-PID.dump` in the current folder, for `perf inject`), or `node --perf-basic-prof --interpreted-frames-native-stack`.
 */
import { compileFunction } from 'node:vm';
import type { PyCode } from '../core/function.ts';
import type { Interpreter } from '../core/thread.ts';
import { getCodeExtra, requestCodeExtraIndex, setCodeExtra } from './code-extras.ts';
import { evaluateByDefault, getFrameEvaluator, resetFrameEvaluator, setFrameEvaluator, type FrameEvaluator } from './frame-evaluator.ts';
import { HookError } from './hook-error.ts';
import { perfName } from './perf-map.ts';
import { perInterpreter } from './watcher-table.ts';

type Trampoline = (...args: [...Parameters<FrameEvaluator>, FrameEvaluator]) => ReturnType<FrameEvaluator>;

interface PerfTrampoline {
  /** Index of the code extra that holds the trampoline. */
  readonly index: number;
  readonly evaluator: FrameEvaluator;
}

function makeTrampoline(code: PyCode): Trampoline {
  const { qualname, filename } = code.code;
  return compileFunction('return evaluate(t, f);', ['t', 'f', 'evaluate'], { filename: perfName(`py::${qualname}:${filename}`) }) as Trampoline;
}

function trampolineOf(interpreter: Interpreter): PerfTrampoline {
  return perInterpreter(interpreter, 'hooks.perf-trampoline', () => {
    const index = requestCodeExtraIndex(interpreter, null);
    const evaluator: FrameEvaluator = (t, f) => {
      let trampoline = getCodeExtra(interpreter, f.code, index) as Trampoline | undefined;
      if (trampoline === undefined) {
        trampoline = makeTrampoline(f.code);
        setCodeExtra(interpreter, f.code, index, trampoline);
      }
      return trampoline(t, f, evaluateByDefault);
    };
    return { index, evaluator };
  });
}

/** Whether V8 tells `perf` of this process's functions. */
function isTold(interpreter: Interpreter): boolean {
  return interpreter.config.perf !== null || process.execArgv.some((option) => /^--perf[-_](basic[-_])?prof$/.test(option));
}

/** Evaluates frames through trampolines from now on; nothing when that is so already. Throws HookError when V8 does not tell, or another plugin evaluates frames. */
export function activatePerfTrampoline(interpreter: Interpreter): void {
  if (isPerfTrampolineActive(interpreter)) return;
  if (!isTold(interpreter)) throw new HookError('value', 'perf trampoline not available: start with -X perf or PYTHONPERFSUPPORT=1');
  setFrameEvaluator(interpreter, trampolineOf(interpreter).evaluator);
}

/** Ends that; nothing when it is not so. */
export function deactivatePerfTrampoline(interpreter: Interpreter): void {
  if (isPerfTrampolineActive(interpreter)) resetFrameEvaluator(interpreter);
}

/** Whether frames are evaluated through trampolines. */
export function isPerfTrampolineActive(interpreter: Interpreter): boolean {
  const evaluator = getFrameEvaluator(interpreter);
  return evaluator !== null && evaluator === trampolineOf(interpreter).evaluator;
}
