/**
 * What watched things hold of those who watch them: null, for nearly all, is the whole cost of a write. The registries are in `hooks/`.
 *
 * Source: PyDict_WatchEvent, PyType_Watch, PyFunction_WatchEvent, PyCodeEvent and PyContextEvent of CPython's C API.
 */
import type { PyDict } from './containers.ts';
import type { PyCode, PyFunction } from './function.ts';
import type { PyType } from './type.ts';
import type { Maybe, Value } from './value.ts';

/** Events of a dict, with CPython's numbers. */
export const DICT_ADDED = 0;
export const DICT_MODIFIED = 1;
export const DICT_DELETED = 2;
export const DICT_CLONED = 3;
export const DICT_CLEARED = 4;
export const DICT_DEALLOCATED = 5;
export type DictEvent = 0 | 1 | 2 | 3 | 4 | 5;

/** Events of a function, with CPython's numbers. */
export const FUNCTION_CREATE = 0;
export const FUNCTION_DESTROY = 1;
export const FUNCTION_MODIFY_CODE = 2;
export const FUNCTION_MODIFY_DEFAULTS = 3;
export const FUNCTION_MODIFY_KWDEFAULTS = 4;
export type FunctionEvent = 0 | 1 | 2 | 3 | 4;

/** Events of a code object, with CPython's numbers. */
export const CODE_CREATE = 0;
export const CODE_DESTROY = 1;
export type CodeEvent = 0 | 1;

/** Is told of the changes of one table; `HashTable.watch`. */
export interface TableWatch {
  /** Tells of an event before it takes effect; raises nothing. */
  tell(event: DictEvent, key: Maybe, value: Maybe): void;
  /** The table is about to get a watcher of dicts, or to refuse writes. */
  end(): void;
}

/** Watches one dict for those who ask for it (`hooks/dict-watchers.ts`). */
export interface DictWatch extends TableWatch {
  /** The dict, held weakly: its table holds this record. */
  readonly dict: WeakRef<PyDict>;
  /** Bit i is set when watcher i watches the dict. */
  bits: number;
}

/** Watches one class; `PyType.watch`. */
export interface TypeWatch {
  /** Bit i is set when watcher i watches the class. */
  bits: number;
  /** Whether the next change is told of although nobody has looked the class up since the last. */
  armed: boolean;
  /** Tells that the class or one of its bases has changed; raises nothing. */
  tell(type: PyType): void;
}

/** Watches all functions of an interpreter. */
export interface FunctionWatch {
  /** Whether somebody wants to know of creations. */
  seesCreation: boolean;
  /** Tells of a creation behind it, of a change before it; raises nothing. */
  tell(event: FunctionEvent, func: PyFunction, value: Maybe): void;
  /** Tells, behind it, that the function's entry point was set. */
  tellRerouted(func: PyFunction): void;
}

/** Watches all code objects of an interpreter. */
export interface CodeWatch {
  /** Tells of a creation; raises nothing. */
  tell(event: CodeEvent, code: PyCode): void;
}

/** Watches the switches of contexts of an interpreter's threads. */
export interface ContextWatch {
  /** Tells that `context` (None outside of all) is the running thread's now; raises nothing. */
  tell(context: Value): void;
}
