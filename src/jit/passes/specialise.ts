/** Replaces general operations by those for the kinds at hand, behind guards of the operands; drops guards of what is known. */
import { NB } from '../../bytecode/operands.ts';
import { Node, constant, resolve, settleOperands, type Block, type Graph, type State } from '../ir.ts';
import { BOOL, DICT, FLOAT, INT, LIST, NONE, STR, TUPLE, VALUE, within, type Kinds } from '../kinds.ts';
import { OPERATIONS, type OperationName } from '../operations.ts';
import { asNumber, binaryOperands, binaryResult, comparison, expected, plainOperator } from './infer-kinds.ts';
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
    node.kinds = OPERATIONS[op].result;
    node.isDouble = (OPERATIONS[op] as { isDouble?: boolean }).isDouble === true;
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

function binary(r: Rewriter, node: Node): Node | null {
  const [left, right] = binaryOperands(node);
  const operator = plainOperator(node.imm as number);
  const result = binaryResult(operator, left, right);
  if (result === VALUE) return null;
  const state = node.before!;
  const a = operand(r, node.args[0]!, left, state);
  const b = operand(r, node.args[1]!, right, state);
  if (result === STR) return r.guarded('str_concat', [a, b], state);
  const op = asNumber(left) === INT && asNumber(right) === INT ? INT_OPERATIONS[operator]! : DOUBLE_OPERATIONS[operator]!;
  const special = r.emit(op, [a, b]);
  if (OPERATIONS[op].effect === 'guard') special.state = state;
  return special;
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
    : kinds === LIST || kinds === TUPLE ? 'items_truth' : kinds === DICT ? 'dict_truth' : kinds === BOOL ? 'is_true' : kinds === NONE ? 'is_true' : null;
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
  const length = r.emit('items_length', [items]);
  const isPositive = key.op === 'const' && (key.imm as number) >= 0;
  const index = isPositive ? key : r.emit('index_wrap', [key, length]);
  return { items, container, index: r.guarded('guard_index', [index, length], state) };
}

function getItem(r: Rewriter, node: Node): Node | null {
  const [left, right] = binaryOperands(node);
  if (left === STR && right === INT) return r.guarded('str_item', [r.as(node.args[0]!, STR, node.before!), r.as(node.args[1]!, INT, node.before!)], node.before!);
  const found = element(r, node);
  return found === null ? null : r.emit('items_get', [found.items, found.index]);
}

function setItem(r: Rewriter, node: Node): Node | null {
  if (expected(node.args[0]!.kinds, node.feedback?.left) !== LIST) return null;
  const found = element(r, node);
  if (found === null) return null;
  r.guarded('guard_mutable', [found.container], node.before!);
  return r.emit('items_set', [found.items, found.index, node.args[2]!]);
}

function unary(r: Rewriter, node: Node): Node | null {
  const kinds = expected(node.args[0]!.kinds, node.feedback?.right);
  if (kinds !== INT && (kinds !== FLOAT || node.op === 'invert')) return null;
  const value = r.as(node.args[0]!, kinds, node.before!);
  if (node.op === 'invert') return r.guarded('int_invert', [value], node.before!);
  return r.emit(kinds === INT ? 'int_neg' : 'double_neg', [value]);
}

function length(r: Rewriter, node: Node): Node | null {
  const { kinds } = node.args[0]!;
  if (kinds === LIST || kinds === TUPLE) return r.emit('items_length', [r.emit('items', [node.args[0]!])]);
  if (kinds === STR) return r.emit('str_length', [node.args[0]!]);
  return kinds === DICT ? r.emit('dict_length', [node.args[0]!]) : null;
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
  const special = r.emit(found.op, node.args);
  if (found.isGuard) special.state = node.before!;
  return special;
}

function rewrite(r: Rewriter, node: Node): Node | null {
  if (node.isGeneral) return null;
  switch (node.op) {
    case 'binary': return binary(r, node);
    case 'compare': case 'compare_bool': return compare(r, node);
    case 'truth': return truth(r, node);
    case 'get_item': return getItem(r, node);
    case 'set_item': return setItem(r, node);
    case 'format': case 'convert_value': return text(r, node);
    case 'negative': case 'invert': return unary(r, node);
    case 'length': return length(r, node);
    case 'call_native': case 'call_native_bound': case 'convert': return node.before === null ? null : native(r, node);
    case 'guard_kind': return within(node.args[0]!.kinds, node.imm as Kinds) ? node.args[0]! : null;
    case 'guard_bound': return (node.args[0]!.kinds & ~VALUE) === 0 ? node.args[0]! : null;
    default: return null;
  }
}

/** See the file's head. */
export function specialise(graph: Graph): void {
  for (const block of graph.blocks) {
    const r = new Rewriter(block);
    for (const node of block.nodes) {
      node.args = node.args.map(resolve);
      const special = rewrite(r, node);
      if (special === null) r.out.push(node);
      else {
        if (special.hint === '') special.hint = node.hint;
        node.alias = special;
      }
    }
    block.nodes = r.out;
  }
  settleOperands(graph);
  for (const block of graph.blocks) for (const node of block.nodes) node.before = null;
}
