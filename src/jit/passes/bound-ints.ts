/**
 * Leaves out what the bounds of ints make needless (`int-ranges.ts`): that an index is counted from the end where it is not negative, that sums and products of small ints fit, that a
 * quotient is floored where nothing is negative.
 */
import { settleOperands, type Block, type Graph, type Node } from '../ir.ts';
import { exactResult, IntRanges, isSafe, isWord, type Interval } from '../int-ranges.ts';
import type { OperationName } from '../operations.ts';

/**
 * Operations whose results are known to fit in 32 bits, and in the safe ints. A small one stays where its result may only be a safe int: it is a guard, on which the bounds of what
 * comes of its result rest.
 */
const EXACT: Partial<Record<OperationName, readonly [OperationName, OperationName]>> = {
  int_add: ['word_add', 'int_step'], small_add: ['word_add', 'small_add'], int_step: ['word_add', 'int_step'], int_sub: ['word_sub', 'int_minus'], small_sub: ['word_sub', 'small_sub'], int_mul: ['low_mul', 'int_times'], small_mul: ['low_mul', 'small_mul'],
};

/** Operations of ints of 32 bits that give one. */
const WORDS: Partial<Record<OperationName, OperationName>> = {
  int_and: 'word_and', small_and: 'word_and', int_or: 'low_or', small_or: 'low_or', int_xor: 'low_xor', small_xor: 'low_xor', int_rshift: 'word_rshift', small_rshift: 'word_rshift',
};

/** Divisions of what is not negative, of 32 bits, by what is greater than 0. */
const DIVISIONS: Partial<Record<OperationName, OperationName>> = { small_quot: 'word_quot', small_rem: 'word_rem', int_floordiv: 'word_quot', int_mod: 'word_rem' };

class Bounds {
  private readonly ranges: IntRanges;
  private readonly block: Block;

  constructor(ranges: IntRanges, block: Block) {
    this.ranges = ranges;
    this.block = block;
  }

  private of(node: Node): Interval {
    return this.ranges.at(node, this.block);
  }

  /** Makes a node what it need only be; returns what it is the same as, else null. */
  simplify(node: Node): Node | null {
    const { args } = node;
    switch (node.op) {
      case 'index_wrap': return this.of(args[0]!).low >= 0 ? args[0]! : null;
      case 'guard_index': return this.index(node);
      case 'floor_quot': return this.of(args[1]!).low >= 0 ? args[0]! : null;
      case 'floor_rem': return this.of(args[0]!).low >= 0 ? args[0]! : null;
      default: this.narrow(node);
    }
    return null;
  }

  /** An index that is within its bounds, else with what is left to be checked. */
  private index(node: Node): Node | null {
    const [index, length] = node.args as [Node, Node];
    if (this.of(index).low < 0) return null;
    node.imm = true;
    return this.ranges.isBelow(index, length, this.block) ? index : null;
  }

  private narrow(node: Node): void {
    const { op, args } = node;
    const exact = EXACT[op];
    const divided = DIVISIONS[op];
    if (exact === undefined && divided === undefined && WORDS[op] === undefined) return;
    const [a, b] = args.map((arg) => this.of(arg)) as [Interval, Interval];
    if (exact !== undefined) {
      const result = exactResult(op, a, b)!;
      if (isWord(a) && isWord(b) && isWord(result)) this.become(node, exact[0]);
      else if (isSafe(result)) this.become(node, exact[1]);
    } else if (divided !== undefined) {
      if (a.low >= 0 && b.low > 0 && isWord(a) && isWord(b)) this.become(node, divided);
    } else if (isWord(a) && isWord(b) && (WORDS[op] !== 'word_rshift' || (b.low >= 0 && b.high < 32))) this.become(node, WORDS[op]!);
  }

  private become(node: Node, op: OperationName): void {
    if (node.op === op) return;
    node.become(op);
    node.state = null;
    node.before = null;
  }
}

/** See the file's head. */
export function boundInts(graph: Graph): void {
  if (!graph.blocks.some(({ nodes }) => nodes.some(({ op }) => op === 'index_wrap' || op === 'guard_index' || op in EXACT || op in DIVISIONS || op in WORDS))) return;
  const ranges = new IntRanges(graph);
  let hasChanged = false;
  for (const block of graph.blocks) {
    const bounds = new Bounds(ranges, block);
    block.nodes = block.nodes.filter((node) => {
      node.alias = bounds.simplify(node);
      hasChanged ||= node.alias !== null;
      return node.alias === null;
    });
  }
  if (hasChanged) settleOperands(graph);
}
