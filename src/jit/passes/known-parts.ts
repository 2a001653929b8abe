/** What is known of parts of tuples, and of what is asked of constants: values that need not be read, or asked for (`passes/share-values.ts`). */
import { EQ, NE } from '../../core/type.ts';
import { constant, Node } from '../ir.ts';
import { BOOL, INT, isOfBuiltins, LIST, TUPLE, within } from '../kinds.ts';
import type { Middle, QuietCall } from '../operation-constants.ts';
import { origin, type TypeFact } from '../operations.ts';

/** The values of which a tuple has been made here whose items a node is; null for other nodes. */
function tupleItems(items: Node): readonly Node[] | null {
  if (items.op !== 'items') return null;
  const made = origin(items.args[0]!);
  return made.op === 'build_tuple' ? made.args : null;
}

/** An int that is known; undefined for others. */
function numberOf(node: Node): number | undefined {
  const { op, imm } = origin(node);
  return op === 'const' && typeof imm === 'number' ? imm : undefined;
}

/** By the numbers of comparisons. */
const COMPARISONS: readonly ((a: number, b: number) => boolean)[] = [(a, b) => a < b, (a, b) => a <= b, (a, b) => a === b, (a, b) => a !== b, (a, b) => a > b, (a, b) => a >= b];

function comparison({ args: [a, b], imm }: Node): Node | null {
  const left = numberOf(a!);
  const right = numberOf(b!);
  return left === undefined || right === undefined ? null : constant(COMPARISONS[imm as number]!(left, right), BOOL);
}

/** `index_wrap` and `guard_index` of an index and a length that are known. */
function index(node: Node): Node | null {
  const at = numberOf(node.args[0]!);
  const length = numberOf(node.args[1]!);
  if (at === undefined || length === undefined) return null;
  if (node.op === 'index_wrap') return at < 0 ? constant(at + length, INT) : node.args[0]!;
  return at >= 0 && at < length ? node.args[0]! : null;
}

/** Whether a bool that is known is another one. */
function sameTruth({ args: [a, b] }: Node): Node | null {
  const areKnown = [a!, b!].every(({ op, imm }) => op === 'const' && typeof imm === 'boolean');
  return areKnown ? constant(a!.imm === b!.imm, BOOL) : null;
}

/** Whether what a guard asks of a set that is made here is so. */
function isOfItsType({ args: [value], imm }: Node): boolean {
  const { type } = imm as TypeFact;
  return value!.op === 'build_plain_set' ? type.name === 'set' && isOfBuiltins(type) : value!.op === 'build_copy' && value!.imm === type;
}

/** `==` and `!=` of a set and a display of one item, which need not be made. */
function comparisonWithOne({ args: [set, other], imm, state }: Node): Node | null {
  const { name, comparison: by } = imm as QuietCall;
  if (name !== 'set_richcompare' || (by !== EQ && by !== NE) || other?.op !== 'build_plain_set' || other.args.length !== 1) return null;
  const node = new Node('set_is_only', [set!, other.args[0]!], by === EQ);
  node.kinds = BOOL;
  node.state = state;
  return node;
}

/** `==` and `!=` among the comparisons. */
function middleList(node: Node): Node | null {
  const parts = tupleItems(node.args[0]!);
  if (parts === null) return null;
  const { first, last } = node.imm as Middle;
  const list = new Node('build_list', parts.slice(first, parts.length - last));
  list.kinds = LIST;
  list.hint = node.hint;
  return list;
}

/** The value of a node that is known from what its operands are: one that is there already, or a new one, which has no block yet; null where it is not known. */
export function knownPart(node: Node): Node | null {
  switch (node.op) {
    case 'items_length': {
      const parts = tupleItems(node.args[0]!);
      return parts === null ? null : constant(parts.length, INT);
    }
    case 'items_get': return tupleItems(node.args[0]!)?.[numberOf(node.args[1]!) ?? -1] ?? null;
    case 'build_middle': return middleList(node);
    case 'index_wrap': case 'guard_index': return index(node);
    case 'int_compare': return comparison(node);
    case 'guard_type': return isOfItsType(node) ? node.args[0]! : null;
    case 'quiet_look': return comparisonWithOne(node);
    case 'is_sequence': return within(node.args[0]!.kinds, TUPLE | LIST) ? constant(true, BOOL) : null;
    case 'is': return sameTruth(node);
    case 'not': return node.args[0]!.op === 'const' ? constant(node.args[0]!.imm !== true, BOOL) : null;
    case 'guard_true': return node.args[0]!.op === 'const' && node.args[0]!.imm === true ? node.args[0]! : null;
    default: return null;
  }
}
