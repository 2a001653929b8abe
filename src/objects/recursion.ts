/**
 * The limit of native recursion: `repr` of nested lists, chains of comparisons, Python code that native functions call. As in CPython it is the stack that limits it and not
 * `sys.setrecursionlimit`, which counts Python frames.
 */
import type { Thread } from '../core/thread.ts';
import { RecursionError } from './exception-types.ts';
import { raise } from './raise.ts';

/** Levels that the stack of a worker (`host/worker-limits.ts`) has room for, also where each is a loop of the interpreter, entered from native code, with 3 KB of frames. */
const MOST_LEVELS = 50_000;

/** Enters a native recursion; `where` ends the message, e.g. " in comparison". Raises RecursionError at the limit. */
export function enterNative(t: Thread, where: string): void {
  if (++t.nativeLevels > MOST_LEVELS) {
    t.nativeLevels--;
    raise(RecursionError, `maximum recursion depth exceeded${where}`);
  }
}

/** Leaves what `enterNative` entered. */
export function leaveNative(t: Thread): void {
  t.nativeLevels--;
}
