/** Everything that is derived from the opcode table: numbers, names, cache counts, operand flags and stack effects. */
import { OPCODE_TABLE } from './opcode-table.ts';
import type { OpcodeRow, OperandKind, StackFormula } from './opcode-table.ts';

export type { OperandKind } from './opcode-table.ts';

/** The name of an instruction. */
export type OpName = keyof typeof OPCODE_TABLE;

const ROWS = Object.entries(OPCODE_TABLE) as [OpName, OpcodeRow][];

/** One more than the largest number, pseudo-instructions included. */
export const OPCODE_LIMIT = 1 + Math.max(...ROWS.map(([, row]) => row[0]));

/** Instruction numbers by name: `OP.LOAD_FAST`. */
export const OP = Object.freeze(Object.fromEntries(ROWS.map(([name, row]) => [name, row[0]]))) as { readonly [K in OpName]: number };

/** Instruction names by number; a number without instruction has the name `<n>`. */
export const OPNAME: readonly string[] = buildNames();

/** Units of inline cache behind an instruction, by number. */
export const CACHES = new Uint8Array(OPCODE_LIMIT);

/** The smallest number of an instruction that takes an operand is one above this. */
export const HAVE_ARGUMENT = 43;

/** The smallest number of an instrumented instruction. */
export const MIN_INSTRUMENTED_OPCODE = 234;

/** The smallest number of a pseudo-instruction. */
export const MIN_PSEUDO_OPCODE = 256;

const HAS_ARG = 1;
const HAS_CONST = 2;
const HAS_NAME = 4;
const HAS_JUMP = 8;
const HAS_LOCAL = 16;
const HAS_FREE = 32;
const HAS_EXC = 64;
const IS_TERMINATOR = 128;
const IS_VALID = 256;
const IS_UNCONDITIONAL_JUMP = 512;
const IS_BACKWARD_JUMP = 1024;
const IS_SCOPE_EXIT = 2048;

const OPERAND_FLAGS: Record<OperandKind, number> = {
  none: 0,
  number: HAS_ARG,
  const: HAS_ARG | HAS_CONST,
  name: HAS_ARG | HAS_NAME,
  jump: HAS_ARG | HAS_JUMP,
  local: HAS_ARG | HAS_LOCAL,
  free: HAS_ARG | HAS_FREE,
  block: HAS_ARG | HAS_EXC,
};

const SCOPE_EXITS: readonly OpName[] = ['RETURN_VALUE', 'INSTRUMENTED_RETURN_VALUE', 'RAISE_VARARGS', 'RERAISE', 'INTERPRETER_EXIT'];
const UNCONDITIONAL_JUMPS: readonly OpName[] = [
  'JUMP', 'JUMP_NO_INTERRUPT', 'JUMP_FORWARD', 'JUMP_BACKWARD', 'JUMP_BACKWARD_NO_INTERRUPT',
  'INSTRUMENTED_JUMP_FORWARD', 'INSTRUMENTED_JUMP_BACKWARD',
];
const BACKWARD_JUMPS: readonly OpName[] = [
  'JUMP_BACKWARD', 'JUMP_BACKWARD_NO_INTERRUPT', 'END_ASYNC_FOR', 'INSTRUMENTED_JUMP_BACKWARD', 'INSTRUMENTED_END_ASYNC_FOR',
];

const FLAGS = new Uint16Array(OPCODE_LIMIT);
const OPERANDS: OperandKind[] = new Array<OperandKind>(OPCODE_LIMIT).fill('none');

// The stack formulas, spread over flat arrays (base, per operand unit, per low bit) so that one effect is four loads.
const POPS = new Int32Array(OPCODE_LIMIT * 3);
const PUSHES = new Int32Array(OPCODE_LIMIT * 3);
const UNPACK_EX_NUMBER = OPCODE_TABLE.UNPACK_EX[0];

fillTables();

function buildNames(): string[] {
  const names = Array.from({ length: OPCODE_LIMIT }, (_, i) => `<${i}>`);
  for (const [name, row] of ROWS) names[row[0]] = name;
  return names;
}

function fillTables(): void {
  for (const [, [number, caches, operand, pops, pushes]] of ROWS) {
    CACHES[number] = caches;
    OPERANDS[number] = operand;
    FLAGS[number] = IS_VALID | OPERAND_FLAGS[operand];
    fillFormula(POPS, number, pops);
    fillFormula(PUSHES, number, pushes);
  }
  for (const name of SCOPE_EXITS) FLAGS[OP[name]]! |= IS_TERMINATOR | IS_SCOPE_EXIT;
  for (const name of UNCONDITIONAL_JUMPS) FLAGS[OP[name]]! |= IS_TERMINATOR | IS_UNCONDITIONAL_JUMP;
  for (const name of BACKWARD_JUMPS) FLAGS[OP[name]]! |= IS_BACKWARD_JUMP;
}

function fillFormula(into: Int32Array, number: number, formula: StackFormula): void {
  const [base, perArg, perLowBit] = formula === 'unpack' ? [0, 0, 0] : typeof formula === 'number' ? [formula, 0, 0] : formula;
  into[number * 3] = base;
  into[number * 3 + 1] = perArg;
  into[number * 3 + 2] = perLowBit ?? 0;
}

function evaluate(table: Int32Array, op: number, oparg: number): number {
  const i = op * 3;
  return table[i]! + table[i + 1]! * oparg + table[i + 2]! * (oparg & 1);
}

/** Whether the number is an instruction (pseudo-instructions included). */
export function isValidOpcode(op: number): boolean {
  return op >= 0 && op < OPCODE_LIMIT && (FLAGS[op]! & IS_VALID) !== 0;
}

/** Whether the instruction uses its operand. */
export function hasArg(op: number): boolean {
  return (FLAGS[op]! & HAS_ARG) !== 0;
}

/** Whether the operand indexes `consts`. */
export function hasConst(op: number): boolean {
  return (FLAGS[op]! & HAS_CONST) !== 0;
}

/** Whether the operand indexes `names` (for some instructions after a shift, see the disassembler). */
export function hasName(op: number): boolean {
  return (FLAGS[op]! & HAS_NAME) !== 0;
}

/** Whether the operand is a jump distance (or, in the compiler, the instruction has a target). */
export function hasJump(op: number): boolean {
  return (FLAGS[op]! & HAS_JUMP) !== 0;
}

/** Whether CPython counts the instruction among those that use a local variable (LOAD_DEREF is one, by its metadata). */
export function hasLocal(op: number): boolean {
  return (FLAGS[op]! & HAS_LOCAL) !== 0;
}

/** Whether CPython counts the instruction among those that use a cell or free variable. */
export function hasFree(op: number): boolean {
  return (FLAGS[op]! & HAS_FREE) !== 0;
}

/** Whether the pseudo-instruction opens a block with an exception handler. */
export function hasExc(op: number): boolean {
  return (FLAGS[op]! & HAS_EXC) !== 0;
}

/** Whether control never reaches the next instruction. */
export function isTerminator(op: number): boolean {
  return (FLAGS[op]! & IS_TERMINATOR) !== 0;
}

/** Whether the instruction leaves the frame (return, raise, reraise). */
export function isScopeExit(op: number): boolean {
  return (FLAGS[op]! & IS_SCOPE_EXIT) !== 0;
}

/** Whether the instruction always jumps. */
export function isUnconditionalJump(op: number): boolean {
  return (FLAGS[op]! & IS_UNCONDITIONAL_JUMP) !== 0;
}

/** Whether a jump distance counts backwards. */
export function isBackwardJump(op: number): boolean {
  return (FLAGS[op]! & IS_BACKWARD_JUMP) !== 0;
}

/** What the operand means. */
export function operandKind(op: number): OperandKind {
  return OPERANDS[op]!;
}

/** How many entries the instruction takes from the stack. */
export function stackPops(op: number, oparg: number): number {
  return op === UNPACK_EX_NUMBER ? 1 : evaluate(POPS, op, oparg);
}

/** How many entries the instruction leaves on the stack in place of those it took (fall-through). */
export function stackPushes(op: number, oparg: number): number {
  return op === UNPACK_EX_NUMBER ? 1 + (oparg & 0xff) + (oparg >> 8) : evaluate(PUSHES, op, oparg);
}

/** Net change of the stack height. `jump`: when control goes to the target instead of the next instruction. */
export function stackEffect(op: number, oparg: number, jump: boolean): number {
  if (jump && (FLAGS[op]! & HAS_EXC) !== 0) return op === OP.SETUP_CLEANUP ? 2 : 1; // the exception, after the saved position
  return stackPushes(op, oparg) - stackPops(op, oparg);
}
