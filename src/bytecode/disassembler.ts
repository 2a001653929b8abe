/** Prints code for people and tests: one line per instruction, jump targets as labels, nested code on demand. */
import { CodeObject } from './code.ts';
import { constRepr } from './constants.ts';
import { listHandlers } from './exception-table.ts';
import { codePositions } from './location-table.ts';
import { COMMON_CONSTANTS, COMPARE_OPS, COMPARE_TO_BOOL, CONVERSIONS, FUNCTION_ATTRIBUTE_NAMES, INTRINSIC_1, INTRINSIC_2, NB_OPS, SPECIAL_METHODS } from './operands.ts';
import { CACHES, OP, OPNAME, hasJump, isBackwardJump, operandKind } from './opcodes.ts';

/** One decoded instruction. */
export interface Instruction {
  /** Unit of the first EXTENDED_ARG prefix, or of the instruction itself. */
  readonly start: number;
  /** Unit of the instruction. */
  readonly pc: number;
  readonly op: number;
  /** The operand with its prefixes. */
  readonly oparg: number;
  /** Unit of the next instruction, caches skipped. */
  readonly next: number;
  /** Unit that a jump goes to, or -1. */
  readonly target: number;
}

/** What to print. */
export interface DisassembleOptions {
  /** Print line and columns. */
  readonly positions?: boolean;
  /** Print the code objects among the constants too. */
  readonly recursive?: boolean;
}

/** Splits the units of a code object into instructions. */
export function decodeInstructions(code: CodeObject): Instruction[] {
  const { words } = code;
  const out: Instruction[] = [];
  let start = 0;
  let prefix = 0;
  for (let pc = 0; pc < words.length;) {
    const word = words[pc]!;
    const op = word & 0xff;
    const oparg = (prefix << 8) | (word >> 8);
    if (op === OP.EXTENDED_ARG) {
      prefix = oparg;
      pc++;
      continue;
    }
    const next = pc + 1 + CACHES[op]!;
    out.push({ start, pc, op, oparg, next, target: jumpTarget(op, oparg, next) });
    prefix = 0;
    start = pc = next;
  }
  return out;
}

/** The unit that a jump at an instruction ending before `next` goes to, or -1 for other instructions. */
export function jumpTarget(op: number, oparg: number, next: number): number {
  if (!hasJump(op)) return -1;
  return isBackwardJump(op) ? next - oparg : next + oparg;
}

/** The text of a code object, a line per instruction. */
export function disassemble(code: CodeObject, options: DisassembleOptions = {}): string {
  const instructions = decodeInstructions(code);
  const labels = labelTargets(code, instructions);
  const positions = options.positions ? codePositions(code) : null;
  const lines = instructions.map((instruction) => {
    const label = labels.get(instruction.start);
    const at = positions?.[instruction.pc];
    const where = at ? `${at.lineno}:${at.colOffset}-${at.endLineno}:${at.endColOffset}`.padEnd(18) : '';
    return `${where}${(label ? `${label}:` : '').padEnd(5)}${describe(code, instruction, labels)}`;
  });
  for (const handler of listHandlers(code.handlers)) {
    const lasti = handler.lasti ? ' lasti' : '';
    lines.push(`  [${handler.start}, ${handler.end}) -> ${labels.get(handler.target) ?? handler.target} depth ${handler.depth}${lasti}`);
  }
  if (options.recursive) {
    for (const constant of code.consts) {
      if (constant instanceof CodeObject) lines.push('', `${constant.qualname}:`, disassemble(constant, options));
    }
  }
  return lines.join('\n');
}

function labelTargets(code: CodeObject, instructions: readonly Instruction[]): Map<number, string> {
  const targets = new Set<number>();
  for (const { target } of instructions) if (target >= 0) targets.add(target);
  for (const { target } of listHandlers(code.handlers)) targets.add(target);
  return new Map([...targets].sort((a, b) => a - b).map((target, i) => [target, `L${i + 1}`]));
}

function describe(code: CodeObject, instruction: Instruction, labels: ReadonlyMap<number, string>): string {
  const { op, oparg, target } = instruction;
  const name = OPNAME[op]!;
  if (operandKind(op) === 'none') return name;
  const meaning = target >= 0 ? `to ${labels.get(target)}` : operandText(code, op, oparg);
  return `${name.padEnd(24)} ${oparg}${meaning === '' ? '' : ` (${meaning})`}`;
}

function operandText(code: CodeObject, op: number, oparg: number): string {
  switch (op) {
    case OP.LOAD_ATTR: return (code.names[oparg >> 1] ?? '?') + ((oparg & 1) === 1 ? ' + NULL|self' : '');
    case OP.LOAD_GLOBAL: return (code.names[oparg >> 1] ?? '?') + ((oparg & 1) === 1 ? ' + NULL' : '');
    case OP.LOAD_SUPER_ATTR: return (code.names[oparg >> 2] ?? '?') + ((oparg & 1) === 1 ? ' + NULL|self' : '');
    case OP.LOAD_FAST_LOAD_FAST: case OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW: case OP.STORE_FAST_LOAD_FAST: case OP.STORE_FAST_STORE_FAST:
      return `${code.localsplusnames[oparg >> 4]}, ${code.localsplusnames[oparg & 15]}`;
    case OP.COMPARE_OP: return (oparg & COMPARE_TO_BOOL) === 0 ? COMPARE_OPS[oparg >> 5]! : `bool(${COMPARE_OPS[oparg >> 5]})`;
    default: return tableText(op, oparg) ?? kindText(code, op, oparg);
  }
}

function tableText(op: number, oparg: number): string | undefined {
  switch (op) {
    case OP.BINARY_OP: return NB_OPS[oparg]?.[1];
    case OP.CALL_INTRINSIC_1: return INTRINSIC_1[oparg];
    case OP.CALL_INTRINSIC_2: return INTRINSIC_2[oparg];
    case OP.LOAD_SPECIAL: return SPECIAL_METHODS[oparg];
    case OP.LOAD_COMMON_CONSTANT: return COMMON_CONSTANTS[oparg];
    case OP.CONVERT_VALUE: return CONVERSIONS[oparg];
    case OP.IS_OP: return oparg === 0 ? 'is' : 'is not';
    case OP.CONTAINS_OP: return oparg === 0 ? 'in' : 'not in';
    case OP.SET_FUNCTION_ATTRIBUTE: return FUNCTION_ATTRIBUTE_NAMES.filter((_, i) => (oparg & (1 << i)) !== 0).join(', ');
    default: return undefined;
  }
}

function kindText(code: CodeObject, op: number, oparg: number): string {
  switch (operandKind(op)) {
    case 'const': return oparg < code.consts.length ? constRepr(code.consts[oparg]!) : '?';
    case 'name': return code.names[oparg] ?? '?';
    case 'local': case 'free': return code.localsplusnames[oparg] ?? '?';
    default: return '';
  }
}
