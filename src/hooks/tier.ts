/**
 * The tier above the interpreter loop: a plugin that is asked when code is hot, and may run something else in its place. The JIT is one (`src/jit/tier.ts`).
 *
 * Each code object counts its calls and loop back edges down (`PyCode.countdown`); when the count is below zero at one, the tier's `hot` is called. It sets the count anew:
 * to the number after which it wants to be asked again, or to NEVER. What else a tier gets is in `services.ts`.
 */
import { PyCode, setCountdown } from '../core/function.ts';
import type { Interpreter, Tier } from '../core/thread.ts';
import { visitObjects } from './visit.ts';

/** The tier of an interpreter, or null. A plugin that puts its own in the place of one goes on to it, or lets no more be compiled. */
export function getTier(interpreter: Interpreter): Tier | null {
  return interpreter.tier;
}

/** Makes `tier` the one that is asked; null for none. What the one before has compiled stays. */
export function setTier(interpreter: Interpreter, tier: Tier | null): void {
  interpreter.tier = tier;
}

/** Makes code hot after `calls` calls and back edges: code that is made from now on, and what `counts` chooses of the code that there is (all by default); NEVER: none. */
export function setHotness(interpreter: Interpreter, calls: number, counts: (code: PyCode) => boolean = () => true): void {
  setCountdown(calls);
  visitObjects(interpreter, (object) => {
    if (object instanceof PyCode && object.isReady && counts(object)) object.countdown = calls;
    return true;
  });
}
