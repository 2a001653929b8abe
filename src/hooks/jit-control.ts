/** Control of a plugin that compiles: what `ladon.jit` asks of it. The plugin registers itself; without one there is nothing to control. */
import type { PyFunction } from '../core/function.ts';
import type { Interpreter } from '../core/thread.ts';

/** One guard that failed, by place. */
export interface FailureRow {
  readonly function: string;
  readonly filename: string;
  readonly line: number;
  readonly reason: string;
  readonly count: number;
}

/** Figures since the interpreter started. */
export interface JitFigures {
  readonly compiled: number;
  readonly refused: number;
  /** Times that compiled code was left for tier 0, whatever the reason. */
  readonly left: number;
  readonly milliseconds: number;
  /** Characters of JavaScript that are alive. */
  readonly size: number;
  readonly passMilliseconds: ReadonlyMap<string, number>;
  readonly failures: readonly FailureRow[];
}

/** What a compiler can be told. */
export interface JitControl {
  readonly isEnabled: boolean;
  /** Calls and loop back edges after which code is looked at. */
  readonly threshold: number;
  enable(): void;
  /** Stops compiling, and with `discard` throws away what is compiled. */
  disable(discard: boolean): void;
  setThreshold(calls: number): void;
  /** Compiles calls of the function now, with what is known; false when it cannot be. */
  forceCompile(func: PyFunction): boolean;
  /** Throws away what is compiled of the function's code; false when nothing is. */
  forceUncompile(func: PyFunction): boolean;
  isCompiled(func: PyFunction): boolean;
  /** The JavaScript of the function, or null. */
  disassemble(func: PyFunction): string | null;
  /** Functions with compiled code that are alive. */
  compiledFunctions(): PyFunction[];
  /** Keeps the function's code from being compiled, or no longer. */
  setSuppressed(func: PyFunction, isSuppressed: boolean): void;
  figures(): JitFigures;
}

const controls = new WeakMap<Interpreter, JitControl>();

/** Registers the compiler of an interpreter. */
export function setJitControl(interpreter: Interpreter, control: JitControl): void {
  controls.set(interpreter, control);
}

/** The compiler of an interpreter, or null. */
export function jitControl(interpreter: Interpreter): JitControl | null {
  return controls.get(interpreter) ?? null;
}
