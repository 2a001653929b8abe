/** Running a frame from native code (generators): a door that the interpreter fills at start, as objects may not import interp. */
import type { PyBaseException } from '../core/exception.ts';
import type { Frame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';

type RunFunction = (t: Thread, frame: Frame, exception: PyBaseException | null) => Value;

let run: RunFunction | null = null;

/** Sets the interpreter's implementation; done once per worker. */
export function setRunFrame(implementation: RunFunction): void {
  run = implementation;
}

/** Runs `frame` until it returns or yields; with `exception`, raises that at the frame's present position first. */
export function runFrame(t: Thread, frame: Frame, exception: PyBaseException | null = null): Value {
  assert(run !== null, 'the interpreter is loaded before generators run');
  return run(t, frame, exception);
}
