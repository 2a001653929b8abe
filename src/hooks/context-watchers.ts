/** Watchers of the switches of contexts (PyContext_AddWatcher): `contextvars.Context` objects becoming, or ceasing to be, a thread's current one. */
import type { Interpreter, Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import type { ContextWatch } from '../core/watch.ts';
import { guarded } from './host.ts';
import { ALL_WATCHERS, perInterpreter, WatcherTable } from './watcher-table.ts';

/** Who is told, behind the switch; `context` is the current one now, None outside of all. */
export type ContextWatcher = (t: Thread, context: Value) => void;

const WORDS = { kind: 'context', capital: true, reserved: 0, full: 'no more context watcher IDs available' } as const;

class Watch implements ContextWatch {
  readonly watchers = new WatcherTable<ContextWatcher>(WORDS);
  private readonly interpreter: Interpreter;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  tell(context: Value): void {
    const t = this.interpreter.running;
    this.watchers.forEach(ALL_WATCHERS, (watcher) => {
      guarded(t, () => watcher(t, context), (host) => `Exception ignored in Py_CONTEXT_SWITCHED watcher callback for ${host.repr(t, context)}`);
    });
  }
}

function watchOf(interpreter: Interpreter): Watch {
  return perInterpreter(interpreter, 'hooks.context', () => new Watch(interpreter));
}

/** Adds a watcher; returns its number. Throws HookError when none is free. */
export function addContextWatcher(interpreter: Interpreter, watcher: ContextWatcher): number {
  const watch = watchOf(interpreter);
  const id = watch.watchers.add(watcher, null);
  interpreter.contextWatch = watch;
  return id;
}

/** Removes a watcher. Throws HookError for a number that is none. */
export function clearContextWatcher(interpreter: Interpreter, id: number): void {
  const { watchers } = watchOf(interpreter);
  watchers.remove(id);
  if (watchers.isEmpty) interpreter.contextWatch = null;
}
