/**
 * Checks that a code object is well-formed: known instructions, operands in range, jumps to instructions, a stack that never
 * underflows, never exceeds `stacksize`, and has one height at every instruction however it is reached.
 */
import type { CodeObject } from './code.ts';
import { decodeInstructions } from './disassembler.ts';
import type { Instruction } from './disassembler.ts';
import { listHandlers } from './exception-table.ts';
import { MIN_PSEUDO_OPCODE, OP, OPNAME, isTerminator, isValidOpcode, operandKind, stackPops, stackPushes } from './opcodes.ts';

/** Returns the faults of a code object, in words; empty when it is well-formed. Nested code objects are not visited. */
export function verifyCode(code: CodeObject): string[] {
  return new Verifier(code).run();
}

class Verifier {
  readonly #code: CodeObject;
  readonly #faults: string[] = [];
  readonly #instructions: Instruction[];
  readonly #indexAt = new Map<number, number>();
  readonly #depths: Int32Array;
  readonly #work: number[] = [];

  constructor(code: CodeObject) {
    this.#code = code;
    this.#instructions = decodeInstructions(code);
    this.#instructions.forEach((instruction, i) => this.#indexAt.set(instruction.start, i));
    this.#depths = new Int32Array(this.#instructions.length).fill(-1);
  }

  run(): string[] {
    for (const instruction of this.#instructions) this.#checkOperand(instruction);
    if (this.#faults.length === 0) this.#checkStack();
    return this.#faults;
  }

  #fault(instruction: Instruction, text: string): void {
    this.#faults.push(`${instruction.pc} ${OPNAME[instruction.op]} ${instruction.oparg}: ${text}`);
  }

  #checkOperand(instruction: Instruction): void {
    const { op, oparg, target } = instruction;
    const { consts, names, localsplusnames } = this.#code;
    if (!isValidOpcode(op) || op >= MIN_PSEUDO_OPCODE || op === OP.CACHE) return this.#fault(instruction, 'unknown instruction');
    switch (operandKind(op)) {
      case 'const':
        if (oparg >= consts.length) this.#fault(instruction, 'constant out of range');
        break;
      case 'name':
        if (nameIndex(op, oparg) >= names.length) this.#fault(instruction, 'name out of range');
        break;
      case 'local': case 'free':
        if (localIndex(op, oparg) >= localsplusnames.length) this.#fault(instruction, 'local out of range');
        break;
      case 'jump':
        if (op !== OP.END_ASYNC_FOR && !this.#indexAt.has(target)) this.#fault(instruction, `jump to ${target}, which is no instruction`);
        break;
      default: break;
    }
  }

  #checkStack(): void {
    if (this.#instructions.length === 0) return;
    this.#reach(this.#instructions[0]!.start, 0);
    for (const handler of listHandlers(this.#code.handlers)) {
      // At the handler the stack is cut to its depth; then the position (if asked for) and the exception are pushed.
      this.#reach(handler.target, handler.depth + 1 + (handler.lasti ? 1 : 0));
    }
    while (this.#work.length > 0) this.#step(this.#work.pop()!);
  }

  #reach(unit: number, depth: number): void {
    const index = this.#indexAt.get(unit);
    if (index === undefined) {
      this.#faults.push(`control reaches ${unit}, which is no instruction`);
      return;
    }
    const known = this.#depths[index]!;
    if (known === depth) return;
    if (known >= 0) return this.#fault(this.#instructions[index]!, `reached with stack heights ${known} and ${depth}`);
    if (depth > this.#code.stacksize) this.#fault(this.#instructions[index]!, `stack height ${depth} exceeds ${this.#code.stacksize}`);
    this.#depths[index] = depth;
    this.#work.push(index);
  }

  #step(index: number): void {
    const instruction = this.#instructions[index]!;
    const { op, oparg, target, next } = instruction;
    const before = this.#depths[index]!;
    const low = before - stackPops(op, oparg);
    if (low < 0) return this.#fault(instruction, `needs ${stackPops(op, oparg)} entries, has ${before}`);
    const after = low + stackPushes(op, oparg);
    if (after > this.#code.stacksize) this.#fault(instruction, `stack height ${after} exceeds ${this.#code.stacksize}`);
    if (target >= 0 && op !== OP.END_ASYNC_FOR) this.#reach(target, after);
    if (isTerminator(op)) return;
    if (next < this.#code.words.length) this.#reach(next, after);
    else this.#fault(instruction, 'control runs off the end');
  }
}

function nameIndex(op: number, oparg: number): number {
  if (op === OP.LOAD_SUPER_ATTR || op === OP.INSTRUMENTED_LOAD_SUPER_ATTR) return oparg >> 2;
  return op === OP.LOAD_ATTR || op === OP.LOAD_GLOBAL ? oparg >> 1 : oparg;
}

function localIndex(op: number, oparg: number): number {
  switch (op) {
    case OP.LOAD_FAST_LOAD_FAST: case OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW: case OP.STORE_FAST_LOAD_FAST: case OP.STORE_FAST_STORE_FAST:
      return Math.max(oparg >> 4, oparg & 15);
    default:
      return oparg;
  }
}
