/** The instructions of a code object one by one: prefixes folded into operands, caches skipped. */
import type { CodeObject } from './code.ts';
import { CACHES, OP } from './opcodes.ts';

/** One instruction of a code object: its first unit (a prefix, if it has one), opcode, operand, and the unit behind its caches. */
export interface Instruction {
  readonly start: number;
  /** The unit of the opcode itself. */
  readonly at: number;
  readonly op: number;
  readonly oparg: number;
  readonly next: number;
}

/** All instructions in order. */
export function listInstructions(code: CodeObject): Instruction[] {
  const { words } = code;
  const out: Instruction[] = [];
  for (let i = 0; i < words.length; ) {
    const start = i;
    let oparg = words[i]! >> 8;
    while ((words[i]! & 255) === OP.EXTENDED_ARG) oparg = (oparg << 8) | (words[++i]! >> 8);
    const op = words[i]! & 255;
    const next = i + 1 + CACHES[op]!;
    out.push({ start, at: i, op, oparg, next });
    i = next;
  }
  return out;
}
