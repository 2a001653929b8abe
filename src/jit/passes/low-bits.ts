/**
 * Finds sums, products and other operations on ints of which only the low 32 bits are asked for: `(a * b + c) & 0xFFFFFFFF`, as random numbers and hashes are made. The low
 * bits of the result depend on the low bits of the operands alone, so that 32-bit arithmetic gives them where the product itself would be a bigint.
 *
 * The values between are then not what Python's are: nobody else may use them, no state may name them but those of the operations themselves.
 */
import { NB } from '../../bytecode/operands.ts';
import { edgesOf, stateValues, type Block, type Graph, type Node, type State } from '../ir.ts';
import { INT, within } from '../kinds.ts';
import { binaryOperands, plainOperator } from './infer-kinds.ts';

const MAX_MASK = 0xffff_ffff;
const LOW = new Set<number>([NB.ADD, NB.SUBTRACT, NB.MULTIPLY, NB.OR, NB.XOR, NB.LSHIFT]);
const AND = new Set<number>([NB.AND]);

/** A chain of operations that ends in `&`. */
interface Chain {
  readonly root: Node;
  readonly mask: number;
  readonly members: readonly Node[];
}

function isOf(node: Node, operators: ReadonlySet<number>): boolean {
  if (node.op !== 'binary' || node.isGeneral || !operators.has(plainOperator(node.imm as number))) return false;
  if (plainOperator(node.imm as number) === NB.LSHIFT && !isShiftCount(node.args[1]!)) return false;
  return binaryOperands(node).every((kind) => kind === INT);
}

function isShiftCount({ op, imm }: Node): boolean {
  return op === 'const' && typeof imm === 'number' && imm >= 0 && imm < 32;
}

function maskOf(root: Node): { mask: number; value: Node } | null {
  for (const [i, j] of [[0, 1], [1, 0]] as const) {
    const { op, imm } = root.args[i]!;
    if (op === 'const' && typeof imm === 'number' && imm >= 0 && imm <= MAX_MASK) return { mask: imm, value: root.args[j]! };
  }
  return null;
}

/** The operations below `value`, innermost first. */
function membersBelow(value: Node, block: Block): Node[] {
  if (value.block !== block || !isOf(value, LOW)) return [];
  return [...value.args.flatMap((arg) => membersBelow(arg, block)), value];
}

/** Whether nothing but the chain uses a member. */
function isPrivate(member: Node, user: Node, block: Block): boolean {
  for (const node of block.nodes) {
    const uses = node.args.filter((arg) => arg === member).length;
    if (node === user ? uses !== 1 : uses > 0) return false;
    if (node === user) continue;
    if ([node.before, node.state].some((state) => state !== null && stateValues(state).includes(member))) return false;
  }
  return true;
}

/** Whether a value leaves the block, or ends it. */
function escapes(member: Node, block: Block): boolean {
  const { end } = block;
  if (edgesOf(block).some((edge) => edge.args.includes(member))) return true;
  if (end.kind === 'exit' || end.kind === 'yield') return stateValues(end.state).includes(member) || (end.kind === 'yield' && end.value === member);
  return end.kind === 'branch' ? end.condition === member : end.kind === 'return' && end.value === member;
}

/** Operands that need a guard have to be there when the first operation starts: its state is the only one without a value between. */
function canGuard(chain: Chain, block: Block): boolean {
  const first = block.nodes.indexOf(chain.members[0]!);
  const leaves = [...chain.members, chain.root].flatMap((node) => node.args).filter((arg) => !chain.members.includes(arg));
  return leaves.every((leaf) => within(leaf.kinds, INT) || leaf.block !== block || leaf.op === 'param' || block.nodes.indexOf(leaf) < first);
}

function chainOf(root: Node, block: Block): Chain | null {
  if (!isOf(root, AND)) return null;
  const found = maskOf(root);
  if (found === null) return null;
  const members = membersBelow(found.value, block);
  const chain = { root, mask: found.mask, members };
  if (members.length === 0 || !canGuard(chain, block)) return null;
  const userOf = (member: Node): Node => (member === found.value ? root : members.find((other) => other.args.includes(member))!);
  // A value used twice by one operation, as in `x * x`, is no chain.
  return members.every((member) => isPrivate(member, userOf(member), block) && !escapes(member, block)) ? chain : null;
}

/** What a node of a chain becomes. */
export interface LowBits {
  /** Where tier 0 goes on when an operand is no int. */
  readonly state: State;
  /** Of the last node of the chain, else null. */
  readonly mask: number | null;
}

/** All nodes of such chains. */
export function findLowBits(graph: Graph): ReadonlyMap<Node, LowBits> {
  const found = new Map<Node, LowBits>();
  for (const block of graph.blocks) {
    for (const node of block.nodes) {
      const chain = chainOf(node, block);
      if (chain === null) continue;
      const state = chain.members[0]!.before!;
      for (const member of chain.members) found.set(member, { state, mask: null });
      found.set(chain.root, { state, mask: chain.mask });
    }
  }
  return found;
}
