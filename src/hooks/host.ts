/** What hooks need of the rooms above: a door that `modules/hook-host.ts` fills at start, as hooks may not import them. */
import { assert } from '../base/assert.ts';
import { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import type { KeywordNames } from '../core/type.ts';
import type { Int, PyObject, Value } from '../core/value.ts';

/** The door. */
export interface HookHost {
  /** Calls `sys.unraisablehook` with this message and without an object. Raises nothing. */
  unraisable(t: Thread, exception: PyBaseException, message: string): void;
  repr(t: Thread, value: Value): string;
  call(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): Value;
  /** Raises the builtin exception of that name; throws HookError where there is none. */
  raise(t: Thread, type: string, message: string): never;
  /** The address that a repr shows: `0x...`. */
  address(value: Value): string;
  /** `id(object)`. */
  identity(object: PyObject): Int;
  /** Lets V8 give up what weak references were asked for: else it keeps their targets until the program ends. */
  releaseKept(): void;
  /** Has `run` called when the interpreter ends. */
  atEnd(t: Thread, run: (t: Thread) => void): void;
}

let host: HookHost | null = null;

/** Fills the door; done once per worker. */
export function setHookHost(implementation: HookHost): void {
  host = implementation;
}

/** What is behind the door. */
export function hookHost(): HookHost {
  assert(host !== null, 'the door of the hooks is filled before the first interpreter starts');
  return host;
}

/** Runs a callback of a plugin. A Python exception that leaves it is reported with `message`; anything else is a bug and passes. */
export function guarded(t: Thread, callback: () => void, message: (host: HookHost) => string): void {
  try {
    callback();
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    const door = hookHost();
    door.unraisable(t, caught, message(door));
  }
}
