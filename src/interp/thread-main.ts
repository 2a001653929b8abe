/** The Python function at the bottom of a thread whose target is no Python function. */
import type { PyFunction } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import { compileSource } from './compile-source.ts';
import { runCode } from './run-code.ts';

const SOURCE = 'def thread_main(function, args, kwargs):\n    function(*args, **kwargs)\n';
const STATE = 'thread_main';

/** `thread_main(function, args, kwargs)` of this interpreter, compiled once. */
export function threadMain(t: Thread): PyFunction {
  const { moduleState } = t.interpreter;
  let main = moduleState.get(STATE) as PyFunction | undefined;
  if (main === undefined) {
    const globals = newDict();
    runCode(t, compileSource(t, SOURCE, { filename: '<thread>', mode: 'exec', flags: 0, optimize: 0 }), globals, globals);
    main = tableGetStr(globals.table, 'thread_main') as PyFunction;
    moduleState.set(STATE, main);
  }
  return main;
}
