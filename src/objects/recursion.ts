/** The recursion limit for native code: `repr` of nested lists, comparison chains, calls from native functions. */
import type { Thread } from '../core/thread.ts';
import { RecursionError } from './exception-types.ts';
import { raise } from './raise.ts';

/** Enters a native recursion; `where` ends the message, e.g. " in comparison". Raises RecursionError at the limit. */
export function enterNative(t: Thread, where: string): void {
  if (++t.depth > t.interpreter.recursionLimit) {
    t.depth--;
    raise(RecursionError, `maximum recursion depth exceeded${where}`);
  }
}

/** Leaves what `enterNative` entered. */
export function leaveNative(t: Thread): void {
  t.depth--;
}
