/** Watchers of all functions of an interpreter (PyFunction_AddWatcher): told of a creation behind it, of a change before it. */
import { PyFunction } from '../core/function.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import type { Int, Maybe } from '../core/value.ts';
import { FUNCTION_CREATE, FUNCTION_DESTROY, type FunctionEvent, type FunctionWatch } from '../core/watch.ts';
import { trackDeparture } from './departures.ts';
import { guarded } from './host.ts';
import { visitObjects } from './visit.ts';
import { ALL_WATCHERS, MAX_WATCHERS, perInterpreter, WatcherTable } from './watcher-table.ts';

/** Who is told. */
export interface FunctionWatcher {
  /** CREATE: defaults, closure and annotations come later, without events. MODIFY_*: `value` is the new one, undefined for None. */
  changed(t: Thread, event: FunctionEvent, func: PyFunction, value: Maybe): void;
  /** DESTROY, when Ladon notices (`departures.ts`); the function is gone. Without this method nothing is kept for it; with it each function costs a weak reference. */
  destroyed?(t: Thread, identity: Int): void;
  /** The function's entry point was set or reset (`entry-points.ts`); CPython has no such event. */
  rerouted?(func: PyFunction): void;
  /** Nothing is told of creations: where no watcher wants to know of them, they cost nothing. */
  readonly ignoresCreation?: boolean;
}


const EVENT_NAMES = [
  'PyFunction_EVENT_CREATE', 'PyFunction_EVENT_DESTROY', 'PyFunction_EVENT_MODIFY_CODE', 'PyFunction_EVENT_MODIFY_DEFAULTS', 'PyFunction_EVENT_MODIFY_KWDEFAULTS',
] as const;

const WORDS = { kind: 'func', capital: false, reserved: 0, full: 'no more func watcher IDs available' } as const;

class Watch implements FunctionWatch {
  readonly watchers = new WatcherTable<FunctionWatcher>(WORDS);
  seesCreation = false;
  private readonly interpreter: Interpreter;
  /** Whose end is told of. */
  private readonly tracked = new WeakSet<PyFunction>();

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  tell(event: FunctionEvent, func: PyFunction, value: Maybe): void {
    const t = this.interpreter.running;
    if (event === FUNCTION_CREATE && this.wantsEnds()) this.track(func);
    this.watchers.forEach(ALL_WATCHERS, (watcher) => {
      if (event === FUNCTION_CREATE && watcher.ignoresCreation === true) return;
      guarded(t, () => watcher.changed(t, event, func, value), (host) => `Exception ignored in ${EVENT_NAMES[event]} watcher callback for function ${func.qualname} at ${host.address(func)}`);
    });
  }

  tellRerouted(func: PyFunction): void {
    this.watchers.forEach(ALL_WATCHERS, (watcher) => watcher.rerouted?.(func));
  }

  /** Watchers have come or gone. */
  update(): void {
    this.seesCreation = this.watchers.some((watcher) => watcher.ignoresCreation !== true);
    this.interpreter.functionWatch = this.watchers.isEmpty ? null : this;
  }

  wantsEnds(): boolean {
    return this.watchers.some((watcher) => watcher.destroyed !== undefined);
  }

  track(func: PyFunction): void {
    if (this.tracked.has(func)) return;
    this.tracked.add(func);
    const { watchers } = this;
    trackDeparture(this.interpreter, func, (t, identity) => {
      watchers.forEach(ALL_WATCHERS, (watcher) => {
        guarded(t, () => watcher.destroyed?.(t, identity), () => `Exception ignored in ${EVENT_NAMES[FUNCTION_DESTROY]} watcher callback for function at 0x${identity.toString(16)}`);
      });
    });
  }
}

function watchOf(interpreter: Interpreter): Watch {
  return perInterpreter(interpreter, 'hooks.function', () => new Watch(interpreter));
}

/** Adds a watcher; returns its number, which is the last one with `isLast`. With `destroyed`, finds the functions that exist already. Throws HookError when no number is free. */
export function addFunctionWatcher(interpreter: Interpreter, watcher: FunctionWatcher, isLast = false): number {
  const watch = watchOf(interpreter);
  const id = watch.watchers.add(watcher, isLast ? MAX_WATCHERS - 1 : null);
  watch.update();
  if (watcher.destroyed !== undefined) visitObjects(interpreter, (object) => (object instanceof PyFunction ? watch.track(object) : undefined));
  return id;
}

/** Removes a watcher. Throws HookError for a number that is none. */
export function clearFunctionWatcher(interpreter: Interpreter, id: number): void {
  const watch = watchOf(interpreter);
  watch.watchers.remove(id);
  watch.update();
}
