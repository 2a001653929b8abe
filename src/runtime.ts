/** Assembles a Python interpreter out of all rooms but the JIT and the command line. */
import './objects/bootstrap.ts';
import './modules/registry.ts';
import type { MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from './base/protocol.ts';
import { HashTable, PyDict } from './core/containers.ts';
import { Interpreter, Thread, type InterpreterConfig, type Scheduler, type SupervisorAnswer } from './core/thread.ts';
import { installCollector } from './interp/collector.ts';
import { enterFunction } from './interp/evaluate.ts';
import { frameSeen, mustEvict, setFrameLocal } from './interp/seen-frames.ts';
import { linkFrames, placeFrame, settleFrames } from './interp/tier-switch.ts';
import { activatePerfTrampoline } from './hooks/perf-trampoline.ts';
import { loadPlugin } from './hooks/plugin.ts';
import { InterpreterService } from './interpreters/service.ts';
import { handleSignals } from './modules/_signal.ts';
import { makeStandardStreams } from './modules/_io/standard-streams.ts';
import { setHardExit } from './modules/posix/process.ts';
import { setStdinDoor, type StdinDoor } from './modules/stdin-door.ts';
import { unreachable } from './base/assert.ts';
import { raiseDeadlock, reportThreadDeath } from './modules/_thread.ts';
import { setGilFigures } from './modules/ladon.ts';
import { ThreadScheduler } from './sched/thread-scheduler.ts';
import { readGilStats } from './sync/gil.ts';
import { LADON_VERSION } from './base/version.ts';
import { installPlugins } from './plugins.ts';
import { importModule } from './objects/import-hook.ts';
import { DICT_TYPE } from './objects/static-types.ts';
import { installImportlib, makeFirstModules } from './stdlib/bootstrap.ts';
import { CodeCache } from './stdlib/code-cache.ts';
import { keepStartPack, type LibraryImporter } from './stdlib/finder.ts';
import { attachHeap } from './heap/heap.ts';
import { SharedCode } from './stdlib/shared-code.ts';
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
  interpreter.settleFrames = settleFrames;
  interpreter.linkFrames = linkFrames;
  interpreter.placeFrame = placeFrame;
  interpreter.frameSeen = frameSeen;
  interpreter.setFrameLocal = setFrameLocal;
  interpreter.mustEvict = mustEvict;
  interpreter.scheduler = parts.makeScheduler(interpreter);
  const thread = new Thread(interpreter, 1, parts.breaker);
  interpreter.mainThread = thread;
  interpreter.running = thread;
  interpreter.threads.set(thread.id, thread);
  installPlugins(thread);
  installCollector(interpreter);
  makeFirstModules(thread);
  installImportlib(thread, parts.importer);
  return thread;
}

/** The importer of an interpreter with this configuration; `shared` null without an immortal heap. */
export function importerFor(config: InterpreterConfig, shared: SharedCode | null): LibraryImporter {
  return { library: openLibrary(config.stdlib), cache: new CodeCache(config.cacheFolder, LADON_VERSION, config.optimize), shared, counts: { compiled: 0, fromDisk: 0, fromHeap: 0 }, loaded: new Map() };
}

/** Standard input comes from the supervisor, so that a waiting thread can be interrupted; what arrives after an interrupt is kept for the next read. */
function supervisorInput(interpreter: Interpreter): StdinDoor {
  let pending: SupervisorAnswer | null = null;
  let watched: SupervisorAnswer | null = null;
  return {
    read: (t, bytes) => {
      const answer = pending ?? interpreter.ask!('stdin', bytes.length);
      pending = answer;
      interpreter.scheduler.block(t, { reason: 'read of standard input', deadline: Infinity, ready: () => answer.ready(), finish: () => null });
      pending = null;
      watched = null;
      const chunk = answer.finish() as Uint8Array;
      bytes.set(chunk);
      return chunk.length;
    },
    ready: () => (pending ?? (watched ??= interpreter.ask!('stdin.wait', null))).ready(),
    pending: () => interpreter.ask!('stdin.pending', null).settle() as number,
  };
}

/** What `ladon.gil_stats()` shows: the shared GIL's figures (zero in `own-gil` mode) and those of this interpreter's scheduler. */
function gilFigures(interpreter: Interpreter, statistics: SharedArrayBuffer): Record<string, number | readonly number[]> {
  const scheduler = interpreter.scheduler;
  const own = scheduler instanceof ThreadScheduler ? scheduler.statistics : {};
  return { ...readGilStats(new Float64Array(statistics), 0), ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`thread_${name}`, value as number])) };
}

/** `os._exit`: the supervisor ends the process; this worker waits for it. */
function exitProcess(t: Thread, status: number): never {
  t.interpreter.ask?.('exit', status);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return unreachable('the process has ended');
}

/** The life of an interpreter in its worker. */
export function serveInterpreter(task: InterpreterTask, port: MessagePort, started: () => void): void {
  setHardExit(exitProcess);
  const heap = attachHeap(task.heap);
  new InterpreterService(task, port, {
    heap,
    start: (id, config, breaker, makeScheduler) => {
      const importer = importerFor(config, new SharedCode(heap, task.slot + 1));
      const thread = startInterpreter({ id, config, importer, breaker, makeScheduler });
      setStdinDoor(supervisorInput(thread.interpreter));
      makeStandardStreams(thread);
      // As in CPython: the module reads `-W` and PYTHONWARNINGS when it is imported, and warnings may come before a program imports it.
      if (config.warnOptions.length > 0) importModule(thread, 'warnings');
      if (config.flags.no_site === 0) importModule(thread, 'site');
      setGilFigures(thread.interpreter, () => gilFigures(thread.interpreter, task.statistics));
      keepStartPack(importer);
      for (const plugin of config.plugins) loadPlugin(thread.interpreter, plugin);
      if (config.perf !== null) activatePerfTrampoline(thread.interpreter);
      started();
      return thread;
    },
    handleSignals,
    reportThreadDeath,
    raiseDeadlock,
  }).run();
}
