/** What native modules have to do when the interpreter ends, after the program's own exit functions: a list per interpreter. */
import type { Thread } from '../core/thread.ts';

const STATE = 'finalizers';

type Finalizer = (t: Thread) => void;

/** Has `run` called at the end of the interpreter. It must not raise. */
export function addFinalizer(t: Thread, run: Finalizer): void {
  const list = t.interpreter.moduleState.get(STATE) as Finalizer[] | undefined;
  if (list === undefined) t.interpreter.moduleState.set(STATE, [run]);
  else list.push(run);
}

/** Calls them in order; called once by the interpreter's end. */
export function runFinalizers(t: Thread): void {
  for (const run of (t.interpreter.moduleState.get(STATE) as Finalizer[] | undefined) ?? []) run(t);
}
