/**
 * Between which bounds ints stay: intervals of the int values of a graph, narrower where a branch has compared them.
 *
 * A fixpoint from below over the parameters of blocks. One that goes on growing is widened to the next of a few thresholds, and what was widened too far is taken back by two more
 * rounds: `for i in range(n)` has `i` from 0 to the bound of `n`.
 */
import { MAX_ITEMS } from '../core/containers.ts';
import { shapeOf, type Shape } from './dominators.ts';
import { edgesOf, type Block, type Graph, type Node } from './ir.ts';
import { INT, within } from './kinds.ts';
import type { OperationName } from './operations.ts';

/** All ints from `low` to `high`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const SAFE = Number.MAX_SAFE_INTEGER;
const WORD = 2 ** 31;
/** Every int that compiled code has as a number. */
const ALL: Interval = { low: -SAFE, high: SAFE };
/** Lengths of anything. */
const LENGTH: Interval = { low: 0, high: WORD - 1 };
const ITEMS: Interval = { low: 0, high: MAX_ITEMS };
const BIT: Interval = { low: 0, high: 1 };
const CODE_POINT: Interval = { low: 0, high: 0x10FFFF };

/** Bounds to which a value that grows from round to round is taken to grow. */
const LOWS = [0, -WORD, -SAFE];
const HIGHS = [WORD - 1, SAFE];
/** Changes of a parameter before it is widened. */
const PATIENCE = 3;
/** Rounds that take back what was widened too far. */
const NARROWINGS = 2;

/** Whether all of an interval are ints of 32 bits. */
export function isWord({ low, high }: Interval): boolean {
  return low >= -WORD && high < WORD;
}

/** Whether all of an interval are safe ints. */
export function isSafe({ low, high }: Interval): boolean {
  return low >= -SAFE && high <= SAFE;
}

function join(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** What is in both; the first where nothing is: there the code is never reached. */
function meet(a: Interval, b: Interval): Interval {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return low <= high ? { low, high } : a;
}

function widened(old: Interval, { low, high }: Interval): Interval {
  return {
    low: low < old.low ? LOWS.find((bound) => bound <= low) ?? -SAFE : low,
    high: high > old.high ? HIGHS.find((bound) => bound >= high) ?? SAFE : high,
  };
}

/** The exact bounds of a sum, difference or product; infinite ones, and products that are not exact, are beyond all that is asked. */
export function exactResult(op: OperationName, a: Interval, b: Interval): Interval | null {
  switch (op) {
    case 'int_add': case 'small_add': case 'int_step': return { low: a.low + b.low, high: a.high + b.high };
    case 'int_sub': case 'small_sub': return { low: a.low - b.high, high: a.high - b.low };
    case 'int_mul': case 'small_mul': {
      const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
      return { low: Math.min(...corners), high: Math.max(...corners) };
    }
    default: return null;
  }
}

/** A comparison of which a block knows how it has ended. */
interface Fact {
  readonly condition: Node;
  readonly holds: boolean;
}

/** Comparisons by number: `<`, `<=`, `==`, `!=`, `>`, `>=`. */
const OPPOSITES = [5, 4, 3, 2, 1, 0];
const MIRRORED = [4, 5, 2, 3, 0, 1];

const LESS = 0;
const GREATER = 4;

/** What `x OP y` says of x. */
function boundOf(comparison: number, y: Interval): Interval {
  switch (comparison) {
    case 0: return { low: -SAFE, high: y.high - 1 };
    case 1: return { low: -SAFE, high: y.high };
    case 2: return y;
    case 4: return { low: y.low + 1, high: SAFE };
    case 5: return { low: y.low, high: SAFE };
    default: return ALL;
  }
}

/** The intervals of a graph. */
export class IntRanges {
  readonly shape: Shape;
  private readonly values = new Map<Node, Interval>();
  /** By block: the comparisons that dominate it, by what they compare. */
  private readonly facts = new Map<Block, ReadonlyMap<Node, readonly Fact[]>>();
  private readonly changes = new Map<Node, number>();

  constructor(graph: Graph) {
    this.shape = shapeOf(graph);
    for (const block of graph.blocks) this.facts.set(block, this.factsOf(block));
    while (this.round(graph, /* narrows */ false));
    for (let i = 0; i < NARROWINGS; i++) this.round(graph, /* narrows */ true);
  }

  /** Between which bounds `node` is where `block` runs. */
  at(node: Node, block: Block): Interval {
    let value = this.base(node);
    if (node.op === 'int_step') value = meet(value, exactResult('int_step', this.at(node.args[0]!, block), this.at(node.args[1]!, block))!);
    for (const fact of this.facts.get(block)?.get(node) ?? []) value = meet(value, this.said(fact, node));
    return value;
  }

  /** Whether `a < b` has been asked on all ways to `block`, or their bounds say so. */
  isBelow(a: Node, b: Node, block: Block): boolean {
    if (this.at(a, block).high < this.at(b, block).low) return true;
    return (this.facts.get(block)?.get(a) ?? []).some(({ condition: { args: [x, y], imm }, holds }) => {
      const comparison = holds ? imm as number : OPPOSITES[imm as number]!;
      return (x === a && y === b && comparison === LESS) || (x === b && y === a && comparison === GREATER);
    });
  }

  private base(node: Node): Interval {
    if (node.op === 'const') return typeof node.imm === 'number' ? { low: node.imm, high: node.imm } : ALL;
    return this.values.get(node) ?? ALL;
  }

  private said({ condition, holds }: Fact, node: Node): Interval {
    const [x, y] = condition.args as [Node, Node];
    const comparison = holds ? condition.imm as number : OPPOSITES[condition.imm as number]!;
    return x === node ? boundOf(comparison, this.base(y)) : boundOf(MIRRORED[comparison]!, this.base(x));
  }

  private factsOf(block: Block): ReadonlyMap<Node, readonly Fact[]> {
    const { idom, predecessors } = this.shape;
    const above = idom.get(block)!;
    const known = above === block ? new Map<Node, readonly Fact[]>() : this.facts.get(above)!;
    const [from, ...others] = predecessors.get(block)!;
    if (from === undefined || others.length > 0 || from.end.kind !== 'branch' || from.end.then.target === from.end.otherwise.target) return known;
    const { condition } = from.end;
    if (condition.op !== 'int_compare') return known;
    const facts = new Map(known);
    const fact = { condition, holds: from.end.then.target === block };
    for (const arg of condition.args) if (arg.op !== 'const') facts.set(arg, [...(facts.get(arg) ?? []), fact]);
    return facts;
  }

  /** Goes once through the graph; returns whether something has changed. */
  private round(graph: Graph, narrows: boolean): boolean {
    let hasChanged = false;
    const incoming = narrows ? new Map<Node, Interval>() : null;
    for (const block of graph.blocks) {
      for (const node of block.nodes) if (within(node.kinds, INT) && node.op !== 'const') hasChanged = this.set(node, this.transfer(node, block)) || hasChanged;
      for (const { target, args } of edgesOf(block)) {
        args.forEach((arg, i) => {
          const param = target.params[i]!;
          if (!within(param.kinds, INT)) return;
          const value = this.reaches(arg, block);
          if (value === null) return;
          if (incoming === null) hasChanged = this.grow(param, value) || hasChanged;
          else incoming.set(param, incoming.has(param) ? join(incoming.get(param)!, value) : value);
        });
      }
    }
    incoming?.forEach((value, param) => void this.values.set(param, value));
    return hasChanged;
  }

  /** What an edge from `block` brings; null where nothing is known of it yet, in this round. */
  private reaches(arg: Node, block: Block): Interval | null {
    if (!within(arg.kinds, INT)) return ALL;
    return arg.op !== 'const' && !this.values.has(arg) ? null : this.at(arg, block);
  }

  private grow(param: Node, value: Interval): boolean {
    const old = this.values.get(param);
    if (old === undefined) return this.set(param, value);
    const joined = join(old, value);
    const count = (this.changes.get(param) ?? 0) + 1;
    if (joined.low === old.low && joined.high === old.high) return false;
    this.changes.set(param, count);
    return this.set(param, count > PATIENCE ? widened(old, joined) : joined);
  }

  private set(node: Node, value: Interval): boolean {
    const old = this.values.get(node);
    if (old !== undefined && old.low === value.low && old.high === value.high) return false;
    this.values.set(node, value);
    return true;
  }

  private transfer(node: Node, block: Block): Interval {
    const [first, second] = node.args;
    const a = first === undefined ? ALL : this.at(first, block);
    const b = second === undefined ? ALL : this.at(second, block);
    const exact = exactResult(node.op, a, b);
    if (exact !== null) return node.op.startsWith('small_') ? meet({ low: -WORD, high: WORD - 1 }, exact) : meet(ALL, exact);
    return meet(ALL, resultOf(node, a, b));
  }
}

/** The bounds of results of other operations. */
function resultOf(node: Node, a: Interval, b: Interval): Interval {
  switch (node.op) {
    case 'list_length': case 'items_length': return ITEMS;
    case 'dict_length': case 'str_length': return LENGTH;
    case 'str_ord': return CODE_POINT;
    case 'bool_to_int': return BIT;
    case 'index_wrap': return a.low >= 0 ? a : { low: a.low, high: Math.max(a.high, b.high) };
    case 'guard_index': return { low: Math.max(0, a.low), high: Math.min(a.high, b.high - 1) };
    case 'guard_kind': return a;
    case 'int_neg': return { low: -a.high, high: -a.low };
    case 'int_abs': return { low: a.low > 0 ? a.low : 0, high: Math.max(-a.low, a.high) };
    case 'int_min': return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case 'int_max': return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    case 'low_and': return { low: 0, high: node.imm as number };
    case 'int_and': case 'small_and': return maskedBy(a, b);
    case 'int_rshift': case 'small_rshift': return shiftedBy(node.args[1]!, a);
    case 'small_quot': return quotientOf(a);
    // Its operands are the truncated quotient, what was divided, and the divisor, which is greater than 0; those of `floor_rem` the truncated rest and the divisor.
    case 'floor_quot': return quotientOf(b);
    case 'int_floordiv': return b.low > 0 ? quotientOf(a) : ALL;
    case 'small_rem': return a.low >= 0 ? restOf(a, b) : { low: 1 - b.high, high: b.high - 1 };
    case 'floor_rem': case 'int_mod': return b.low > 0 || node.op === 'floor_rem' ? restOf(a, b) : ALL;
    default: return ALL;
  }
}

/** Of `a & b`. */
function maskedBy(a: Interval, b: Interval): Interval {
  if (a.low < 0 && b.low < 0) return ALL;
  return { low: 0, high: a.low < 0 ? b.high : b.low < 0 ? a.high : Math.min(a.high, b.high) };
}

/** Of `a >> by`. */
function shiftedBy(by: Node, a: Interval): Interval {
  if (by.op !== 'const' || typeof by.imm !== 'number') return a.low >= 0 ? { low: 0, high: a.high } : { low: a.low, high: Math.max(a.high, 0) };
  return { low: Math.floor(a.low / 2 ** by.imm), high: Math.floor(a.high / 2 ** by.imm) };
}

/** Of what is divided by something greater than 0. */
function quotientOf({ low, high }: Interval): Interval {
  return { low: Math.min(low, 0), high: Math.max(high, 0) };
}

/** The rest of a division by something greater than 0. */
function restOf(a: Interval, by: Interval): Interval {
  return { low: 0, high: a.low >= 0 ? Math.min(a.high, by.high - 1) : by.high - 1 };
}
