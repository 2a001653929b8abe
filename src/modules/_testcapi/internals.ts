/** Hooks of plugins for CPython's tests of its internals (Modules/_testinternalcapi.c). */
import { PyList } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { evaluateByDefault, resetFrameEvaluator, setFrameEvaluator } from '../../hooks/frame-evaluator.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { translated } from './hook-errors.ts';

/** Has the names of the functions whose frames are evaluated from now on appended to `list`. */
function set_eval_frame_record(t: Thread, list: Value): void {
  if (!(list instanceof PyList)) raiseTypeError(`argument must be a list, not ${typeName(list)}`);
  translated(() => setFrameEvaluator(t.interpreter, (tt, f) => {
    list.items.push(f.func.name);
    return evaluateByDefault(tt, f);
  }));
}

/** Rows of `_testinternalcapi`. */
export const INTERNAL_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  set_eval_frame_record: [set_eval_frame_record, '!($module, list, /)', 'Record the names of functions whose frames are evaluated.'],
  set_eval_frame_default: [(t: Thread) => resetFrameEvaluator(t.interpreter), '!($module, /)', 'Evaluate frames as usual.'],
};
