/** Assembles a Python interpreter out of all rooms but the JIT and the command line. */
import './objects/bootstrap.ts';
import './modules/registry.ts';
import { HashTable, PyDict } from './core/containers.ts';
import { Interpreter, Thread, type InterpreterConfig, type Scheduler } from './core/thread.ts';
import { enterFunction } from './interp/evaluate.ts';
import { DICT_TYPE } from './objects/static-types.ts';
import { installImportlib, makeFirstModules } from './stdlib/bootstrap.ts';
import type { LibraryImporter } from './stdlib/finder.ts';

/** What an interpreter is started with. */
export interface InterpreterParts {
  readonly id: number;
  readonly config: InterpreterConfig;
  readonly importer: LibraryImporter;
  /** The eval breaker word of the main thread. */
  readonly breaker: Int32Array;
  makeScheduler(interpreter: Interpreter): Scheduler;
}

/** A started interpreter: `import` works; `site` has not run. Returns its main thread. */
export function startInterpreter(parts: InterpreterParts): Thread {
  const interpreter = new Interpreter(parts.id, parts.config);
  interpreter.modules = new PyDict(DICT_TYPE, new HashTable());
  interpreter.entryPoint = enterFunction;
  interpreter.scheduler = parts.makeScheduler(interpreter);
  const thread = new Thread(interpreter, 1, parts.breaker);
  interpreter.mainThread = thread;
  interpreter.threads.set(thread.id, thread);
  makeFirstModules(thread);
  installImportlib(thread, parts.importer);
  return thread;
}
