/**
 * V8's collector, called from inside a running program.
 *
 * V8 keeps the target of a WeakRef until the present job of the event loop ends, and a Python program is one job from start to end. A job of its own is run
 * here in between: a context with a microtask queue of its own does a checkpoint after each evaluation, and a checkpoint gives up what was kept.
 */
import { setFlagsFromString } from 'node:v8';
import { createContext, runInNewContext, Script, type Context } from 'node:vm';

let checkpoint: { readonly script: Script; readonly context: Context } | null = null;
let collector: (() => void) | null = null;

/** Gives up the targets of weak references that V8 has kept since the last time. Takes a few microseconds; runs no Python code. */
export function releaseKeptObjects(): void {
  checkpoint ??= { script: new Script('0'), context: createContext({}, { microtaskMode: 'afterEvaluate' }) };
  checkpoint.script.runInContext(checkpoint.context);
}

/** Weak references made between two times that V8 is told to let go of what they refer to: 4 µs for each of them would be too much, and what they hold may be large. */
const RELEASE_EVERY = 32;
let made = 0;

/** A weak reference; now and then those made before stop holding what they refer to. */
export function newWeakReference<T extends object>(target: T): WeakRef<T> {
  if (++made % RELEASE_EVERY === 0) releaseKeptObjects();
  return new WeakRef(target);
}

/** A full collection, after which weak references to what nothing else holds are dead. Takes tens of milliseconds. */
export function collectNow(): void {
  if (collector === null) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as () => void;
  }
  releaseKeptObjects();
  collector();
}
