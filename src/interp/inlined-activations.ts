/**
 * Leaving compiled code in the middle of calls that were inlined: several activations share one JavaScript function, with a record each (`Site.inlines`). The innermost is left as any other;
 * then each one below learns of it as it would have from a call.
 *
 *   records: [ function, site (inlines), v0, v1 | inlined function, site (inlines), v0 | inlined function, site, v0 | ... ]
 *            ^ base of the JavaScript function
 */
import { RECORD_HEAD, UNWIND, type Site } from '../core/compiled.ts';
import { FRAME_CONSTRUCTOR } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { finishWith, unwound } from './tier-switch.ts';

/** The record of the inlined call under way on that at `base`, or -1. */
function above(t: Thread, base: number): number {
  const site = t.records[base + 1] as Site;
  return site.inlines && t.top > base + site.size ? base + site.size : -1;
}

/** Lets the activation at `base` know that the inlined call, whose record stood above, came to UNWIND. */
function passUnwind(t: Thread, base: number): Value | symbol {
  const site = t.records[base + 1] as Site;
  const callee = t.raised === null ? t.evicted : null;
  if (callee !== null && site.instance >= 0) {
    callee.kind |= FRAME_CONSTRUCTOR;
    callee.ending = t.records[base + RECORD_HEAD + site.instance] as Value;
  }
  return unwound(t, base);
}

/** Does to the innermost activation of the JavaScript function at `base` what `leave` does; where that comes to UNWIND those below are left, too. Returns what the function is left with. */
export function leaveInnermost(t: Thread, base: number, leave: (base: number) => Value | symbol): Value | symbol {
  const next = above(t, base);
  if (next < 0) return leave(base);
  const result = leaveInnermost(t, next, leave);
  return result === UNWIND ? passUnwind(t, base) : result;
}

/** As `leaveInnermost`, for what a call came to: the function goes on with the result unless that is UNWIND, or FINISHED. */
export function afterInnermost(t: Thread, base: number, after: (base: number) => Value | symbol): Value | symbol {
  const next = above(t, base);
  if (next < 0) return after(base);
  const result = afterInnermost(t, next, after);
  return result === UNWIND ? finishWith(t, passUnwind(t, base)) : result;
}
