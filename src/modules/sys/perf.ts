/** `sys.activate_stack_trampoline` and its relatives. */
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { HookError } from '../../hooks/hook-error.ts';
import { activatePerfTrampoline, deactivatePerfTrampoline, isPerfTrampolineActive } from '../../hooks/perf-trampoline.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';

const BACKENDS: ReadonlySet<string> = new Set(['perf', 'perf_jit']);

function activate_stack_trampoline(t: Thread, backend: Value): void {
  const name = asStr(backend) ?? raiseTypeError(`activate_stack_trampoline() argument must be str, not ${typeName(backend)}`);
  if (!BACKENDS.has(name)) raiseValueError(`invalid backend: ${name}`);
  try {
    activatePerfTrampoline(t.interpreter);
  } catch (caught) {
    if (!(caught instanceof HookError)) throw caught;
    raiseValueError(caught.message);
  }
}

/** Rows of `sys`. */
export const PERF_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  activate_stack_trampoline: [activate_stack_trampoline, '($module, backend, /)', 'Activate stack profiler trampoline *backend*.'],
  deactivate_stack_trampoline: [(t: Thread) => deactivatePerfTrampoline(t.interpreter), '($module, /)', 'Deactivate the current stack profiler trampoline backend.'],
  is_stack_trampoline_active: [(t: Thread) => isPerfTrampolineActive(t.interpreter), '($module, /)', 'Return *True* if a stack profiler trampoline is active.'],
};
