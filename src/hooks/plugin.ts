/**
 * Plugins of users: a JavaScript module that is loaded into the worker of every interpreter (`-X plugin=FILE`, `plugins` of the API) and gets the hooks.
 *
 * A plugin runs inside of the interpreter, with all rights of the process and all its records in reach: it is trusted as Ladon's own code is. It must be loadable
 * by `require`: CommonJS, or an ES module without top-level `await` (an interpreter's worker does not turn its event loop while it starts).
 */
import { createRequire } from 'node:module';
import { addr2line } from '../bytecode/location-table.ts';
import { CACHES, OP, OPNAME } from '../bytecode/opcodes.ts';
import { SOURCE_COMPLEX, SOURCE_CONSTANT, SOURCE_COUNT, SOURCE_DOUBLE, SOURCE_ENUMERATE, SOURCE_NUMBER, SOURCE_RANGE, SOURCE_SEQUENCE, SOURCE_TUPLE, SOURCE_UNBOUND, SOURCE_VALUE, SOURCE_ZIP, Site, UNWIND } from '../core/compiled.ts';
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { Frame, NEVER, PyCode, PyFunction, PyGenerator, PyMethod } from '../core/function.ts';
import { InlineCache } from '../core/inline-cache.ts';
import { PyInstance, PyModule } from '../core/instance.ts';
import { PyFloat } from '../core/scalars.ts';
import { Shape } from '../core/shape.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import { PyType } from '../core/type.ts';
import { PyObject, type Value } from '../core/value.ts';
import { addCodeWatcher, clearCodeWatcher } from './code-watchers.ts';
import { getCodeExtra, requestCodeExtraIndex, setCodeExtra } from './code-extras.ts';
import { addContextWatcher, clearContextWatcher } from './context-watchers.ts';
import { trackDeparture } from './departures.ts';
import { addDictWatcher, clearDictWatcher, unwatchDict, watchDict } from './dict-watchers.ts';
import { defaultEntryPoint, getEntryPoint, resetEntryPoint, setEntryPoint } from './entry-points.ts';
import { evaluateByDefault, getFrameEvaluator, resetFrameEvaluator, setFrameEvaluator } from './frame-evaluator.ts';
import { addFunctionWatcher, clearFunctionWatcher } from './function-watchers.ts';
import { HookError } from './hook-error.ts';
import { hookHost } from './host.ts';
import { writePerfMapEntry } from './perf-map.ts';
import { servicesOf } from './services.ts';
import { getTier, setHotness, setTier } from './tier.ts';
import { addTypeWatcher, clearTypeWatcher, unwatchType, watchType } from './type-watchers.ts';
import { visitObjects } from './visit.ts';

/** What a plugin can do; each function takes the interpreter first, or the thread. */
export const HOOKS = {
  addCodeWatcher, clearCodeWatcher, addContextWatcher, clearContextWatcher, addDictWatcher, clearDictWatcher, watchDict, unwatchDict, addFunctionWatcher, clearFunctionWatcher,
  addTypeWatcher, clearTypeWatcher, watchType, unwatchType, visitObjects, trackDeparture, requestCodeExtraIndex, getCodeExtra, setCodeExtra,
  setEntryPoint, getEntryPoint, resetEntryPoint, defaultEntryPoint, setFrameEvaluator, resetFrameEvaluator, getFrameEvaluator, evaluateByDefault, writePerfMapEntry, getTier, setTier, setHotness, servicesOf,
  HookError,
} as const;

/** Classes of the records of Python values, for `instanceof`. */
export const RECORDS = {
  Frame, HashTable, InlineCache, PyBaseException, PyCode, PyDict, PyFloat, PyFunction, PyGenerator, PyInstance, PyList, PyMethod, PyModule, PyObject, PySet, PyTuple, PyType, Shape,
} as const;

/** What a plugin that compiles writes into records and returns (`core/compiled.ts`). */
export const COMPILED = { Site, UNWIND, SOURCE_VALUE, SOURCE_DOUBLE, SOURCE_COMPLEX, SOURCE_CONSTANT, SOURCE_UNBOUND, SOURCE_RANGE, SOURCE_COUNT, SOURCE_SEQUENCE, SOURCE_TUPLE, SOURCE_ENUMERATE, SOURCE_ZIP, SOURCE_NUMBER, NEVER } as const;

/** What code consists of: numbers and names of instructions, their cache units, and the line of a position. */
export const BYTECODE = { OP, OPNAME, CACHES, lineOf: (code: PyCode, position: number): number => addr2line(code.code, position) } as const;

/** What a plugin is installed with. */
export interface PluginContext {
  readonly interpreter: Interpreter;
  /** The main thread. */
  readonly thread: Thread;
  readonly hooks: typeof HOOKS;
  readonly records: typeof RECORDS;
  readonly compiled: typeof COMPILED;
  readonly bytecode: typeof BYTECODE;
  /** `repr(value)`; may raise a Python exception. */
  repr(t: Thread, value: Value): string;
  /** Calls any Python object; the last `keywords.length` of `args` are the values of keywords. */
  call(t: Thread, callee: Value, args: Value[], keywords?: readonly string[]): Value;
  /** Raises a builtin exception: `raise(t, 'ValueError', 'no')`. */
  raise(t: Thread, type: string, message: string): never;
  /** Has `run` called when the interpreter ends in good order, behind the program's own exit functions. */
  atEnd(run: (t: Thread) => void): void;
}

/** A plugin: what its module exports, by name or as its default. */
export interface Plugin {
  /** Called once per interpreter, before its program starts. */
  install(context: PluginContext): void;
}

/** A plugin that cannot be loaded or installed; the interpreter does not start. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
}

function asPlugin(module: unknown): Plugin | null {
  if (typeof module !== 'object' || module === null) return null;
  if ('install' in module && typeof module.install === 'function') return module as Plugin;
  return 'default' in module ? asPlugin(module.default) : null;
}

/** Loads the plugin in the file at `path`, which is absolute, and installs it. Throws PluginError. */
export function loadPlugin(interpreter: Interpreter, path: string): void {
  try {
    const plugin = asPlugin(createRequire(path)(path));
    if (plugin === null) throw new TypeError('it exports no function install');
    const { mainThread } = interpreter;
    plugin.install({
      interpreter, thread: mainThread, hooks: HOOKS, records: RECORDS, compiled: COMPILED, bytecode: BYTECODE,
      repr: (t, value) => hookHost().repr(t, value),
      call: (t, callee, args, keywords) => hookHost().call(t, callee, args, keywords ?? null),
      raise: (t, type, message) => hookHost().raise(t, type, message),
      atEnd: (run) => hookHost().atEnd(mainThread, run),
    });
  } catch (error) {
    throw new PluginError(`plugin ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
