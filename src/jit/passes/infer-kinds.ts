/**
 * Infers the kinds of values: a fixpoint over block parameters, from "never" upwards. Operations that can be specialised get the kind that their special
 * form would give, as the guards that this takes will be there.
 */
import { NB } from '../../bytecode/operands.ts';
import { edgesOf, type Graph, type Node } from '../ir.ts';
import { nativeForm, quietResult } from './native-forms.ts';
import type { AttributeSite } from '../operation-constants.ts';
import { ANY, BOOL, COMPLEX, FLOAT, INT, LIST, NUMBER, STR, TUPLE, VALUE, within, type Kinds } from '../kinds.ts';

/** `==` and `!=` among the comparisons. */
const EQ = 2;
const NE = 3;

/** Kinds that an operand has, or is to be guarded for. */
export function expected(value: Kinds, seen: Kinds | undefined): Kinds {
  if (seen === undefined || seen === 0 || within(value, seen)) return value;
  const narrowed = value & seen;
  return isSingle(narrowed) ? narrowed : value;
}

function isSingle(kinds: Kinds): boolean {
  return kinds !== 0 && (kinds & (kinds - 1)) === 0;
}

/** The operator of BINARY_OP's operand without "in place". */
export function plainOperator(operand: number): number {
  return operand >= NB.INPLACE ? operand - NB.INPLACE : operand;
}

const INT_RESULTS = new Set<number>([NB.ADD, NB.SUBTRACT, NB.MULTIPLY, NB.FLOOR_DIVIDE, NB.REMAINDER, NB.AND, NB.OR, NB.XOR, NB.LSHIFT, NB.RSHIFT]);
const FLOAT_RESULTS = new Set<number>([NB.ADD, NB.SUBTRACT, NB.MULTIPLY, NB.TRUE_DIVIDE, NB.FLOOR_DIVIDE, NB.REMAINDER, NB.POWER]);

/** Operators with a form for complex numbers in two doubles. */
const COMPLEX_RESULTS = new Set<number>([NB.ADD, NB.SUBTRACT, NB.MULTIPLY]);

/** Whether arithmetic of doubles takes it. */
function isNumber(kind: Kinds): boolean {
  return within(kind, NUMBER);
}

function isReal(kind: Kinds): boolean {
  return kind === INT || kind === FLOAT;
}

/** Operators that give a bool for two bools. */
const BOOL_RESULTS = new Set<number>([NB.AND, NB.OR, NB.XOR]);

/** The kind of an operand of arithmetic: a bool counts as the int that it is. */
export function asNumber(kind: Kinds): Kinds {
  return kind === BOOL ? INT : kind;
}

/** The kind that the special form of a binary operation gives; VALUE where there is none. */
export function binaryResult(operator: number, leftKind: Kinds, rightKind: Kinds): Kinds {
  if (leftKind === BOOL && rightKind === BOOL && BOOL_RESULTS.has(operator)) return VALUE;
  const left = asNumber(leftKind);
  const right = asNumber(rightKind);
  if (left === INT && right === INT) {
    if (operator === NB.TRUE_DIVIDE) return FLOAT;
    return INT_RESULTS.has(operator) ? INT : VALUE;
  }
  if (isNumber(left) && isNumber(right) && (left === FLOAT || right === FLOAT || operator === NB.TRUE_DIVIDE)) return FLOAT_RESULTS.has(operator) ? FLOAT : VALUE;
  if (left === COMPLEX || right === COMPLEX) return COMPLEX_RESULTS.has(operator) && [left, right].every((kind) => kind === COMPLEX || isReal(kind)) ? COMPLEX : VALUE;
  return left === STR && right === STR && operator === NB.ADD ? STR : VALUE;
}

/** Whether an operator makes a list or tuple of the items of two; `+=` changes a list in its place. */
export function isSequenceSum(operand: number, left: Kinds, right: Kinds): boolean {
  return left === right && ((left === LIST && operand === NB.ADD) || (left === TUPLE && plainOperator(operand) === NB.ADD));
}

/** Whether an operator makes a list that repeats another; `*=` changes it in its place. */
export function isListRepeat(operand: number, left: Kinds, right: Kinds): boolean {
  return left === LIST && right === INT && operand === NB.MULTIPLY;
}

/** The operands' kinds as the special form would have them. */
export function binaryOperands(node: Node): [Kinds, Kinds] {
  const [left, right] = node.args as [Node, Node];
  return [expected(left.kinds, node.feedback?.left), expected(right.kinds, node.feedback?.right)];
}

/** The special form of a comparison; null where there is none: what a comparison of other kinds gives need not be a bool. */
export function comparison(node: Node): 'int_compare' | 'double_compare' | 'str_compare' | null {
  const [leftKind, rightKind] = binaryOperands(node);
  const left = asNumber(leftKind);
  const right = asNumber(rightKind);
  if (left === INT && right === INT) return 'int_compare';
  if (isNumber(left) && isNumber(right)) return 'double_compare';
  // Strings are ordered by code points, JavaScript's by code units: only equality is the same.
  return left === STR && right === STR && (node.imm === EQ || node.imm === NE) ? 'str_compare' : null;
}

/** Whether `list[int]` has given floats only: lists may keep those raw. */
export function isFloatElement(node: Node): boolean {
  if (node.isGeneral || node.feedback?.result !== FLOAT) return false;
  const [left, right] = binaryOperands(node);
  return left === LIST && right === INT;
}

/** Whether an attribute is a part of a complex number: the class is builtin and does not change. */
export function isComplexPart(node: Node): boolean {
  const { name } = node.imm as AttributeSite;
  return within(node.args[0]!.kinds, COMPLEX) && (name === 'real' || name === 'imag');
}

function transfer(node: Node): Kinds {
  switch (node.op) {
    case 'binary': {
      if (node.args.some((arg) => arg.kinds === 0)) return 0;
      if (node.isGeneral) return VALUE;
      const [left, right] = binaryOperands(node);
      if (isSequenceSum(node.imm as number, left, right) || isListRepeat(node.imm as number, left, right)) return left;
      return binaryResult(plainOperator(node.imm as number), left, right);
    }
    case 'get_item':
      if (node.args.some((arg) => arg.kinds === 0)) return 0;
      return isFloatElement(node) ? FLOAT : VALUE;
    case 'negative': {
      const kinds = expected(node.args[0]!.kinds, node.feedback?.right);
      return !node.isGeneral && (isReal(kinds) || kinds === COMPLEX) ? kinds : VALUE;
    }
    case 'load_attr':
      return isComplexPart(node) ? FLOAT : VALUE;
    case 'invert':
      return !node.isGeneral && expected(node.args[0]!.kinds, node.feedback?.right) === INT ? INT : VALUE;
    case 'compare':
      return !node.isGeneral && comparison(node) !== null ? BOOL : VALUE;
    case 'call_native': case 'call_native_bound': case 'convert':
      if (node.args.some((arg) => arg.kinds === 0)) return 0;
      return node.before === null || node.isGeneral ? VALUE : nativeForm(node)?.result ?? quietResult(node) ?? VALUE;
    case 'guard_bound': case 'guard_shape': case 'guard_type': case 'guard_members': case 'guard_plain':
      return node.args[0]!.kinds === 0 ? 0 : node.args[0]!.kinds & VALUE;
    default:
      return node.kinds;
  }
}

/** See the file's head. */
export function inferKinds(graph: Graph): void {
  for (const block of graph.blocks) for (const param of block.params) param.kinds = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (const block of graph.blocks) {
      for (const node of block.nodes) {
        const kinds = transfer(node);
        if (kinds !== node.kinds) {
          node.kinds = kinds;
          changed = true;
        }
      }
      for (const edge of edgesOf(block)) {
        edge.args.forEach((arg, i) => {
          const param = edge.target.params[i]!;
          const kinds = param.kinds | arg.kinds;
          if (kinds === param.kinds) return;
          param.kinds = kinds;
          changed = true;
        });
      }
    }
  }
  for (const block of graph.blocks) for (const node of [...block.params, ...block.nodes]) if (node.kinds === 0) node.kinds = ANY;
}
