/** Jumps of a debugger: assigning to `f_lineno` (frame_lineno_set in Objects/frameobject.c). */
import { FAST } from '../../bytecode/code.ts';
import { codeLines } from '../../bytecode/location-table.ts';
import type { PyBaseException } from '../../core/exception.ts';
import type { Frame, PyFrame } from '../../core/function.ts';
import type { Thread } from '../../core/thread.ts';
import { RuntimeWarning } from '../../objects/exception-types.ts';
import { setFrameHooks } from '../../objects/frame-hook.ts';
import { raiseValueError } from '../../objects/raise.ts';
import { warn } from '../../objects/warn-hook.ts';
import { listInstructions } from '../../bytecode/instruction-list.ts';
import { EVENT } from './events.ts';
import { explainIncompatible, isCompatible, markStacks, type Kinds } from './stack-kinds.ts';
import { changed, instrumentationOf } from './state.ts';

const MAY_JUMP: ReadonlySet<number> = new Set([
  EVENT.PY_RESUME, EVENT.LINE, EVENT.JUMP, EVENT.BRANCH_LEFT, EVENT.BRANCH_RIGHT, EVENT.INSTRUCTION, EVENT.PY_YIELD,
]);

function checkEvent(t: Thread, frame: PyFrame): void {
  const event = instrumentationOf(t.interpreter).current;
  if (event < 0) raiseValueError('f_lineno can only be set in a trace function');
  if (event === EVENT.PY_START) raiseValueError("can't jump from the 'call' trace event of a new frame");
  if (event === EVENT.CALL || event === EVENT.C_RETURN) raiseValueError("can't jump during a call");
  if (!MAY_JUMP.has(event)) raiseValueError("can only jump from a 'line' trace event");
  if (frame.trace === null) raiseValueError('f_lineno can only be set in a trace function');
}

/** By unit: the line that begins there, or -1. */
function lineStarts(f: Frame): Int32Array {
  const { code } = f.code;
  const out = new Int32Array(code.words.length).fill(-1);
  let last = -1;
  for (const { start, lineno } of codeLines(code)) {
    if (lineno === null || lineno === last) continue;
    out[start] = lineno;
    last = lineno;
  }
  return out;
}

/** The unit to go on at for `line`, the deepest one whose stack fits. Raises ValueError when there is none. */
function findTarget(lines: Int32Array, line: number, stacks: readonly (Kinds | null)[], from: Kinds | null): number {
  let best = -1;
  let bestDepth = -1;
  let problem = "can't jump from unreachable code";
  lines.forEach((candidate, unit) => {
    if (candidate !== line || from === null) return;
    const to = stacks[unit]!;
    if (to !== null && isCompatible(from, to)) {
      if (to.length > bestDepth) [best, bestDepth] = [unit, to.length];
    } else if (best < 0) problem = explainIncompatible(to);
  });
  return best < 0 ? raiseValueError(problem) : best;
}

/** Locals that are not bound become None, as the code at the target may take them for bound. */
function bindLocals(t: Thread, f: Frame): void {
  const kinds = f.code.code.localspluskinds;
  let count = 0;
  for (let i = 0; i < f.code.nlocalsplus; i++) {
    if (f.stack[i] !== undefined || (kinds[i]! & (FAST.CELL | FAST.FREE)) !== 0) continue;
    count++;
  }
  if (count === 0) return;
  warn(t, RuntimeWarning, `assigning None to ${count} unbound local${count === 1 ? '' : 's'}`, 1);
  for (let i = 0; i < f.code.nlocalsplus; i++) if (f.stack[i] === undefined && (kinds[i]! & (FAST.CELL | FAST.FREE)) === 0) f.stack[i] = null;
}

/** Drops what lies above the target's stack; an exception that was being handled no longer is. */
function dropTo(t: Thread, f: Frame, from: Kinds, depth: number): void {
  for (let i = from.length; i > depth; i--) {
    const value = f.stack[--f.sp];
    if (from[i - 1] === 'except') t.exceptions.value = value as PyBaseException | null;
  }
}

function jumpToLine(t: Thread, frame: PyFrame, wanted: number): void {
  checkEvent(t, frame);
  const f = frame.frame;
  const { code } = f.code;
  if (wanted < code.firstlineno) raiseValueError(`line ${wanted} comes before the current code block`);
  const lines = lineStarts(f);
  const line = lines.reduce((best, candidate) => (candidate >= wanted && (best < 0 || candidate < best) ? candidate : best), -1);
  if (line < 0) raiseValueError(`line ${wanted} comes after the current code block`);
  const stacks = markStacks(code);
  const at = listInstructions(code).findLast(({ start }) => start <= f.pc - 1)?.start ?? 0;
  const from = stacks[at]!;
  const target = findTarget(lines, line, stacks, from);
  bindLocals(t, f);
  dropTo(t, f, from!, stacks[target]!.length);
  f.pc = target;
}

setFrameHooks({
  jumpToLine,
  opcodesWanted(t) {
    const state = instrumentationOf(t.interpreter);
    if (state.opcodes) return;
    state.opcodes = true;
    changed(t.interpreter);
  },
});
