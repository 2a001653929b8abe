/**
 * Opcodes of the static pack. Operands name registers, which are slots of the frame: `dst | a << 8 | b << 16`; those with a name have its number from bit 16.
 */
import type { OpcodeRow } from '../../bytecode/opcode-table.ts';

/** Rows as in `bytecode/opcode-table.ts`. */
export const OPCODES = {
  INT64_ARGUMENT: [129, 0, 'local', 0, 0],
  DOUBLE_ARGUMENT: [130, 0, 'local', 0, 0],
  DOUBLE_REGISTERS: [131, 0, 'number', 0, 0],
  INT64_UNBOX: [132, 0, 'local', 1, 0],
  DOUBLE_UNBOX: [133, 0, 'local', 1, 0],
  DOUBLE_BOX: [134, 0, 'local', 0, 1],
  INT64_MOVE: [135, 0, 'number', 0, 0],
  DOUBLE_MOVE: [136, 0, 'number', 0, 0],
  INT64_ADD: [137, 0, 'number', 0, 0],
  INT64_SUBTRACT: [138, 0, 'number', 0, 0],
  INT64_MULTIPLY: [139, 0, 'number', 0, 0],
  INT64_FLOOR_DIVIDE: [140, 0, 'number', 0, 0],
  INT64_REMAINDER: [141, 0, 'number', 0, 0],
  INT64_AND: [142, 0, 'number', 0, 0],
  INT64_OR: [143, 0, 'number', 0, 0],
  INT64_XOR: [144, 0, 'number', 0, 0],
  INT64_LEFT_SHIFT: [145, 0, 'number', 0, 0],
  INT64_RIGHT_SHIFT: [146, 0, 'number', 0, 0],
  INT64_COMPARE: [147, 0, 'number', 0, 1],
  DOUBLE_ADD: [148, 0, 'number', 0, 0],
  DOUBLE_SUBTRACT: [149, 0, 'number', 0, 0],
  DOUBLE_MULTIPLY: [150, 0, 'number', 0, 0],
  DOUBLE_DIVIDE: [151, 0, 'number', 0, 0],
  DOUBLE_NEGATE: [152, 0, 'number', 0, 0],
  DOUBLE_COMPARE: [153, 0, 'number', 0, 1],
  INT64_TO_DOUBLE: [154, 0, 'number', 0, 0],
  DOUBLE_TO_INT64: [155, 0, 'number', 0, 0],
  DOUBLE_LOAD_FIELD: [156, 0, 'number', 0, 0],
  DOUBLE_STORE_FIELD: [157, 0, 'number', 0, 0],
  INT64_LOAD_FIELD: [158, 0, 'number', 0, 0],
  INT64_STORE_FIELD: [159, 0, 'number', 0, 0],
  DOUBLE_CONSTANT: [160, 0, 'local', 1, 0],
} as const satisfies Record<string, OpcodeRow>;
