/**
 * What a loop reads of an attribute or a cell, and writes there itself, it keeps in a variable from round to round: it is read once before the loop, and writes stay where they are, so that
 * memory is up to date wherever the loop is left. Guards of what is read move before the loop, where what is written satisfies them anyway.
 *
 *   for i in r: p.x += i      head, get x, guard int, add, set x      for      get x, guard int | head(x), add, set x
 *
 * A part of `hoist-guards`, which moves guards of the owner, and what is not written, before.
 */
import { edgesOf, resolve, settleOperands, type Block, type Edge, type Graph, type Node, type State } from '../ir.ts';
import { UNBOUND, within, type Kinds } from '../kinds.ts';
import { areasChanged, areasRead, mayTouch } from '../memory.ts';
import { origin, type OperationName } from '../operations.ts';
import { nodeIn } from './split-parameters.ts';

/** Reads that are carried, and the writes that give them their values. */
const WRITES: Partial<Record<OperationName, OperationName>> = { slot_get: 'slot_set', cell_get: 'cell_set' };
/** Variables that a loop may get: more would not stay in registers. */
const MAX_CARRIED = 8;

/** A loop behind the moving of its guards. */
export interface GuardedLoop {
  readonly header: Block;
  readonly before: Block;
  /** Its blocks in the order of the graph. */
  readonly blocks: readonly Block[];
  readonly loop: ReadonlySet<Block>;
  /** What changes memory in the loop. */
  readonly changes: readonly Node[];
  isEachRound(block: Block): boolean;
  /** Whether memory may be read before the loop: its owner has that. */
  isReadable(read: Node): boolean;
  /** The state of a guard that moves before the loop; null where it must not. */
  stateBefore(guard: Node): State | null;
}

interface Incoming {
  readonly from: Block;
  readonly edge: Edge;
}

function isSamePlace(a: Node, b: Node): boolean {
  return origin(a.args[0]!) === origin(b.args[0]!) && (a.op !== 'slot_get' || a.imm === b.imm);
}

/** One attribute or cell in one loop. */
class Place {
  private readonly read: Node;
  private readonly within: GuardedLoop;
  private readonly incoming: ReadonlyMap<Block, readonly Incoming[]>;
  private readonly variable: Node;
  private readonly starts = new Map<Block, Node>();
  /** Variables where ways through the loop meet, and what they get. */
  private readonly meetings = new Map<Node, readonly Node[]>();

  constructor(read: Node, loop: GuardedLoop, incoming: ReadonlyMap<Block, readonly Incoming[]>) {
    this.read = read;
    this.within = loop;
    this.incoming = incoming;
    this.variable = this.newVariable(loop.header);
  }

  private newVariable(block: Block): Node {
    const variable = nodeIn(block, 'param', [], this.read.kinds);
    variable.hint = this.read.hint;
    block.params.push(variable);
    this.starts.set(block, variable);
    return variable;
  }

  private isWrite(node: Node): boolean {
    return node.op === WRITES[this.read.op] && isSamePlace(this.read, node);
  }

  /** What is in the place where a block begins. */
  private atStart(block: Block): Node {
    const known = this.starts.get(block);
    if (known !== undefined) return known;
    const incoming = this.incoming.get(block)!;
    if (incoming.length === 1) return this.atEnd(incoming[0]!.from);
    const variable = this.newVariable(block);
    const values = incoming.map(({ from }) => this.atEnd(from));
    incoming.forEach(({ edge }, i) => edge.args.push(values[i]!));
    this.meetings.set(variable, values);
    return variable;
  }

  private atEnd(block: Block): Node {
    const write = block.nodes.findLast((node) => this.isWrite(node));
    return write === undefined ? this.atStart(block) : write.args[1]!;
  }

  /** Puts variables in the place of the reads. */
  carry(): void {
    const { header, before, blocks, loop } = this.within;
    for (const block of blocks) {
      let value: Node | null = null;
      const nodes: Node[] = [];
      for (const node of block.nodes) {
        if (this.isWrite(node)) value = node.args[1]!;
        if (node.op === this.read.op && isSamePlace(this.read, node)) node.alias = resolve(value ??= this.atStart(block));
        else nodes.push(node);
      }
      block.nodes = nodes;
    }
    const incoming = this.incoming.get(header)!;
    const back = incoming.filter(({ from }) => loop.has(from)).map(({ from, edge }) => ({ edge, value: resolve(this.atEnd(from)) }));
    for (const { edge, value } of back) edge.args.push(value);
    const first = nodeIn(before, this.read.op, this.read.args, this.read.kinds);
    first.imm = this.read.imm;
    first.hint = this.read.hint;
    before.nodes.push(first);
    const entering = this.moveGuards(first, back.map(({ value }) => value));
    for (const { from, edge } of incoming) if (!loop.has(from)) edge.args.push(entering);
    this.dropGuards(blocks);
  }

  /** Moves guards of the variable before the loop; returns what enters it. */
  private moveGuards(first: Node, back: readonly Node[]): Node {
    const { variable } = this;
    let entering = first;
    for (const block of this.within.blocks) {
      if (!this.within.isEachRound(block)) continue;
      for (const guard of block.nodes) {
        if ((guard.op !== 'guard_kind' && guard.op !== 'guard_bound') || resolve(guard.args[0]!) !== variable) continue;
        const kinds = guard.op === 'guard_bound' ? variable.kinds & ~UNBOUND : (guard.imm as Kinds);
        const isKept = (value: Node): boolean => within(this.kindsOf(value, kinds), kinds);
        const state = back.every(isKept) ? this.within.stateBefore(guard) : null;
        if (state === null) continue;
        entering = nodeIn(this.within.before, guard.op, [entering], kinds);
        entering.imm = guard.imm;
        entering.state = state;
        entering.hint = guard.hint;
        this.within.before.nodes.push(entering);
        variable.kinds = kinds;
        guard.alias = variable;
      }
      block.nodes = block.nodes.filter(({ alias }) => alias === null);
    }
    return entering;
  }

  /** The kinds of what is written, where the variable has these. */
  private kindsOf(value: Node, kinds: Kinds, seen = new Set<Node>()): Kinds {
    if (value === this.variable) return kinds;
    const parts = this.meetings.get(value);
    if (parts === undefined) return value.kinds;
    seen.add(value);
    return parts.reduce((all, part) => (seen.has(part) ? all : all | this.kindsOf(resolve(part), kinds, seen)), 0);
  }

  /** Drops guards of what is known by now. */
  private dropGuards(blocks: readonly Block[]): void {
    for (const meeting of this.meetings.keys()) meeting.kinds = this.kindsOf(meeting, this.variable.kinds);
    for (const block of blocks) {
      for (const node of block.nodes) {
        if (node.op !== 'guard_kind') continue;
        const value = resolve(node.args[0]!);
        if (this.meetings.has(value) && within(value.kinds, node.imm as Kinds)) node.alias = value;
      }
      block.nodes = block.nodes.filter(({ alias }) => alias === null);
    }
  }
}

/** Carries the reads of the loops of a graph, from the inner loops outward. */
export class ReadCarrier {
  private readonly graph: Graph;
  private readonly incoming = new Map<Block, Incoming[]>();
  /** Whether anything has been carried. */
  hasChanged = false;

  constructor(graph: Graph) {
    this.graph = graph;
    for (const block of graph.blocks) this.incoming.set(block, []);
    for (const from of graph.blocks) for (const edge of edgesOf(from)) this.incoming.get(edge.target)!.push({ from, edge });
  }

  /** Carries what one loop reads and writes. */
  run(loop: GuardedLoop): void {
    const reads: Node[] = [];
    for (const block of loop.blocks) {
      if (!loop.isEachRound(block)) continue;
      for (const node of block.nodes) if (isCarried(node, loop) && !reads.some((read) => read.op === node.op && isSamePlace(read, node))) reads.push(node);
    }
    for (const read of reads.slice(0, MAX_CARRIED)) {
      new Place(read, loop, this.incoming).carry();
      settleOperands(this.graph);
      this.hasChanged = true;
    }
  }
}

/** Whether a node reads what the loop writes, there only, and may be done before the loop. */
function isCarried(node: Node, { changes, loop, isReadable }: GuardedLoop): boolean {
  const write = WRITES[node.op];
  if (write === undefined || loop.has(node.args[0]!.block!) || !isReadable(node)) return false;
  const area = areasRead(node.op);
  let isWritten = false;
  for (const change of changes) {
    if ((areasChanged(change) & area) === 0 || !mayTouch(change, node.op, node.args, node.imm)) continue;
    if (change.op !== write || !isSamePlace(node, change)) return false;
    isWritten = true;
  }
  return isWritten;
}
