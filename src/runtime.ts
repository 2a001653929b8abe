/** Assembles a Python interpreter out of all rooms but the JIT and the command line. */
import './objects/bootstrap.ts';
import './modules/registry.ts';
import type { MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from './base/protocol.ts';
import { HashTable, PyDict } from './core/containers.ts';
import { Interpreter, Thread, type InterpreterConfig, type Scheduler } from './core/thread.ts';
import { enterFunction } from './interp/evaluate.ts';
import { InterpreterService } from './interpreters/service.ts';
import { handleSignals } from './modules/_signal.ts';
import { makeStandardStreams } from './modules/_io/standard-streams.ts';
import { reportThreadDeath } from './modules/_thread.ts';
import { LADON_VERSION } from './modules/sys/info.ts';
import { importModule } from './objects/import-hook.ts';
import { DICT_TYPE } from './objects/static-types.ts';
import { installImportlib, makeFirstModules } from './stdlib/bootstrap.ts';
import { CodeCache } from './stdlib/code-cache.ts';
import type { LibraryImporter } from './stdlib/finder.ts';
import { openLibrary } from './stdlib/library.ts';

/** What an interpreter is started with. */
export interface InterpreterParts {
  readonly id: number;
  readonly config: InterpreterConfig;
  readonly importer: LibraryImporter;
  /** The eval breaker word of the interpreter's threads. */
  readonly breaker: Int32Array;
  makeScheduler(interpreter: Interpreter): Scheduler;
}

/** A started interpreter: `import` works; streams are not open and `site` has not run. Returns its main thread. */
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

/** The importer of an interpreter with this configuration. */
export function importerFor(config: InterpreterConfig): LibraryImporter {
  return { library: openLibrary(config.stdlib), cache: new CodeCache(config.cacheFolder, LADON_VERSION, config.optimize), shared: null };
}

/** The life of an interpreter in its worker. */
export function serveInterpreter(task: InterpreterTask, port: MessagePort): void {
  new InterpreterService(task, port, {
    start: (id, config, breaker, makeScheduler) => {
      const thread = startInterpreter({ id, config, importer: importerFor(config), breaker, makeScheduler });
      makeStandardStreams(thread);
      if (config.flags.no_site === 0) importModule(thread, 'site');
      return thread;
    },
    handleSignals,
    reportThreadDeath,
  }).run();
}
