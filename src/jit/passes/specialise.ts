/** Replaces general operations by those for the kinds at hand, behind guards of the operands; drops guards of what is known. */
import { NB } from '../../bytecode/operands.ts';
import { Node, constant, resolveOperands, settleOperands, type Block, type Graph, type State } from '../ir.ts';
import { BIG, BOOL, COMPLEX, DICT, FLOAT, INT, LIST, NONE, STR, TUPLE, VALUE, within, type Kinds } from '../kinds.ts';
import type { AttributeSite } from '../operation-constants.ts';
import { canRaise, INLINABLE, type OperationName } from '../operations.ts';
import { asNumber, binaryOperands, binaryResult, comparison, expected, isComplexPart, isFloatElement, isListRepeat, isSequenceSum, plainOperator } from './infer-kinds.ts';
import { rawUnit } from '../units.ts';
import { findLowBits, type LowBits } from './low-bits.ts';
import { nativeForm, quietResult } from './native-forms.ts';

/** Collects what comes in the place of a node. */
class Rewriter {
  readonly out: Node[] = [];
  readonly block: Block;
  constructor(block: Block) {
    this.block = block;
  }

  emit(op: OperationName, args: readonly Node[], imm?: unknown): Node {
    const node = new Node(op, [...args], imm);
    node.kinds = node.row.result;
    node.isDouble = node.row.isDouble === true;
    node.block = this.block;
    this.out.push(node);
    return node;
  }

  constant(value: number): Node {
    const node = constant(value, INT);
    node.block = this.block;
    this.out.push(node);
    return node;
  }

  guarded(op: OperationName, args: readonly Node[], state: State, imm?: unknown): Node {
    const node = this.emit(op, args, imm);
    node.state = state;
    return node;
  }

  /** The value behind a guard for one kind, unless it has it. */
  as(value: Node, kind: Kinds, state: State): Node {
    if (within(value.kinds, kind)) return value;
    const node = this.guarded('guard_kind', [value], state, kind);
    node.kinds = kind;
    node.hint = value.hint;
    return node;
  }
}

/** The special form of an operator for two ints. */
export const INT_OPERATIONS: Readonly<Record<number, OperationName>> = {
  [NB.ADD]: 'int_add', [NB.SUBTRACT]: 'int_sub', [NB.MULTIPLY]: 'int_mul', [NB.FLOOR_DIVIDE]: 'int_floordiv', [NB.REMAINDER]: 'int_mod',
  [NB.AND]: 'int_and', [NB.OR]: 'int_or', [NB.XOR]: 'int_xor', [NB.LSHIFT]: 'int_lshift', [NB.RSHIFT]: 'int_rshift', [NB.TRUE_DIVIDE]: 'int_truediv',
};
/** The special form of an operator for two ints, where all results were ints of 32 bits so far. */
const SMALL_OPERATIONS: Readonly<Record<number, OperationName>> = {
  [NB.ADD]: 'small_add', [NB.SUBTRACT]: 'small_sub', [NB.MULTIPLY]: 'small_mul', [NB.AND]: 'small_and', [NB.OR]: 'small_or', [NB.XOR]: 'small_xor', [NB.LSHIFT]: 'small_lshift', [NB.RSHIFT]: 'small_rshift',
};

function isLargeConstant({ op, imm }: Node): boolean {
  return op === 'const' && typeof imm === 'number' && (imm | 0) !== imm;
}

function isSmallOnly(node: Node, operands: readonly Node[]): boolean {
  return node.feedback?.isSmall === true && !operands.some(isLargeConstant);
}

function intOperation(node: Node, operator: number, operands: readonly Node[]): OperationName {
  return (isSmallOnly(node, operands) ? SMALL_OPERATIONS[operator] : undefined) ?? INT_OPERATIONS[operator]!;
}

/** `a // b` and `a % b` of ints of 32 bits, `b` greater than 0; null where they may be others. */
function smallDivision(r: Rewriter, node: Node, operator: number, [a, b]: readonly [Node, Node]): Node | null {
  const isQuotient = operator === NB.FLOOR_DIVIDE;
  if ((!isQuotient && operator !== NB.REMAINDER) || !isSmallOnly(node, [a, b])) return null;
  const state = node.before!;
  if (b.op === 'const') {
    const by = b.imm as number;
    if (by <= 0) return null;
    const shift = Math.log2(by);
    if (Number.isInteger(shift)) return isQuotient ? r.guarded('small_rshift', [a, r.constant(shift)], state) : r.guarded('small_and', [a, r.constant(by - 1)], state);
  }
  const truncated = r.guarded(isQuotient ? 'small_quot' : 'small_rem', [a, b], state);
  return isQuotient ? r.emit('floor_quot', [truncated, a, b]) : r.emit('floor_rem', [truncated, b]);
}

/** The special form of an operator for floats, or a float and an int. */
export const DOUBLE_OPERATIONS: Readonly<Record<number, OperationName>> = {
  [NB.ADD]: 'double_add', [NB.SUBTRACT]: 'double_sub', [NB.MULTIPLY]: 'double_mul', [NB.TRUE_DIVIDE]: 'double_div', [NB.FLOOR_DIVIDE]: 'double_floordiv',
  [NB.REMAINDER]: 'double_mod', [NB.POWER]: 'double_pow',
};

/** An operand of arithmetic or of a comparison, behind a guard for its kind. */
function operand(r: Rewriter, value: Node, kind: Kinds, state: State): Node {
  const guarded = r.as(value, kind, state);
  return kind === BOOL ? r.emit('bool_to_int', [guarded]) : guarded;
}

function sequenceSum(r: Rewriter, node: Node, kind: Kinds): Node {
  const state = node.before!;
  return r.guarded(kind === LIST ? 'build_list_sum' : 'build_tuple_sum', [r.as(node.args[0]!, kind, state), r.as(node.args[1]!, kind, state)], state);
}

/** What is called for ints of which some are beyond the safe ones. */
const BIG_OPERATIONS: Readonly<Record<number, string>> = {
  [NB.ADD]: 'quietIntAdd', [NB.SUBTRACT]: 'quietIntSub', [NB.MULTIPLY]: 'quietIntMul', [NB.AND]: 'quietIntAnd', [NB.OR]: 'quietIntOr', [NB.XOR]: 'quietIntXor',
  [NB.RSHIFT]: 'quietIntShift', [NB.FLOOR_DIVIDE]: 'quietIntQuotient', [NB.REMAINDER]: 'quietIntRest',
};

function bigOperation(r: Rewriter, node: Node, operator: number, kinds: Kinds): Node | null {
  const name = BIG_OPERATIONS[operator];
  if (name === undefined || (kinds & BIG) === 0 || !within(kinds, INT | BIG)) return null;
  return r.guarded('quiet_int', node.args, node.before!, name);
}

function binary(r: Rewriter, node: Node): Node | null {
  const [left, right] = binaryOperands(node);
  if (isSequenceSum(node.imm as number, left, right)) return sequenceSum(r, node, left);
  if (isListRepeat(node.imm as number, left, right)) return r.guarded('build_list_repeat', [r.as(node.args[0]!, left, node.before!), r.as(node.args[1]!, right, node.before!)], node.before!);
  const operator = plainOperator(node.imm as number);
  const result = binaryResult(operator, left, right);
  if (result === VALUE) return bigOperation(r, node, operator, left | right);
  const state = node.before!;
  const a = operand(r, node.args[0]!, left, state);
  const b = operand(r, node.args[1]!, right, state);
  if (result === STR) return r.guarded('str_concat', [a, b], state);
  if (result === COMPLEX) return complexBinary(r, operator, [a, b], state);
  const areInts = asNumber(left) === INT && asNumber(right) === INT;
  const divided = areInts ? smallDivision(r, node, operator, [a, b]) : null;
  if (divided !== null) return divided;
  const op = areInts ? intOperation(node, operator, [a, b]) : DOUBLE_OPERATIONS[operator]!;
  const special = r.emit(op, [a, b]);
  if (special.row.effect === 'guard') special.state = state;
  return special;
}

/** The parts of a complex number, or of a real one: that has no imaginary part, not one of zero. */
function complexParts(r: Rewriter, value: Node): [Node, Node | null] {
  if (!within(value.kinds, COMPLEX)) return [value, null];
  if (value.op === 'complex') return [value.args[0]!, value.args[1]!];
  return [r.emit('complex_real', [value]), r.emit('complex_imag', [value])];
}

/** Sums, differences and products of complex numbers and reals (Objects/complexobject.c). */
function complexBinary(r: Rewriter, operator: number, [left, right]: readonly [Node, Node], state: State): Node {
  const [a, b] = complexParts(r, left);
  const [c, d] = complexParts(r, right);
  const mul = (x: Node, y: Node): Node => r.emit('double_mul', [x, y]);
  if (operator !== NB.MULTIPLY) {
    const op = operator === NB.ADD ? 'double_add' : 'double_sub';
    const imag = b !== null && d !== null ? r.emit(op, [b, d]) : b ?? (op === 'double_sub' ? r.emit('double_neg', [d!]) : d!);
    return r.emit('complex', [r.emit(op, [a, c]), imag]);
  }
  if (b === null || d === null) return r.emit('complex', [mul(a, c), mul(b ?? a, b === null ? d! : c)]);
  const real = r.emit('double_sub', [mul(a, c), mul(b, d)]);
  const imag = r.emit('double_add', [mul(a, d), mul(b, c)]);
  return r.emit('complex', [r.guarded('guard_product', [real, imag], state), imag]);
}

/** The special form of an operation of which only the low 32 bits matter, for ints. */
const LOW_OPERATIONS: Readonly<Record<number, OperationName>> = { [NB.ADD]: 'low_add', [NB.SUBTRACT]: 'low_sub', [NB.MULTIPLY]: 'low_mul', [NB.OR]: 'low_or', [NB.XOR]: 'low_xor', [NB.LSHIFT]: 'low_shift' };

function lowBits(r: Rewriter, node: Node, { state, mask }: LowBits): Node {
  const operands = node.args.map((arg) => (arg.op.startsWith('low_') ? arg : r.as(arg, INT, state)));
  if (mask === null) return r.emit(LOW_OPERATIONS[plainOperator(node.imm as number)]!, operands);
  return r.emit('low_and', [operands.find((arg) => arg.op.startsWith('low_') && arg.op !== 'low_and')!], mask);
}

function compare(r: Rewriter, node: Node): Node | null {
  const op = comparison(node);
  if (op === null) return null;
  const [left, right] = binaryOperands(node);
  return r.emit(op, [operand(r, node.args[0]!, left, node.before!), operand(r, node.args[1]!, right, node.before!)], node.imm);
}

function truth(r: Rewriter, node: Node): Node | null {
  const kinds = expected(node.args[0]!.kinds, node.feedback?.right);
  const op: OperationName | null = kinds === INT ? 'int_truth' : kinds === STR ? 'str_truth' : kinds === FLOAT ? 'double_truth'
    : kinds === LIST ? 'list_truth' : kinds === TUPLE ? 'tuple_truth' : kinds === DICT ? 'dict_truth' : kinds === BOOL ? 'is_true' : kinds === NONE ? 'is_true' : null;
  return op === null ? null : r.emit(op, [r.as(node.args[0]!, kinds, node.before!)]);
}

/** The items and the checked index of `container[key]`, or null where the kinds are others. */
function element(r: Rewriter, node: Node): { items: Node; index: Node; container: Node } | null {
  const [left, right] = binaryOperands(node);
  if ((left !== LIST && left !== TUPLE) || right !== INT) return null;
  const state = node.before!;
  const container = r.as(node.args[0]!, left, state);
  const key = r.as(node.args[1]!, INT, state);
  const items = r.emit('items', [container]);
  return { items, container, index: checkedIndex(r, node, key, r.emit('items_length', [items])) };
}

/** The list and the checked index of `list[key]` where the list may keep floats raw, and their array where all lists seen did: `state` is that of what relies on it. */
function floatElement(r: Rewriter, node: Node): { list: Node; doubles: Node | null; index: Node; state: State } {
  const before = node.before!;
  const list = r.as(node.args[0]!, LIST, before);
  const key = r.as(node.args[1]!, INT, before);
  const state = before.copy(before.slots, rawUnit(before.at));
  const doubles = node.feedback?.isRaw === true ? r.guarded('guard_raw', [list], state) : null;
  const length = doubles === null ? r.emit('list_length', [list]) : r.emit('items_length', [doubles]);
  return { list, doubles, index: checkedIndex(r, node, key, length), state };
}

/** An index that is within: counted from the end only where one was. A branch not yet taken in a loop keeps V8 from peeling it (`emit/ways-out.ts`). */
function checkedIndex(r: Rewriter, { feedback, before }: Node, key: Node, length: Node): Node {
  const isNegative = key.op === 'const' ? (key.imm as number) < 0 : feedback === null || feedback.isNegative;
  return r.guarded('guard_index', [isNegative ? r.emit('index_wrap', [key, length]) : key, length], before!);
}

function floatItem(r: Rewriter, node: Node): Node {
  const { list, doubles, index } = floatElement(r, node);
  return doubles === null ? r.guarded('list_get_double', [list, index], node.before!) : r.emit('doubles_get', [doubles, index]);
}

function setFloatItem(r: Rewriter, node: Node, value: Node): Node {
  const { list, doubles, index, state } = floatElement(r, node);
  r.guarded('guard_mutable', [list], node.before!);
  return doubles === null ? r.emit('list_set_double', [list, index, value]) : r.guarded('doubles_set', [doubles, index, value], state);
}

function getItem(r: Rewriter, node: Node): Node | null {
  if (isFloatElement(node)) return floatItem(r, node);
  const [left, right] = binaryOperands(node);
  if (left === STR && right === INT) return r.guarded('str_item', [r.as(node.args[0]!, STR, node.before!), r.as(node.args[1]!, INT, node.before!)], node.before!);
  const found = element(r, node);
  return found === null ? null : r.emit('items_get', [found.items, found.index]);
}

function setItem(r: Rewriter, node: Node): Node | null {
  if (expected(node.args[0]!.kinds, node.feedback?.left) !== LIST) return null;
  const value = node.args[2]!;
  if (within(expected(value.kinds, node.feedback?.result), FLOAT) && binaryOperands(node)[1] === INT) {
    return setFloatItem(r, node, r.as(value, FLOAT, node.before!));
  }
  const found = element(r, node);
  if (found === null) return null;
  r.guarded('guard_mutable', [found.container], node.before!);
  return r.emit('items_set', [found.items, found.index, value]);
}

function unary(r: Rewriter, node: Node): Node | null {
  const kinds = expected(node.args[0]!.kinds, node.feedback?.right);
  if (kinds !== INT && ((kinds !== FLOAT && kinds !== COMPLEX) || node.op === 'invert')) return null;
  const value = r.as(node.args[0]!, kinds, node.before!);
  if (node.op === 'invert') return r.guarded(node.feedback?.isSmall === true ? 'small_invert' : 'int_invert', [value], node.before!);
  if (kinds === COMPLEX) return r.emit('complex', complexParts(r, value).map((part) => r.emit('double_neg', [part!])));
  return r.emit(kinds === INT ? 'int_neg' : 'double_neg', [value]);
}

function length(r: Rewriter, node: Node): Node | null {
  const { kinds } = node.args[0]!;
  // Items of a list are not asked for: they would be made of raw floats, for good.
  if (kinds === LIST) return r.emit('list_length', [node.args[0]!]);
  if (kinds === TUPLE) return r.emit('items_length', [r.emit('items', [node.args[0]!])]);
  if (kinds === STR) return r.emit('str_length', [node.args[0]!]);
  return kinds === DICT ? r.emit('dict_length', [node.args[0]!]) : null;
}

function append(r: Rewriter, node: Node): Node | null {
  if (!within(node.args[1]!.kinds, FLOAT)) return null;
  return r.guarded('list_append_double', node.args, node.state!);
}

function buildList(r: Rewriter, node: Node): Node | null {
  const areFloats = node.args.length > 0 && node.args.every((arg) => within(arg.kinds, FLOAT));
  return areFloats ? r.emit('build_list_of_doubles', node.args) : null;
}

/** A display of keys that are found without Python code: there is nothing to come back to. */
function buildTable(r: Rewriter, node: Node): Node | null {
  const isSet = node.op === 'build_set';
  const keys = isSet ? node.args : node.args.filter((_arg, k) => k % 2 === 0);
  if (!keys.every((key) => within(key.kinds, STR | INT | BOOL | NONE))) return null;
  return r.emit(isSet ? 'build_plain_set' : 'build_plain_map', node.args);
}

/** `str()` of CONVERT_VALUE. */
const CONVERT_STR = 1;

/** The text of a value in an f-string: a str as it is, and ints. */
function text(r: Rewriter, node: Node): Node | null {
  if (node.before === null || (node.op === 'convert_value' && node.imm !== CONVERT_STR)) return null;
  const kinds = expected(node.args[0]!.kinds, node.feedback?.right);
  if (kinds !== STR && kinds !== INT) return null;
  const value = r.as(node.args[0]!, kinds, node.before);
  return kinds === STR ? value : r.emit('int_text', [value]);
}

/** A call of a builtin function that runs no Python code for these arguments. */
function quiet(r: Rewriter, node: Node): Node | null {
  const result = quietResult(node);
  if (result === null) return null;
  const call = r.guarded('call_quiet', node.args, node.state!, node.imm);
  call.kinds = result;
  return call;
}

function native(r: Rewriter, node: Node): Node | null {
  const found = nativeForm(node);
  if (found === null) return quiet(r, node);
  if (found.op === 'same') return node.args[0]!;
  const special = r.emit(found.op, found.op === 'double_hypot' ? complexParts(r, node.args[0]!).map((part) => part!) : node.args);
  if (found.isGuard) special.state = node.before!;
  return special;
}

/** What a guard of what is known hands on; null for others. */
function knownGuard(node: Node): Node | null {
  if (node.op === 'guard_kind') return within(node.args[0]!.kinds, node.imm as Kinds) ? node.args[0]! : null;
  return node.op === 'guard_bound' && (node.args[0]!.kinds & ~VALUE) === 0 ? node.args[0]! : null;
}

/** Drops guards of what is known. */
export function dropKnownGuards(graph: Graph): void {
  let hasChanged = false;
  for (const block of graph.blocks) {
    block.nodes = block.nodes.filter((node) => {
      resolveOperands(node);
      node.alias = knownGuard(node);
      hasChanged ||= node.alias !== null;
      return node.alias === null;
    });
  }
  if (hasChanged) settleOperands(graph);
}

function rewrite(r: Rewriter, node: Node): Node | null {
  if (node.isGeneral) return null;
  switch (node.op) {
    case 'binary': return binary(r, node);
    case 'compare': case 'compare_bool': return compare(r, node);
    case 'truth': return truth(r, node);
    case 'get_item': return getItem(r, node);
    case 'set_item': return setItem(r, node);
    case 'load_attr': return isComplexPart(node) ? r.emit((node.imm as AttributeSite).name === 'real' ? 'complex_real' : 'complex_imag', node.args) : null;
    case 'list_append': return append(r, node);
    case 'build_list': return buildList(r, node);
    case 'build_set': case 'build_map': return buildTable(r, node);
    case 'format': case 'convert_value': return text(r, node);
    case 'negative': case 'invert': return unary(r, node);
    case 'length': return length(r, node);
    case 'call_native': case 'call_native_bound': case 'convert': return node.before === null ? null : native(r, node);
    default: return knownGuard(node);
  }
}

/** See the file's head. */
export function specialise(graph: Graph): void {
  const low = findLowBits(graph);
  let hasChanged = false;
  for (const block of graph.blocks) {
    const r = new Rewriter(block);
    for (const node of block.nodes) {
      resolveOperands(node);
      const chain = low.get(node);
      const special = chain === undefined ? rewrite(r, node) : lowBits(r, node, chain);
      if (special === null) r.out.push(node);
      else {
        if (special.hint === '') special.hint = node.hint;
        special.catches ||= node.catches && canRaise(special);
        node.alias = special;
        hasChanged = true;
      }
    }
    block.nodes = r.out;
  }
  if (hasChanged) settleOperands(graph);
  for (const block of graph.blocks) for (const node of block.nodes) if (!INLINABLE.has(node.op) && node.op !== 'raise' && node.raises === null) node.before = null;
}
