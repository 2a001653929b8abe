/** `ladon.jit`: control of the compiler (names after CinderX's `cinderx.jit`). */
import { PyFunction, PyMethod } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { jitControl, type JitControl } from '../hooks/jit-control.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict, newFloat, newList } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import type { NativeModule } from './native-module.ts';

/** Calls and back edges of `auto()`. */
const AUTO_THRESHOLD = 200;

function control(t: Thread): JitControl {
  return jitControl(t.interpreter) ?? raiseRuntimeError('no plugin that compiles is installed in this interpreter');
}

function functionOf(who: string, value: Value): PyFunction {
  const func = value instanceof PyMethod ? value.func : value;
  return func instanceof PyFunction ? func : raiseTypeError(`${who}() argument must be a function written in Python, not ${typeName(value)}`);
}

function dictOf(entries: Iterable<readonly [string, Value]>): Value {
  const dict = newDict();
  for (const [name, value] of entries) tableSetStr(dict.table, name, value);
  return dict;
}

function jit_stats(t: Thread): Value {
  const figures = control(t).figures();
  const failures = figures.failures.map((row) => dictOf([['function', row.function], ['filename', row.filename], ['line', row.line], ['reason', row.reason], ['count', row.count]]));
  return dictOf([
    ['compiled', figures.compiled], ['refused', figures.refused], ['left', figures.left], ['milliseconds', newFloat(figures.milliseconds)], ['size', figures.size],
    ['passes', dictOf([...figures.passMilliseconds].map(([name, time]) => [name, newFloat(time)] as const))], ['failures', newList(failures)],
  ]);
}

function jit_compile_after_n_calls(t: Thread, calls: Value): void {
  const count = intArgument(t, calls, 0);
  if (count < 0) raiseValueError('number of calls must not be negative');
  control(t).setThreshold(count);
}

function jit_suppress(t: Thread, func: Value): Value {
  control(t).setSuppressed(functionOf('jit_suppress', func), true);
  return func;
}

function jit_unsuppress(t: Thread, func: Value): Value {
  control(t).setSuppressed(functionOf('jit_unsuppress', func), false);
  return func;
}

/** The table. */
export const LADON_JIT_MODULE: NativeModule = {
  name: 'ladon.jit',
  doc: 'Control of the compiler: what it compiles, when, and what came of it.',
  functions: {
    enable: [(t: Thread) => control(t).enable(), '($module, /)', 'Compile hot functions from now on.'],
    disable: [(t: Thread, discard: Value) => control(t).disable(discard !== false), '($module, /, deopt_all=True)', 'Compile nothing from now on; unless told otherwise, what is compiled is thrown away.'],
    is_enabled: [(t: Thread) => jitControl(t.interpreter)?.isEnabled ?? false, '($module, /)', 'Whether hot functions are compiled.'],
    auto: [(t: Thread) => { control(t).setThreshold(AUTO_THRESHOLD); control(t).enable(); }, '($module, /)', `Compile functions and loops after ${AUTO_THRESHOLD} calls and iterations.`],
    compile_after_n_calls: [jit_compile_after_n_calls, '($module, calls, /)', 'Compile functions and loops after so many calls and iterations; 0 compiles at the first call.'],
    get_compile_after_n_calls: [(t: Thread) => control(t).threshold, '($module, /)', 'The number set by compile_after_n_calls().'],
    force_compile: [(t: Thread, func: Value) => control(t).forceCompile(functionOf('force_compile', func)), '($module, func, /)', 'Compile a function now. False when it cannot be compiled.'],
    force_uncompile: [(t: Thread, func: Value) => control(t).forceUncompile(functionOf('force_uncompile', func)), '($module, func, /)', 'Throw away what is compiled of a function. False when nothing is.'],
    is_jit_compiled: [(t: Thread, func: Value) => jitControl(t.interpreter)?.isCompiled(functionOf('is_jit_compiled', func)) ?? false, '($module, func, /)', 'Whether calls of a function run compiled code.'],
    disassemble: [(t: Thread, func: Value) => control(t).disassemble(functionOf('disassemble', func)), '($module, func, /)', 'The JavaScript that a function was compiled to, or None.'],
    get_compiled_functions: [(t: Thread) => newList(control(t).compiledFunctions()), '($module, /)', 'All functions with compiled code.'],
    jit_suppress: [jit_suppress, '($module, func, /)', 'A decorator: the function is not compiled.'],
    jit_unsuppress: [jit_unsuppress, '($module, func, /)', 'Undo jit_suppress().'],
    stats: [jit_stats, '($module, /)', 'Figures since the interpreter started; "failures" lists guards that failed, by line.'],
  },
};
