/**
 * Where the lines of a code object start, for LINE events: a unit has its line here when an event is due as it is reached from another line.
 * Source: the rules of `initialize_lines` in CPython's Python/instrumentation.c.
 */
import { codePositions } from '../../bytecode/location-table.ts';
import { listInstructions, type Instruction } from '../../bytecode/instruction-list.ts';
import { OP } from '../../bytecode/opcodes.ts';
import { listHandlers } from '../../bytecode/exception-table.ts';
import type { CodeObject } from '../../bytecode/code.ts';

/** Tables of one code object. */
export interface CodeLines {
  /** By unit: the line that starts there, or -1 (an empty module is all on line 0). */
  readonly starts: Int32Array;
  /** By unit: its line, or -1. */
  readonly lines: Int32Array;
  /** Units before the first RESUME cause no line and instruction events. */
  readonly firstTraceable: number;
}

const NEVER_STARTS: ReadonlySet<number> = new Set([OP.END_ASYNC_FOR, OP.END_FOR, OP.END_SEND, OP.RESUME, OP.POP_ITER]);
const FORWARD: ReadonlySet<number> = new Set([OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NOT_NONE, OP.JUMP_FORWARD]);
const OVER_END: ReadonlySet<number> = new Set([OP.FOR_ITER, OP.SEND]);
const BACKWARD: ReadonlySet<number> = new Set([OP.JUMP_BACKWARD, OP.JUMP_BACKWARD_NO_INTERRUPT, OP.END_ASYNC_FOR]);

/** The unit to which an instruction may jump, or -1. */
export function jumpTarget({ op, oparg, next }: Instruction): number {
  if (FORWARD.has(op)) return next + oparg;
  if (OVER_END.has(op)) return next + oparg + 1;
  return BACKWARD.has(op) ? next - oparg : -1;
}

function build(code: CodeObject): CodeLines {
  const instructions = listInstructions(code);
  const lines = Int32Array.from(codePositions(code), ({ lineno }) => lineno);
  const starts = new Int32Array(code.words.length).fill(-1);
  const firstTraceable = instructions.find(({ op }) => op === OP.RESUME)?.start ?? 0;
  let current = -1;
  for (const { start, op } of instructions) {
    if (start < firstTraceable || NEVER_STARTS.has(op)) continue;
    const line = lines[start]!;
    if (line !== current && line >= 0) starts[start] = line;
    current = line;
  }
  const targets = [
    ...instructions.filter(({ start }) => start >= firstTraceable).map(jumpTarget).filter((target) => target >= 0),
    ...listHandlers(code.handlers).map(({ target }) => target),
  ];
  for (const target of targets) if (lines[target]! >= 0 && target >= firstTraceable) starts[target] = lines[target]!;
  return { starts, lines, firstTraceable };
}

const known = new WeakMap<CodeObject, CodeLines>();

/** The tables, made once per code object. */
export function codeLines(code: CodeObject): CodeLines {
  let tables = known.get(code);
  if (tables === undefined) {
    tables = build(code);
    known.set(code, tables);
  }
  return tables;
}
