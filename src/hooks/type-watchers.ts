/**
 * Watchers of classes (PyType_AddWatcher and its like): who watches a class is told that it or one of its bases has changed, behind the change. Once it has been
 * told, further changes are nothing new until somebody has looked an attribute of the class up again.
 */
import type { Interpreter, Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { TypeWatch } from '../core/watch.ts';
import { guarded } from './host.ts';
import { perInterpreter, WatcherTable } from './watcher-table.ts';

/** Who is told. It must not change the class, and should not look its attributes up: that arms the next event. */
export type TypeWatcher = (t: Thread, type: PyType) => void;

/** Number 0 is for a plugin that asks for it, as CPython keeps it for itself. */
const WORDS = { kind: 'type', capital: true, reserved: 1, full: 'no more type watcher IDs available' } as const;

function tableOf(interpreter: Interpreter): WatcherTable<TypeWatcher> {
  return perInterpreter(interpreter, 'hooks.type', () => new WatcherTable<TypeWatcher>(WORDS));
}

class Watch implements TypeWatch {
  bits = 0;
  armed = true;
  private readonly interpreter: Interpreter;
  private readonly watchers: WatcherTable<TypeWatcher>;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
    this.watchers = tableOf(interpreter);
  }

  tell(type: PyType): void {
    const t = this.interpreter.running;
    this.watchers.forEach(this.bits, (watcher, id) => {
      guarded(t, () => watcher(t, type), (host) => `Exception ignored in type watcher callback #${id} for ${host.repr(t, type)}`);
    });
  }
}

/** Adds a watcher; returns its number. `reserved` 0 takes that number. Throws HookError when none is free. */
export function addTypeWatcher(interpreter: Interpreter, watcher: TypeWatcher, reserved: 0 | null = null): number {
  return tableOf(interpreter).add(watcher, reserved);
}

/** Removes a watcher. Throws HookError for a number that is none. */
export function clearTypeWatcher(interpreter: Interpreter, id: number): void {
  tableOf(interpreter).remove(id);
}

/** Has watcher `id` told of the next change of the class. Throws HookError for a number that is none. */
export function watchType(interpreter: Interpreter, id: number, type: PyType): void {
  tableOf(interpreter).check(id);
  type.watch ??= new Watch(interpreter);
  type.watch.bits |= 1 << id;
  type.watch.armed = true;
}

/** Ends that. Throws HookError for a number that is none; a class that is not watched is no mistake. */
export function unwatchType(interpreter: Interpreter, id: number, type: PyType): void {
  tableOf(interpreter).check(id);
  if (type.watch === null) return;
  type.watch.bits &= ~(1 << id);
  if (type.watch.bits === 0) type.watch = null;
}
