/** Code in another interpreter, and a signal that comes between two steps of a generator. */
import { simulateSignal } from '../_signal.ts';
import { SIGINT } from '../_signal/table.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { callMethod } from '../../objects/call.ts';
import { importModule } from '../../objects/import-hook.ts';
import { raiseRuntimeError } from '../../objects/raise.ts';
import { isTrue } from '../../objects/truth.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';

/** Runs source in a new interpreter; 0, or -1 when it raised, which standard error tells of. */
function run_in_subinterp(t: Thread, code: Value): Value {
  const interpreters = importModule(t, '_interpreters');
  const id = callMethod(t, interpreters, 'create');
  try {
    const info = callMethod(t, interpreters, 'exec', id, code);
    if (info === null) return 0;
    process.stderr.write(`${asStr(lookupAttr(t, info, 'errdisplay') ?? '') ?? ''}\n`);
    return -1;
  } finally {
    callMethod(t, interpreters, 'destroy', id);
  }
}

/** The signal is pending when the generator goes on, and is handled inside of it. */
function raise_SIGINT_then_send_None(t: Thread, generator: Value): Value {
  simulateSignal(t, SIGINT);
  return callMethod(t, generator, 'send', null);
}

const THREAD_STATE = 'temporary thread of _testcapi';

/** Calls a function in a thread that `_thread` starts; CPython's is one that C code made. Without `wait` the thread is left to `join_temporary_c_thread`. */
function call_in_temporary_c_thread(t: Thread, callback: Value, wait?: Value): void {
  const state = t.interpreter.moduleState;
  if (state.get(THREAD_STATE) !== undefined) raiseRuntimeError('the temporary thread has not been joined');
  state.set(THREAD_STATE, callMethod(t, importModule(t, '_thread'), 'start_joinable_thread', callback));
  if (wait === undefined || isTrue(t, wait)) join_temporary_c_thread(t);
}

function join_temporary_c_thread(t: Thread): void {
  const handle = t.interpreter.moduleState.get(THREAD_STATE) as Value | undefined;
  if (handle === undefined) raiseRuntimeError('no temporary thread to join');
  t.interpreter.moduleState.delete(THREAD_STATE);
  callMethod(t, handle, 'join');
}

/** Functions of `_testcapi`. */
export const RUNNING_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  run_in_subinterp: [run_in_subinterp, '($module, code, /)', 'Run source in a new interpreter.'],
  call_in_temporary_c_thread: [call_in_temporary_c_thread, '($module, callback, wait=True, /)', 'Call a function in a thread of its own.'],
  join_temporary_c_thread: [join_temporary_c_thread, '($module, /)', 'Wait for that thread.'],
  raise_SIGINT_then_send_None: [raise_SIGINT_then_send_None, '($module, gen, /)', 'Send None to a generator, with an interrupt pending.'],
};
