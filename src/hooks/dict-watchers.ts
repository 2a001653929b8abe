/**
 * Watchers of dicts (PyDict_AddWatcher and its like): who watches a dict is told of each change before it is made.
 *
 * INV-1: a table has a watch record while some watcher watches its dict, and only then: writes to other dicts compare one field with null.
 * INV-2: numbers are reused: whoever takes the number of a watcher that was removed is told of the dicts that it watched, as in CPython.
 */
import type { PyDict } from '../core/containers.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import type { Int, Maybe } from '../core/value.ts';
import { DICT_DEALLOCATED, type DictEvent, type DictWatch } from '../core/watch.ts';
import { trackDeparture } from './departures.ts';
import { guarded } from './host.ts';
import { perInterpreter, WatcherTable } from './watcher-table.ts';

/** Who is told. Callbacks run in the middle of a write: they must not change the dict. */
export interface DictWatcher {
  /**
   * ADDED, MODIFIED: `key` and the new `value`. DELETED: `key`. CLONED: `key` is the dict whose entries this one, empty, is about to get. CLEARED: neither.
   * Setting an item to the identical value is no event; setting an attribute so is (as in CPython).
   */
  changed(t: Thread, event: DictEvent, dict: PyDict, key: Maybe, value: Maybe): void;
  /** DEALLOCATED, when Ladon notices (`departures.ts`); the dict is gone. Without this method nothing is kept for it. */
  deallocated?(t: Thread, identity: Int): void;
}

const EVENT_NAMES = ['PyDict_EVENT_ADDED', 'PyDict_EVENT_MODIFIED', 'PyDict_EVENT_DELETED', 'PyDict_EVENT_CLONED', 'PyDict_EVENT_CLEARED', 'PyDict_EVENT_DEALLOCATED'] as const;

/** The first two numbers are for plugins that ask for them, as CPython keeps them for itself. */
const WORDS = { kind: 'dict', capital: true, reserved: 2, full: 'no more dict watcher IDs available' } as const;

function tableOf(interpreter: Interpreter): WatcherTable<DictWatcher> {
  return perInterpreter(interpreter, 'hooks.dict', () => new WatcherTable<DictWatcher>(WORDS));
}

class Watch implements DictWatch {
  bits = 0;
  readonly dict: WeakRef<PyDict>;
  private readonly interpreter: Interpreter;
  private readonly watchers: WatcherTable<DictWatcher>;
  private isTracked = false;

  constructor(interpreter: Interpreter, dict: PyDict) {
    this.dict = new WeakRef(dict);
    this.interpreter = interpreter;
    this.watchers = tableOf(interpreter);
  }

  tell(event: DictEvent, key: Maybe, value: Maybe): void {
    const dict = this.dict.deref();
    if (dict === undefined) return;
    const t = this.interpreter.running;
    this.watchers.forEach(this.bits, (watcher) => {
      guarded(t, () => watcher.changed(t, event, dict, key, value), (host) => `Exception ignored in ${EVENT_NAMES[event]} watcher callback for <dict at ${host.address(dict)}>`);
    });
  }

  /** Others may watch it as well. */
  end(): void {}

  /** Tells the dict's end to those who want to know and watch it then. */
  track(dict: PyDict): void {
    if (this.isTracked) return;
    this.isTracked = true;
    const { watchers } = this;
    trackDeparture(this.interpreter, dict, (t, identity) => {
      watchers.forEach(this.bits, (watcher) => {
        guarded(t, () => watcher.deallocated?.(t, identity), () => `Exception ignored in ${EVENT_NAMES[DICT_DEALLOCATED]} watcher callback for <dict at 0x${identity.toString(16)}>`);
      });
    });
  }
}

/** Adds a watcher; returns its number. `reserved` 0 or 1 takes that number. Throws HookError when none is free. */
export function addDictWatcher(interpreter: Interpreter, watcher: DictWatcher, reserved: 0 | 1 | null = null): number {
  return tableOf(interpreter).add(watcher, reserved);
}

/** Removes a watcher. Throws HookError for a number that is none. */
export function clearDictWatcher(interpreter: Interpreter, id: number): void {
  tableOf(interpreter).remove(id);
}

/** Has watcher `id` told of the dict's changes. Throws HookError for a number that is none. */
export function watchDict(interpreter: Interpreter, id: number, dict: PyDict): void {
  const watchers = tableOf(interpreter);
  watchers.check(id);
  const { table } = dict;
  table.watch?.end();
  const watch = table.watch instanceof Watch ? table.watch : new Watch(interpreter, dict);
  watch.bits |= 1 << id;
  table.watch = watch;
  watchers.forEach(1 << id, (watcher) => {
    if (watcher.deallocated !== undefined) watch.track(dict);
  });
}

/** Ends that. Throws HookError for a number that is none; a dict that is not watched is no mistake. */
export function unwatchDict(interpreter: Interpreter, id: number, dict: PyDict): void {
  tableOf(interpreter).check(id);
  const { table } = dict;
  if (!(table.watch instanceof Watch)) return;
  table.watch.bits &= ~(1 << id);
  if (table.watch.bits === 0) table.watch = null;
}
