/** What a debugger does to frames: a door that the interpreter fills, as objects come before it. */
import type { PyFrame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { assert } from '../base/assert.ts';

/** The interpreter's side. */
export interface FrameHooks {
  /** An assignment to `f_lineno`. Raises ValueError when the frame cannot go on there. */
  jumpToLine(t: Thread, frame: PyFrame, line: number): void;
  /** Some frame wants events of opcodes. */
  opcodesWanted(t: Thread): void;
}

let hooks: FrameHooks | null = null;

/** Sets the implementation; done once. */
export function setFrameHooks(implementation: FrameHooks): void {
  hooks = implementation;
}

/** See `FrameHooks`. */
export function jumpToLine(t: Thread, frame: PyFrame, line: number): void {
  assert(hooks !== null, 'the interpreter is loaded before frames are seen');
  hooks.jumpToLine(t, frame, line);
}

/** See `FrameHooks`. */
export function opcodesWanted(t: Thread): void {
  hooks?.opcodesWanted(t);
}
