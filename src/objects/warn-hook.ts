/** `warnings.warn` from TypeScript: a door that the `_warnings` module fills, as objects come before modules. */
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';

type WarnFunction = (t: Thread, category: PyType, message: string, stackLevel: number, source: Value) => void;

let implementation: WarnFunction = () => {};

/** Sets the implementation; done once by the `_warnings` module. */
export function setWarn(warnFunction: WarnFunction): void {
  implementation = warnFunction;
}

/** Issues a warning; raises when a filter turns it into an error. Silent until `_warnings` is loaded. */
export function warn(t: Thread, category: PyType, message: string, stackLevel = 1): void {
  implementation(t, category, message, stackLevel, null);
}

/** As `warn`, about `source`, an object that was dropped while it was open: ResourceWarning. */
export function warnAboutResource(t: Thread, category: PyType, message: string, source: Value): void {
  implementation(t, category, message, 1, source);
}
