/** `warnings.warn_explicit` from the compiler: a door that `_warnings` fills. */
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';

type WarnExplicit = (t: Thread, category: PyType, message: string, filename: string, line: number) => void;

let implementation: WarnExplicit = () => undefined;

/** Sets the implementation; done once by `_warnings`. */
export function setWarnExplicit(warn: WarnExplicit): void {
  implementation = warn;
}

/** Issues a warning for a place in a source file; raises when a filter turns it into an error. */
export function warnExplicit(t: Thread, category: PyType, message: string, filename: string, line: number): void {
  implementation(t, category, message, filename, line);
}
