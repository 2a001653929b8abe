/** Streams with unwritten data, to be flushed when the interpreter ends: the collector runs too late for files that nobody closed. */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyObject } from '../../core/value.ts';
import { callMethod } from '../../objects/call.ts';
import { addFinalizer } from '../../objects/finalizers.ts';

const STATE = '_io dirty streams';

/** Notes that `stream` has data that `flush` must write. */
export function noteDirty(t: Thread, stream: PyObject): void {
  let streams = t.interpreter.moduleState.get(STATE) as Set<PyObject> | undefined;
  if (streams === undefined) {
    t.interpreter.moduleState.set(STATE, (streams = new Set()));
    addFinalizer(t, flushDirtyStreams);
  }
  streams.add(stream);
}

/** Flushes them, the outer ones first; errors of streams that were closed or broken meanwhile are of no use to anybody. */
export function flushDirtyStreams(t: Thread): void {
  const streams = t.interpreter.moduleState.get(STATE) as Set<PyObject> | undefined;
  for (const stream of [...(streams ?? [])].reverse()) {
    try {
      callMethod(t, stream, 'flush');
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
    }
  }
  streams?.clear();
}
