/**
 * Streams with unwritten data. Without reference counts a stream that nobody closed is closed late (`objects/finalize.ts`), and a program reads the file that it
 * has just written by `open(path, 'w').write(text)`. So streams over files are flushed before anybody opens or looks at a file and before a child process
 * starts, and all of them when the interpreter ends.
 */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyObject } from '../../core/value.ts';
import { callMethod } from '../../objects/call.ts';
import { addFinalizerHolder } from '../../objects/finalize.ts';
import { addFinalizer } from '../../objects/finalizers.ts';

const STATE = '_io dirty streams';

interface Dirty {
  /** Streams over builtin files beyond the standard ones: flushing them runs no Python code. In order of their first write. */
  files: Set<PyObject>;
  others: Set<PyObject>;
}

function stateOf(t: Thread): Dirty | undefined {
  return t.interpreter.moduleState.get(STATE) as Dirty | undefined;
}

function makeState(t: Thread): Dirty {
  const state: Dirty = { files: new Set(), others: new Set() };
  t.interpreter.moduleState.set(STATE, state);
  addFinalizer(t, flushAll);
  return state;
}

/** Notes that `stream` has data that `flush` must write; `isFile` when all below it is builtin, down to a file that is no standard stream. */
export function noteDirty(t: Thread, stream: PyObject, isFile: boolean): void {
  const state = stateOf(t) ?? makeState(t);
  (isFile ? state.files : state.others).add(stream);
}

/** The stream is closed: it has nothing to write any more. */
export function forgetDirty(t: Thread, stream: PyObject): void {
  const state = stateOf(t);
  if (state?.files.delete(stream) === false) state.others.delete(stream);
}

/** Flushes one; errors of streams that were closed or broken meanwhile are of no use to anybody here: `close` raises them. */
function flush(t: Thread, stream: PyObject): boolean {
  try {
    callMethod(t, stream, 'flush');
    return true;
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return false;
  }
}

/** Writes what streams over files hold back: files are about to be looked at. */
export function flushFiles(t: Thread): void {
  const state = stateOf(t);
  if (state === undefined || state.files.size === 0) return;
  const streams = state.files;
  state.files = new Set();
  for (const stream of streams) if (!flush(t, stream)) state.files.add(stream);
}

function flushAll(t: Thread): void {
  flushFiles(t);
  const { others } = stateOf(t)!;
  for (const stream of [...others].reverse()) flush(t, stream);
  others.clear();
}

/** For a collection: lets the streams go, so that those which nobody else holds are closed. */
addFinalizerHolder((t) => {
  const state = stateOf(t);
  if (state === undefined) return () => undefined;
  const weak = (streams: Set<PyObject>): WeakRef<PyObject>[] => [...streams].map((stream) => new WeakRef(stream));
  const alive = (held: readonly WeakRef<PyObject>[]): Set<PyObject> => new Set(held.map((one) => one.deref()).filter((stream): stream is PyObject => stream !== undefined));
  const [files, others] = [weak(state.files), weak(state.others)];
  state.files.clear();
  state.others.clear();
  return () => {
    state.files = alive(files);
    state.others = alive(others);
  };
});
