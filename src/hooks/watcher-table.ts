/** The watchers of one kind in one interpreter: at most eight, named by number, as in CPython (dicts and types spend a bit of each watched object on one). */
import type { Interpreter } from '../core/thread.ts';
import { HookError } from './hook-error.ts';

/** Watchers of one kind per interpreter (DICT_MAX_WATCHERS and its like). */
export const MAX_WATCHERS = 8;

/** How a kind of watcher is spoken of, in CPython's words. */
export interface WatcherWords {
  /** `dict`, `type`, ... */
  readonly kind: string;
  /** Whether messages start in upper case: those of functions do not. */
  readonly capital: boolean;
  /** How many of the first numbers only a plugin that asks for them by number gets. */
  readonly reserved: number;
  /** `no more dict watcher IDs available` */
  readonly full: string;
}

/** The numbers of one kind. */
export class WatcherTable<Watcher> {
  private readonly words: WatcherWords;
  private readonly watchers: (Watcher | null)[] = new Array<Watcher | null>(MAX_WATCHERS).fill(null);

  constructor(words: WatcherWords) {
    this.words = words;
  }

  /** Adds a watcher and returns its number: the first free one, or `reserved`. Throws HookError when there is none. */
  add(watcher: Watcher, reserved: number | null): number {
    const first = reserved ?? this.watchers.indexOf(null, this.words.reserved);
    if (first < 0 || this.watchers[first] !== null) throw new HookError('runtime', this.words.full);
    this.watchers[first] = watcher;
    return first;
  }

  /** Frees a number. Throws HookError for one that is none or not in use. */
  remove(id: number): void {
    this.check(id);
    this.watchers[id] = null;
  }

  /** Throws HookError unless `id` is the number of a watcher. */
  check(id: number): void {
    const { kind, capital } = this.words;
    if (!(id >= 0 && id < MAX_WATCHERS)) throw new HookError('value', `${capital ? 'Invalid' : 'invalid'} ${kind} watcher ID ${id}`);
    if (this.watchers[id] === null) throw new HookError('value', `${capital ? 'No' : 'no'} ${kind} watcher set for ID ${id}`);
  }

  get isEmpty(): boolean {
    return this.watchers.every((watcher) => watcher === null);
  }

  /** Whether a watcher satisfies `test`. */
  some(test: (watcher: Watcher) => boolean): boolean {
    return this.watchers.some((watcher) => watcher !== null && test(watcher));
  }

  /** Calls `visit` for the watchers whose bit is set, by number. */
  forEach(bits: number, visit: (watcher: Watcher, id: number) => void): void {
    for (let id = 0; id < MAX_WATCHERS; id++) {
      const watcher = this.watchers[id];
      if (watcher !== null && watcher !== undefined && (bits & (1 << id)) !== 0) visit(watcher, id);
    }
  }
}

/** All bits. */
export const ALL_WATCHERS = (1 << MAX_WATCHERS) - 1;

/** The value that `make` made for this interpreter under `key`, made at the first call. */
export function perInterpreter<T>(interpreter: Interpreter, key: string, make: () => T): T {
  const known = interpreter.moduleState.get(key) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  interpreter.moduleState.set(key, made);
  return made;
}
