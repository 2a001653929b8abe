/** `atexit` (Modules/atexitmodule.c). */
import { PyBaseException } from '../core/exception.ts';
import { EQ } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { call, isCallable } from '../objects/call.ts';
import { compareBool } from '../objects/compare.ts';
import { raiseTypeError } from '../objects/raise.ts';
import { repr } from '../objects/text.ts';
import type { NativeModule } from './native-module.ts';
import { reportUnraisable } from './sys.ts';

interface Callback {
  readonly func: Value;
  readonly args: Value[];
  readonly keywords: readonly string[] | null;
}

function callbacks(t: Thread): Callback[] {
  let list = t.interpreter.moduleState.get('atexit') as Callback[] | undefined;
  if (list === undefined) t.interpreter.moduleState.set('atexit', (list = []));
  return list;
}

function atexit_register(t: Thread, func: Value, args: Value[], keywords: Map<string, Value>): Value {
  if (!isCallable(func)) raiseTypeError('the first argument must be callable');
  callbacks(t).push({ func, args: [...args, ...keywords.values()], keywords: keywords.size === 0 ? null : [...keywords.keys()] });
  return func;
}

function atexit_unregister(t: Thread, func: Value): void {
  const list = callbacks(t);
  for (let i = list.length - 1; i >= 0; i--) if (i < list.length && compareBool(t, list[i]!.func, func, EQ)) list.splice(i, 1);
}

/** Runs the exit functions, last registered first; errors go to `sys.unraisablehook`. Called by the interpreter's end too. */
export function runExitFunctions(t: Thread): void {
  const list = callbacks(t);
  for (let entry = list.pop(); entry !== undefined; entry = list.pop()) {
    try {
      call(t, entry.func, entry.args.slice(), entry.keywords);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      reportUnraisable(t, caught, `Exception ignored in atexit callback ${repr(t, entry.func)}`, null);
    }
  }
}

/** The table. */
export const ATEXIT_MODULE: NativeModule = {
  name: 'atexit',
  doc: 'allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n',
  functions: {
    register: [atexit_register, '($module, func, /, *args, **kwargs)', 'Register a function to be executed upon normal program termination.'],
    unregister: [atexit_unregister, '($module, func, /)', 'Unregister an exit function which was previously registered using atexit.register.'],
    _clear: [(t: Thread) => void (callbacks(t).length = 0), '($module, /)', 'Clear the list of previously registered exit functions.'],
    _run_exitfuncs: [(t: Thread) => runExitFunctions(t), '($module, /)', 'Run all registered exit functions.'],
    _ncallbacks: [(t: Thread) => callbacks(t).length, '($module, /)', 'Return the number of registered exit functions.'],
  },
};
