/** Running a frame from native code (generators): doors that the interpreter fills at start, as objects may not import interp. */
import type { UNWIND } from '../core/compiled.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { Frame, PyFunction, PyGenerator } from '../core/function.ts';
import type { Sink } from '../core/sink.ts';
import { BREAKER_URGENT, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';

type RunFunction = (t: Thread, frame: Frame, exception: PyBaseException | null) => Value;

type ResumeFunction = (t: Thread, generator: PyGenerator, value: Value, sink?: Sink) => Maybe | typeof UNWIND;

let run: RunFunction | null = null;
let resume: ResumeFunction | null = null;

/** Sets the interpreter's implementation; done once per worker. */
export function setRunFrame(implementation: RunFunction): void {
  run = implementation;
}

/** Sets the interpreter's implementation of `resumeCompiled`; done once per worker. */
export function setResumeCompiled(implementation: ResumeFunction): void {
  resume = implementation;
}

/** Runs `frame` until it returns or yields; with `exception`, raises that at the frame's present position first. */
export function runFrame(t: Thread, frame: Frame, exception: PyBaseException | null = null): Value {
  assert(run !== null, 'the interpreter is loaded before generators run');
  return run(t, frame, exception);
}

/** Whether the generator goes on in compiled code when it gets `value`. */
export function resumesCompiled(t: Thread, generator: PyGenerator, value: Value): boolean {
  const { interpreter } = t;
  return generator.frame.resume !== null && (value === null || generator.state !== 'created') && !interpreter.instrumented && interpreter.frameEvaluator === null
    && t.depth < interpreter.recursionLimit && (t.breaker[0]! & BREAKER_URGENT) === 0;
}

/** Goes on with a generator in compiled code (`resumesCompiled`). Returns what it yields; undefined when it has returned `Thread.sent`, UNWIND when it has raised `Thread.raised`. What `sink` takes it does not yield. */
export function resumeCompiled(t: Thread, generator: PyGenerator, value: Value, sink?: Sink): Maybe | typeof UNWIND {
  return resume!(t, generator, value, sink);
}

type ThrowFunction = (t: Thread, generator: PyGenerator, exception: PyBaseException) => Maybe | typeof UNWIND;

let throwInto: ThrowFunction | null = null;

/** Sets the interpreter's implementation of `throwCompiled`; done once per worker. */
export function setThrowCompiled(implementation: ThrowFunction): void {
  throwInto = implementation;
}

/** Raises `exception` in a suspended generator, which goes on in compiled code where there is some for its handler. Returns what `resumeCompiled` does. */
export function throwCompiled(t: Thread, generator: PyGenerator, exception: PyBaseException): Maybe | typeof UNWIND {
  return throwInto!(t, generator, exception);
}

type EnterFunction = (t: Thread, func: PyFunction, parameters: readonly Value[]) => Value | typeof UNWIND;

let enter: EnterFunction | null = null;

/** Sets the interpreter's implementation of `enterBound`; done once per worker. */
export function setEnterBound(implementation: EnterFunction): void {
  enter = implementation;
}

/** Calls a compiled function with one value for each parameter; UNWIND when it has raised `Thread.raised`. */
export function enterBound(t: Thread, func: PyFunction, parameters: readonly Value[]): Value | typeof UNWIND {
  return enter!(t, func, parameters);
}

type EnterFour = (t: Thread, func: PyFunction, a: Maybe, b: Maybe, c: Maybe, d: Maybe) => Value | typeof UNWIND;

let four: EnterFour | null = null;

/** Sets the interpreter's implementation of `enterFour`; done once per worker. */
export function setEnterFour(implementation: EnterFour): void {
  four = implementation;
}

/** As `enterBound`, for up to four parameters. */
export function enterFour(t: Thread, func: PyFunction, a: Maybe, b: Maybe, c: Maybe, d: Maybe): Value | typeof UNWIND {
  return four!(t, func, a, b, c, d);
}
