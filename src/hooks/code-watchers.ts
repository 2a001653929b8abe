/** Watchers of all code objects of an interpreter (PyCode_AddWatcher). */
import { PyCode } from '../core/function.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import type { Int } from '../core/value.ts';
import { CODE_CREATE, CODE_DESTROY, type CodeEvent, type CodeWatch } from '../core/watch.ts';
import { trackDeparture } from './departures.ts';
import { guarded } from './host.ts';
import { visitObjects } from './visit.ts';
import { ALL_WATCHERS, perInterpreter, WatcherTable } from './watcher-table.ts';

/** Who is told. */
export interface CodeWatcher {
  /** CREATE: this interpreter has made its object for a code object, which happens when the code is first used here (`objects/code.ts`). */
  created(t: Thread, code: PyCode): void;
  /** DESTROY, when Ladon notices (`departures.ts`); the code is gone. Without this method nothing is kept for it. */
  destroyed?(t: Thread, identity: Int): void;
}

const EVENT_NAMES = ['PY_CODE_EVENT_CREATE', 'PY_CODE_EVENT_DESTROY'] as const;
const WORDS = { kind: 'code', capital: true, reserved: 0, full: 'no more code watcher IDs available' } as const;

class Watch implements CodeWatch {
  readonly watchers = new WatcherTable<CodeWatcher>(WORDS);
  private readonly interpreter: Interpreter;
  private readonly tracked = new WeakSet<PyCode>();

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  tell(_event: CodeEvent, code: PyCode): void {
    const t = this.interpreter.running;
    if (this.watchers.some((watcher) => watcher.destroyed !== undefined)) this.track(code);
    this.watchers.forEach(ALL_WATCHERS, (watcher) => {
      guarded(t, () => watcher.created(t, code), (host) => `Exception ignored in ${EVENT_NAMES[CODE_CREATE]} watcher callback for ${host.repr(t, code)}`);
    });
  }

  track(code: PyCode): void {
    if (this.tracked.has(code)) return;
    this.tracked.add(code);
    const { watchers } = this;
    trackDeparture(this.interpreter, code, (t, identity) => {
      watchers.forEach(ALL_WATCHERS, (watcher) => {
        guarded(t, () => watcher.destroyed?.(t, identity), () => `Exception ignored in ${EVENT_NAMES[CODE_DESTROY]} watcher callback for code object at 0x${identity.toString(16)}`);
      });
    });
  }
}

function watchOf(interpreter: Interpreter): Watch {
  return perInterpreter(interpreter, 'hooks.code', () => new Watch(interpreter));
}

/** Adds a watcher; returns its number. With `destroyed`, finds the code objects that exist already. Throws HookError when no number is free. */
export function addCodeWatcher(interpreter: Interpreter, watcher: CodeWatcher): number {
  const watch = watchOf(interpreter);
  const id = watch.watchers.add(watcher, null);
  interpreter.codeWatch = watch;
  if (watcher.destroyed !== undefined) visitObjects(interpreter, (object) => (object instanceof PyCode ? watch.track(object) : undefined));
  return id;
}

/** Removes a watcher. Throws HookError for a number that is none. */
export function clearCodeWatcher(interpreter: Interpreter, id: number): void {
  const { watchers } = watchOf(interpreter);
  watchers.remove(id);
  if (watchers.isEmpty) interpreter.codeWatch = null;
}
