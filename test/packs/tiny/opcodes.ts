/** Opcodes of the tiny pack. */
import type { OpcodeRow } from '../../../src/bytecode/opcode-table.ts';

/** Rows as in `bytecode/opcode-table.ts`. */
export const OPCODES = {
  TINY_SQUARE: [129, 0, 'none', 1, 1],
  TINY_ADD_LOCALS: [130, 0, 'number', 0, 1],
} as const satisfies Record<string, OpcodeRow>;
