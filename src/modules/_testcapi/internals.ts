/** Hooks of plugins for CPython's tests of its internals (Modules/_testinternalcapi.c). */
import { PyList } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { evaluateByDefault, resetFrameEvaluator, setFrameEvaluator } from '../../hooks/frame-evaluator.ts';
import { closePerfMap, writePerfMapEntry } from '../../hooks/perf-map.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { translated } from './hook-errors.ts';

/** Has the names of the functions whose frames are evaluated from now on appended to `list`. */
function set_eval_frame_record(t: Thread, list: Value): void {
  if (!(list instanceof PyList)) raiseTypeError(`argument must be a list, not ${typeName(list)}`);
  translated(() => setFrameEvaluator(t.interpreter, (tt, f) => {
    list.items.push(f.func.name);
    return evaluateByDefault(tt, f);
  }));
}

function write_perf_map_entry(t: Thread, address: Value, size: Value, name: Value): Value {
  const text = asStr(name) ?? raiseTypeError(`argument 3 must be str, not ${typeName(name)}`);
  return writePerfMapEntry(t.interpreter, BigInt(toIndex(t, address)), intArgument(t, size, 0), text) ? 0 : -1;
}

/** Rows of `_testinternalcapi`. */
export const INTERNAL_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  set_eval_frame_record: [set_eval_frame_record, '!($module, list, /)', 'Record the names of functions whose frames are evaluated.'],
  set_eval_frame_default: [(t: Thread) => resetFrameEvaluator(t.interpreter), '!($module, /)', 'Evaluate frames as usual.'],
  write_perf_map_entry: [write_perf_map_entry, '!($module, address, size, name, /)', 'Name machine code for perf.'],
  perf_map_state_teardown: [(t: Thread) => closePerfMap(t.interpreter), '!($module, /)', 'Close the file of names.'],
};
