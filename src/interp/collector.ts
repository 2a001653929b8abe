/** Collections of a running interpreter: what they must not find held, and the finalisers and callbacks that follow. `gc.collect()`, and on request of finalisers. */
import { listInstructions } from '../bytecode/instruction-list.ts';
import { DOOR_SIZE, placesOf, RECORD_HEAD, siteAt, type Site } from '../core/compiled.ts';
import type { Frame } from '../core/function.ts';
import { BREAKER_LEAVE_LOOP, type Interpreter, type Thread, topFrame } from '../core/thread.ts';
import { tellDepartures } from '../hooks/departures.ts';
import { collectWithFinalizers, releaseYoung, startFinalizers } from '../objects/finalize.ts';
import { runWeakrefCallbacks } from '../objects/weakref.ts';
import { markStacks } from './instrument/stack-kinds.ts';

/** How high the evaluation stack may stand at `pc`: in the instruction before it, which may be a call under way, or before the one there, which comes next. */
function stackHeight(f: Frame): number {
  const { code } = f.code;
  const stacks = markStacks(code);
  const under = listInstructions(code).findLast(({ start }) => start <= f.pc - 1)?.start ?? 0;
  return Math.max(stacks[under]?.length ?? 0, stacks[f.pc]?.length ?? 0);
}

function forgetPlaces(records: unknown[], base: number, site: Site): void {
  const needed = placesOf(site);
  for (let place = 0; place < site.size - RECORD_HEAD; place++) if (!needed.has(place)) records[base + RECORD_HEAD + place] = undefined;
}

/** Clears what compiled activations have left in their records and no longer need: only what its site names is relied on. */
function forgetStaleRecords(t: Thread): void {
  const { records } = t;
  records.fill(undefined, t.top);
  for (let base = 0; base < t.top;) {
    const site = siteAt(records, base);
    if (site !== null) forgetPlaces(records, base, site);
    base += site === null ? DOOR_SIZE : site.size;
  }
}

/** Evaluation stacks keep what was popped from them until something is pushed there: nothing of that may hold what nobody else holds. */
function forgetStale(t: Thread): void {
  for (const thread of t.interpreter.threads.values()) {
    thread.methodSelf = undefined;
    forgetStaleRecords(thread);
    for (let f = topFrame(thread); f !== null; f = f.back) f.stack.fill(undefined, f.code.nlocalsplus + stackHeight(f));
  }
}

/**
 * A full collection by V8; then finalisers, and callbacks of weak references that are dead now. Up to `rounds` times, as what a finalised object held may be
 * dead afterwards. Returns whether any of them ran.
 */
export function collectGarbage(t: Thread, rounds: number): boolean {
  forgetStale(t);
  let ranCallback = false;
  const ranFinalizer = collectWithFinalizers(t, rounds, () => {
    ranCallback = runWeakrefCallbacks(t) || ranCallback;
    ranCallback = tellDepartures(t) || ranCallback;
  });
  return ranFinalizer || ranCallback;
}

/** Has `task` run with no loop on top of the JavaScript stack, whose registers may hold what the program has dropped; in place of one that was to run so. */
export function runBelowLoop(t: Thread, task: (t: Thread) => void): void {
  t.interpreter.loopTask = task;
  Atomics.or(t.breaker, 0, BREAKER_LEAVE_LOOP);
}

/** Makes this interpreter the one whose objects are finalised, and that collects when they ask for it. */
export function installCollector(interpreter: Interpreter): void {
  startFinalizers(() => {
    if (interpreter.finalizing) return;
    // A finaliser that waits holds the JavaScript stack, and with it whoever runs below: several threads may come to wait for each other.
    if (interpreter.threads.size > 1) releaseYoung();
    else if (interpreter.loopTask === null) runBelowLoop(interpreter.mainThread, (t) => collectGarbage(t, /* rounds */ 2));
  });
}
