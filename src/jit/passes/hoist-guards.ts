/**
 * Moves guards and reads of memory that a loop repeats without change before the loop, from the innermost loop outward. A guard that fails there leaves to the head of the loop, whose state
 * the builder keeps in a `loop_entry` before each loop; these go away here. Loops of inlined calls that are done again from their beginning have none: their guards leave there as ever.
 *
 *   for i in r: p.x += i      loop_entry, guard p's shape | head, get x, ...      for      loop_entry | head, guard p's shape, get x, ...
 *
 * Only what each round does is moved: a loop that is left before its first round would check, and may leave for, what it never comes to.
 */
import { OWN_SLOTS } from '../../core/instance.ts';
import { dominates, shapeOf, type Shape } from '../dominators.ts';
import { edgesOf, type Block, type Graph, type LoopEntry, type Node, type State } from '../ir.ts';
import { LIST, TUPLE, within } from '../kinds.ts';
import { areasChanged, areasRead, changesValues, EVERYTHING, mayTouch, readsMemory } from '../memory.ts';
import { origin, type OperationName } from '../operations.ts';
import { hoistedUnit } from '../units.ts';
import { ReadCarrier } from './carry-reads.ts';
import { pruneParameters } from './prune-parameters.ts';

/** Guards that may be asked of anything: what their operand needs to be is known by the operand alone. */
const GUARDS: ReadonlySet<OperationName> = new Set<OperationName>([
  'guard_kind', 'guard_is', 'guard_code', 'guard_method', 'guard_definition', 'guard_bound', 'guard_shape', 'guard_version', 'guard_inlined', 'guard_globals', 'guard_getter', 'guard_depth',
  'guard_table', 'guard_type', 'guard_plain', 'guard_members', 'guard_mutable', 'guard_iterator', 'guard_index',
]);

/** Operations on the record's depth, which a guard of the depth must not pass. */
const OF_DEPTH: ReadonlySet<OperationName> = new Set<OperationName>(['enter_inlined', 'leave_inlined']);

/** Reads, and what says of their operands that they can be done: a guard that has been moved, too, or a kind that is known anyway. Slots of instances: see `isInstance`. */
const READS: Partial<Record<OperationName, (owner: Node, node: Node) => boolean>> = {
  table_get: () => true,
  closure_cell: () => true,
  cell_of: () => true,
  cell_get: () => true,
  items: (owner) => within(owner.kinds, LIST) || within(owner.kinds, TUPLE),
  list_length: (owner) => within(owner.kinds, LIST),
  items_length: () => true,
  guard_raw: (owner) => within(owner.kinds, LIST),
  items_get: (_owner, node) => node.args[1]!.op === 'guard_index',
};

/** Values that come out of their operands, where those are there. */
const VALUES: ReadonlySet<OperationName> = new Set<OperationName>(['const', 'index_wrap']);

/** One loop. */
class Hoister {
  private readonly loop: ReadonlySet<Block>;
  private readonly before: Block;
  private readonly entry: Node | null;
  private readonly shape: Shape;
  /** What changes memory in the loop. */
  private changes: readonly Node[] = [];
  private areas = 0;
  private readonly changesDepth: boolean;
  /** The guards of the graph that ask for shapes. */
  private readonly shaped: readonly Node[];
  private readonly states = new Map<number, State>();

  /** `entry`: its `loop_entry`; null for the loop of an inlined call that is done again from its beginning wherever it is left. */
  constructor(loop: ReadonlySet<Block>, before: Block, entry: Node | null, { shape, shaped }: { shape: Shape; shaped: readonly Node[] }) {
    this.loop = loop;
    this.before = before;
    this.entry = entry;
    this.shape = shape;
    this.shaped = shaped;
    const nodes = [...loop].flatMap((block) => block.nodes);
    this.noteChanges(nodes);
    this.changesDepth = nodes.some(({ op }) => OF_DEPTH.has(op));
  }

  private noteChanges(nodes: readonly Node[]): void {
    this.changes = nodes.filter((node) => areasChanged(node) !== 0);
    this.areas = this.changes.reduce((areas, node) => areas | areasChanged(node), 0);
  }

  /** Moves what can be moved; `header` is the loop's first block. Then `carrier` has its turn. */
  run(header: Block, carrier: ReadCarrier): void {
    const { loop, shape } = this;
    const ends = [...loop].filter((block) => edgesOf(block).some(({ target }) => target === header));
    const isEachRound = (block: Block): boolean => ends.every((end) => dominates(shape, block, end));
    // In the order of the graph: what stands behind something in another block that moves may move, too.
    const blocks = [...loop].sort((a, b) => shape.order.get(a)! - shape.order.get(b)!);
    // Again where a read of items has moved: it made objects of them, which stood in the way of others.
    for (let isStale = true; isStale;) {
      for (const block of blocks) if (isEachRound(block)) this.moveAll(block);
      for (const block of blocks) block.nodes = block.nodes.filter((node) => node.block === block);
      isStale = this.changes.some(({ block }) => block === this.before);
      this.noteChanges(blocks.flatMap((block) => block.nodes));
    }
    carrier.run({
      header, before: this.before, blocks, loop, changes: this.changes, isEachRound,
      isReadable: (read) => read.op === 'cell_get' || this.isInstance(read),
      stateBefore: (guard) => (this.mayLeaveBefore(guard) ? this.headFor(guard.state!) : null),
    });
  }

  private moveAll(block: Block): void {
    for (const node of block.nodes) if (this.isMoved(node)) this.move(node);
  }

  private isMoved(node: Node): boolean {
    const { op } = node;
    if (!GUARDS.has(op) && !(op === 'slot_get' ? this.isInstance(node) : READS[op]?.(node.args[0]!, node) === true)) return false;
    if (node.row.effect === 'guard' && !this.mayLeaveBefore(node)) return false;
    if (op === 'guard_depth' && this.changesDepth) return false;
    return !this.isChanged(node) && node.args.every((arg) => this.isThere(arg));
  }

  /** Whether the owner of a slot is known to be an instance before the loop: it was one for a guard once, which it remains. Only its own slots are there whatever becomes of it. */
  private isInstance({ args: [owner], imm }: Node): boolean {
    const from = origin(owner!);
    if ((imm as number) >= OWN_SLOTS) return owner!.op === 'guard_shape';
    return from.op === 'build_instance' || this.shaped.some((guard) => origin(guard) === from && dominates(this.shape, guard.block!, this.before));
  }

  /** Whether a guard may leave before the loop. */
  private mayLeaveBefore({ state, catches }: Node): boolean {
    if (state === null || catches) return false;
    if (this.entry === null) return true;
    const { imm } = this.entry;
    return imm === undefined || (imm as LoopEntry).mayHoist(unitOf(state));
  }

  /** Whether the loop may change what the node reads. */
  private isChanged(node: Node): boolean {
    if (!readsMemory(node)) return false;
    const areas = areasRead(node.op);
    if (this.areas === EVERYTHING) return areas !== 0;
    return (this.areas & areas) !== 0 && this.changes.some((change) => (areasChanged(change) & areas) !== 0 && mayTouch(change, node.op, node.args, node.imm));
  }

  /** Whether an operand is there before the loop, or can be. */
  private isThere(node: Node): boolean {
    if (!this.loop.has(node.block!)) return true;
    return VALUES.has(node.op) && node.args.every((arg) => this.isThere(arg));
  }

  private move(node: Node): void {
    for (const arg of node.args) if (this.loop.has(arg.block!)) this.move(arg);
    node.block = this.before;
    if (node.state !== null) node.state = this.headFor(node.state);
    this.before.nodes.push(node);
  }

  /** Where what leaves to `own` in the loop leaves to before it: the head of the loop, with the unit of its guards there. */
  private headFor(own: State): State {
    if (this.entry === null) return own;
    const unit = unitOf(own);
    const head = this.entry.state!;
    let state = this.states.get(unit);
    if (state === undefined) this.states.set(unit, (state = head.copy([...head.slots], unit)));
    return state;
  }
}

/** The unit that a guard has when it is moved: of the instruction of the loop's own code that it belongs to. */
function unitOf(state: State): number {
  let own = state;
  while (own.inlining !== null) own = own.inlining.caller;
  return hoistedUnit(own.at);
}

/** The block before a loop that is entered from one only. */
function blockBefore(header: Block, loop: ReadonlySet<Block>, shape: Shape): Block | null {
  const [before, ...others] = shape.predecessors.get(header)!.filter((block) => !loop.has(block));
  return before === undefined || others.length > 0 || before.end.kind !== 'jump' ? null : before;
}

/** The `loop_entry` at the end of the block before a loop. */
function entryOf({ nodes }: Block): Node | null {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!;
    if (node.op === 'loop_entry') return node;
    if (changesValues(node)) return null;
  }
  return null;
}

/** Whether all of a loop is left to one state: before an inlined call. */
function leavesToOne(loop: ReadonlySet<Block>): boolean {
  const states = new Set<State>();
  let isInlined = false;
  for (const { nodes } of loop) {
    for (const { op, state } of nodes) {
      isInlined ||= op === 'safepoint_inlined';
      if (state !== null) states.add(state);
    }
  }
  return isInlined && states.size === 1;
}

/** See the file's head. */
export function hoistGuards(graph: Graph): void {
  const shape = shapeOf(graph);
  for (const block of graph.blocks) for (const node of [...block.params, ...block.nodes]) node.block = block;
  if (!shape.isIrreducible) {
    const shaped = graph.blocks.flatMap(({ nodes }) => nodes.filter(({ op }) => op === 'guard_shape'));
    const carrier = new ReadCarrier(graph);
    const loops = [...shape.loops].sort(([, a], [, b]) => a.size - b.size);
    for (const [header, loop] of loops) {
      const before = blockBefore(header, loop, shape);
      const entry = before === null ? null : entryOf(before);
      if (before !== null && (entry !== null || leavesToOne(loop))) new Hoister(loop, before, entry, { shape, shaped }).run(header, carrier);
    }
    if (carrier.hasChanged) pruneParameters(graph);
  }
  for (const block of graph.blocks) block.nodes = block.nodes.filter(({ op }) => op !== 'loop_entry');
}
