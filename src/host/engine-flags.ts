/**
 * Settings of the JavaScript engine while an interpreter starts; figures in docs/benchmarks.md, "Cold start". They belong to the process: a worker
 * makes them when it has booted, the supervisor takes them back a little after the last interpreter that starts is ready.
 *
 * INV-1: they are made before a worker loads the runtime and hold until it has kept its compiled code: the engine refuses code that was kept under
 *        other settings. Node's own compiled code is kept under the engine's defaults, so a worker must boot without them.
 */
import { setFlagsFromString } from 'node:v8';

/** A start allocates 15 MB that mostly stay alive; growing from 1 MB by doubling would copy them again and again. */
const SEMI_SPACE_GROWTH = { flag: '--semi-space-growth-factor', start: 32, normal: 2 };
/**
 * Bytecodes that a function may run before the optimising compiler looks at it: in a start, more than it reaches. Later twice the engine's own figure: programs
 * with much code keep the optimising compiler busy for seconds, and what it hears of too early it often compiles again (a twelfth less time of processors until
 * `argument_parsing`, `regex_compile` and `deep_copy` in bench/programs/ are warm, a tenth less until their tenth call).
 */
const INTERRUPT_BUDGET = { flag: '--interrupt-budget', start: 1_000_000, normal: 135_168 };
/**
 * Bytecodes that the optimising compiler inlines into one function, always: twice the engine's own figure. Compiled Python functions are rows of calls of small functions of the
 * runtime, most of which found no room. Warm programs take 0.93 of the time, and 1.04 until they are; with more the one becomes 0.92 and the other 1.12. Figures in
 * docs/benchmarks.md, "Inlining by the engine".
 */
const INLINED = '--max-inlined-bytecode-size-cumulative=1840';
/**
 * Off, always. V8 makes objects old at once where most of a place's objects have lived through two collections of young ones; of a Python program most places are
 * our own (a list, a hash table's arrays, a generator's frame), shared by all of its code. The old objects, soon dead, then keep what they refer to from being
 * collected as young: a loop that fills a dict with 5,000 lists spent 94 % of its time in collections. Figures in docs/benchmarks.md, "Memory".
 */
const NO_PRETENURING = '--no-allocation-site-pretenuring';
/** Milliseconds from "ready" until functions are optimised again: a shorter program would wait for the compiler's threads at its exit. */
const QUIET_MS = 40;

function set(phase: 'start' | 'normal'): void {
  for (const flag of [NO_PRETENURING, INLINED]) setFlagsFromString(flag);
  for (const setting of [SEMI_SPACE_GROWTH, INTERRUPT_BUDGET]) setFlagsFromString(`${setting.flag}=${setting[phase]}`);
}

/** In a worker that has booted and is about to load the runtime. */
export function tuneForStart(): void {
  set('start');
}

/** In a worker that has loaded more of the runtime later. */
export function endTuning(): void {
  set('normal');
}

let starting = 0;

/** In the supervisor: an interpreter is about to start. */
export function beginStart(): void {
  starting++;
}

/** In the supervisor: the interpreter runs, or has failed to start. */
export function endStart(): void {
  starting--;
  setTimeout(() => {
    if (starting === 0) set('normal');
  }, QUIET_MS).unref();
}
