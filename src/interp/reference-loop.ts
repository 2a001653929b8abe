/**
 * The reference loop: the obviously right way to run the instructions, one function call each. The oracle for the generated loop (`--reference-loop`).
 */
import type { Frame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { OP } from '../bytecode/opcodes.ts';
import { INSTRUCTIONS, type InstructionBody } from './instruction-table.generated.ts';
import { NEXT, type Machine } from './machine.ts';
import { raiseUnknownOpcode } from './names.ts';
import { leaveUnwound, unwind } from './unwind.ts';

interface Row {
  readonly caches: number;
  readonly inputs: number;
  readonly usesOparg: boolean;
  readonly body: InstructionBody;
}

const ROWS: (Row | undefined)[] = [];
for (const [number, caches, inputs, usesOparg, body] of INSTRUCTIONS) ROWS[number] = { caches, inputs, usesOparg, body };

function execute(m: Machine): void {
  let word = m.code.words[m.pc++]!;
  let oparg = word >> 8;
  while ((word & 255) === OP.EXTENDED_ARG) {
    word = m.code.words[m.pc++]!;
    oparg = (oparg << 8) | (word >> 8);
  }
  m.pc += ROWS[word & 255]?.caches ?? 0;
  m.f.pc = m.pc;
  perform(m, word & 255, oparg);
}

/** Runs the body of one instruction; `m.pc` and `f.pc` are behind it. */
export function perform(m: Machine, op: number, oparg: number): void {
  const row = ROWS[op];
  if (row === undefined) raiseUnknownOpcode(op);
  const inputs = m.stack.slice(m.sp - row.inputs, m.sp) as Value[];
  m.sp -= row.inputs;
  const outcome = row.usesOparg ? row.body(m, oparg, ...inputs) : row.body(m, ...inputs);
  if (outcome !== NEXT && outcome !== undefined) m.stack[m.sp++] = outcome;
}

/** Handles what was thrown in the running frame: the machine goes on at the handler, in another thread, or is finished. */
export function recover(m: Machine, caught: unknown): void {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  const { frame, exception } = unwind(m.t, m.f, caught);
  let f = frame;
  if (f === null) {
    const next = leaveUnwound(m.t, exception);
    if (next === null) {
      m.finished = true;
      m.result = null;
      return;
    }
    m.t = next;
    f = next.frame!;
  }
  m.t.frame = f;
  m.f = f;
  m.code = f.code;
  m.stack = f.stack;
  m.sp = f.sp;
  m.pc = f.pc;
  if (frame === null) finishParked(m);
}

/** The thread that comes in the place of one that ended may have been parked: its call gets its result. */
function finishParked(m: Machine): void {
  const { parked } = m.t;
  if (parked === null) return;
  m.t.parked = null;
  try {
    m.stack[m.sp++] = parked.finish();
  } catch (caught) {
    recover(m, caught);
  }
}

/** As `generatedLoop`. */
export function referenceLoop(thread: Thread, start: Frame, canSwap: boolean): Value {
  const m: Machine = { t: thread, f: start, code: start.code, stack: start.stack, sp: start.sp, pc: start.pc, canSwap, result: null, finished: false };
  while (!m.finished) {
    try {
      execute(m);
    } catch (caught) {
      recover(m, caught);
    }
  }
  return m.result ?? null;
}
