/**
 * Compiled activations whose frames Python code has got hold of. Whoever looks at variables has them brought up to date from the records, and a function that was
 * called does so once more when it returns (`finishSeen`). But compiled code knows nothing of what is done to a frame: an activation whose variables are set through
 * `f_locals` (PEP 667) is *evicted* (`tier-switch.ts`) as soon as the code above it lets it, and that of a generator when its frame is seen.
 * So are activations of code that relies on what has changed (`evictStale`).
 *
 *   written, or seen ──▶ Thread.leaving, BREAKER_EVICT set ──compiled code looks at the breaker──▶ reachable: evicted
 *                                                                                            ──▶ under native code: bit cleared, set again when that returns
 *
 * INV-1: while `Thread.leaving` has a frame at or above `Thread.floor`, or `Thread.hasStale` tells of a record there, BREAKER_EVICT is set.
 * INV-2: `Thread.leaving` is not null while `Thread.hasStale`.
 */
import { DOOR_SIZE, siteAt } from '../core/compiled.ts';
import { FRAME_ACTIVATION, FRAME_GENERATOR, NOT_LINKED, type Frame } from '../core/function.ts';
import { BREAKER_EVICT, type Interpreter, type Thread } from '../core/thread.ts';
import type { Maybe } from '../core/value.ts';

/** Where the record of the compiled activation of `f` starts on `t`, or -1. */
function recordOf(t: Thread, f: Frame): number {
  const { records, top } = t;
  for (let base = 0; base < top;) {
    const site = siteAt(records, base);
    if (site !== null && records[base] === f) return base;
    base += site === null ? DOOR_SIZE : site.size;
  }
  return -1;
}

function evictSoon(t: Thread, f: Frame): void {
  // They are few, and made for every call that looks at frames: no Set.
  const leaving = (t.leaving ??= []);
  if (!leaving.includes(f)) leaving.push(f);
  remind(t);
}

/** Code that stood above frames in `t.leaving`, and could not be left, has returned. */
export function remind(t: Thread): void {
  Atomics.or(t.breaker, 0, BREAKER_EVICT);
}

/**
 * Python code gets the frame object of `f`. Compiled code that has entered a function's frame gives it back before it is left, and one that was called brings
 * the frame up to date when it returns (`finishSeen`), so only generators matter.
 */
export function frameSeen(interpreter: Interpreter, f: Frame): void {
  if ((f.kind & FRAME_GENERATOR) === 0) return;
  for (const t of interpreter.threads.values()) if (t.top !== 0 && recordOf(t, f) >= 0) evictSoon(t, f);
}

/** Sets a variable of `f`, wherever that runs. */
export function setFrameLocal(interpreter: Interpreter, f: Frame, index: number, value: Maybe): void {
  f.stack[index] = value;
  for (const t of interpreter.threads.values()) {
    if (t.top === 0 || recordOf(t, f) < 0) continue;
    (f.object!.written ??= new Map()).set(index, value);
    evictSoon(t, f);
  }
}

/** Puts what was set through `f_locals` in the place of what compiled code had. */
export function applyWritten(f: Frame): void {
  const written = f.object?.written ?? null;
  if (written !== null) for (const [index, value] of written) f.stack[index] = value;
}

/** `f` is tier 0's now. */
export function hasLeft(t: Thread, f: Frame): void {
  f.kind &= ~FRAME_ACTIVATION;
  f.linkedAt = NOT_LINKED;
  if (f.object !== null) f.object.written = null;
  const { leaving } = t;
  if (leaving === null) return;
  const at = leaving.indexOf(f);
  if (at >= 0) leaving.splice(at, 1);
  if (leaving.length === 0 && !t.hasStale) t.leaving = null;
}

/** Where the innermost record of stale code starts on `t`, or -1. */
function staleRecord({ records, top }: Thread): number {
  let found = -1;
  for (let base = 0; base < top;) {
    const site = siteAt(records, base);
    if (site?.compiled?.isStale === true) found = base;
    base += site === null ? DOOR_SIZE : site.size;
  }
  return found;
}

/** Evicts the activations of code that has become stale. */
export function evictStale(interpreter: Interpreter): void {
  for (const t of interpreter.threads.values()) {
    if (!t.hasStale && staleRecord(t) < 0) continue;
    t.hasStale = true;
    t.leaving ??= [];
    remind(t);
  }
}

/** Whether stale code can be left from where `t` is. */
function standsOnStale(t: Thread): boolean {
  const base = staleRecord(t);
  if (base < 0) {
    t.hasStale = false;
    if (t.leaving?.length === 0) t.leaving = null;
  }
  return base >= t.floor;
}

/** Whether the compiled code that runs on `t` stands above an activation that is to be evicted, and can be left for that. Clears the bit where nothing can be done. */
export function mustEvict(t: Thread): boolean {
  // A copy: frames that are on no record are taken out on the way.
  for (const f of t.leaving?.slice() ?? []) {
    const base = recordOf(t, f);
    if (base >= t.floor) return true;
    if (base < 0) hasLeft(t, f);
  }
  if (t.hasStale && standsOnStale(t)) return true;
  for (const other of t.interpreter.threads.values()) if (other !== t && other.leaving !== null) return false;
  Atomics.and(t.breaker, 0, ~BREAKER_EVICT);
  return false;
}
