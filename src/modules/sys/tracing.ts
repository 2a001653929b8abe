/** `sys.settrace`, `sys.setprofile` and their relatives; what the functions are told is in `interp/instrument/`. */
import { PyTuple } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { setThreadFunction } from '../../interp/instrument/state.ts';
import { call } from '../../objects/call.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import type { MethodRow } from '../../objects/type-ready.ts';

type Which = 'traceFunction' | 'profileFunction';

function setAll(t: Thread, which: Which, func: Value): void {
  for (const thread of t.interpreter.threads.values()) setThreadFunction(thread, which, func);
}

/** A callback's events do not happen; here they do again. */
function sys_call_tracing(t: Thread, func: Value, args: Value): Value {
  if (!(args instanceof PyTuple)) raiseTypeError(`call_tracing() argument 2 must be tuple, not ${typeName(args)}`);
  const before = t.tracing;
  t.tracing = 0;
  try {
    return call(t, func, args.items.slice());
  } finally {
    t.tracing = before;
  }
}

/** Rows of `sys`. */
export const TRACING_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  call_tracing: [sys_call_tracing, '($module, func, args, /)', 'Call func(*args), while tracing is enabled.'],
  gettrace: [(t: Thread) => t.traceFunction, '($module, /)', 'Return the global debug tracing function set with sys.settrace.'],
  settrace: [(t: Thread, func: Value) => setThreadFunction(t, 'traceFunction', func), '($module, function, /)', 'Set the global debug tracing function.'],
  _settraceallthreads: [(t: Thread, func: Value) => setAll(t, 'traceFunction', func), '($module, function, /)', 'Set the global debug tracing function in all running threads belonging to the current interpreter.'],
  getprofile: [(t: Thread) => t.profileFunction, '($module, /)', 'Return the profiling function set with sys.setprofile.'],
  setprofile: [(t: Thread, func: Value) => setThreadFunction(t, 'profileFunction', func), '($module, function, /)', 'Set the profiling function.'],
  _setprofileallthreads: [(t: Thread, func: Value) => setAll(t, 'profileFunction', func), '($module, function, /)', 'Set the profiling function in all running threads belonging to the current interpreter.'],
};
