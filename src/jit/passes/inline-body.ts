/** What may be inlined, and copies of it. */
import type { PyFunction } from '../../core/function.ts';
import { Block, constant, edgesOf, isVirtual, Node, SEEN, type Edge, type Graph, type Inlining, type Slot, type State, type Terminator } from '../ir.ts';
import { NONE, OBJECT } from '../kinds.ts';
import { raisedNew, type Raised } from './raised.ts';
import { canRaise, isAllocation, isOfRecord, operationOf, origin, savesRecord, type OperationName } from '../operations.ts';

/** How deep inlined calls may stand in each other. */
export const MAX_DEPTH = 6;

/** Nodes of one body; fewer where it calls something, or is left where it stands: V8 then has to keep more. */
const MAX_BODY = 120;
const MAX_BODY_IN_PLACE = 30;
/** Calls that a body may make. */
const MAX_CALLS = 1;

/**
 * Where an inlined body is left when a guard fails: before the call, which tier 0 does again from its beginning, or where it stands, with a frame of its own. The first is cheaper, where it is
 * possible.
 */
export type Leaving = 'before' | 'in place';

/** Knows the bodies that may be inlined into one compilation. */
export interface Inliner {
  /** The body of a function, specialised, in the form for one way of leaving it; null where it must not be inlined so. Not to be changed. */
  bodyOf(func: PyFunction, leaving: Leaving): Graph | null;
  /** The beginning of a function, which returns at once, or does the call; null where it has none that is worth it. Not to be changed. */
  beginningOf(func: PyFunction): Graph | null;
  /** Whether a guard at this unit may be tried. */
  mayLeave(unit: number): boolean;
  /** Whether calls are inlined into what is to be inlined itself: what is raised there is raised where that is. */
  readonly isInBody: boolean;
  /** Whether there is room for so many nodes more; takes it. */
  hasRoom(count: number): boolean;
}

/** What belongs to an activation, or to a place that goes on elsewhere. */
export const OWN: ReadonlySet<OperationName> = new Set<OperationName>([
  'entry_slot', 'sent_value', 'make_cell', 'push_handled', 'pop_handled', 'begun', 'guard_begins', 'method_self', 'frame_seen', 'set_function_attribute', 'range_iterator_next',
  'list_iterator_next', 'tuple_iterator_next', 'dict_next',
]);

/** What some operations become where they are inlined: they leave to do the call again, too. */
export const INLINED_FORMS: Partial<Record<OperationName, OperationName>> = { safepoint: 'safepoint_inlined', call_quiet: 'call_quiet_again' };

/** Whether a node may stand in a body that has no frame. */
export function isPlain(node: Node): boolean {
  if (raisedNew(node) !== null) return true;
  const row = operationOf(node);
  return row.effect !== 'call' && (row.isQuiet !== true || node.op === 'call_quiet') && row.mayUnwind !== true && !OWN.has(node.op);
}

/** The number of nodes that do something. */
export function sizeOf(graph: Graph): number {
  return graph.blocks.reduce((sum, { nodes }) => sum + nodes.filter(({ op }) => op !== 'const' && op !== 'argument').length, 0);
}

/** What a block of a body raises in its last node; null for others. */
export function raisedBy({ nodes }: Block): Raised | null {
  const last = nodes.at(-1);
  return last === undefined ? null : raisedNew(last);
}

function returns({ blocks }: Graph): boolean {
  return blocks.some(({ end }) => end.kind === 'return');
}

/** Whether a body does more than leave: it returns, or raises what may be handled where it is inlined. */
function ends(graph: Graph): boolean {
  return returns(graph) || graph.blocks.some((block) => raisedBy(block) !== null);
}

/** Whether a function calls nothing, returns, and is small. */
export function isInlinable(graph: Graph): boolean {
  if (sizeOf(graph) > MAX_BODY || !ends(graph)) return false;
  return graph.blocks.every((block) => block.end.kind !== 'yield' && (block.end.kind !== 'exit' || block.end.reason === 'unseen' || raisedBy(block) !== null) && block.nodes.every(isPlain));
}

/** What belongs to the JavaScript function: no inlined body has it. */
const OF_FUNCTION: ReadonlySet<OperationName> = new Set<OperationName>(['entry_slot', 'sent_value', 'sink_refuses', 'push_handled', 'pop_handled', 'begun', 'guard_begins', 'begin_direct', 'begin_call']);

function calls(graph: Graph): number {
  return graph.blocks.reduce((sum, { nodes }) => sum + nodes.filter((node) => operationOf(node).effect === 'call').length, 0);
}

/** Whether an exception may be raised in a body, other than by tier 0. */
export function mayRaise(graph: Graph): boolean {
  return graph.blocks.some(({ nodes }) => nodes.some(canRaise));
}

/** Whether a node raises what a body would raise that has been inlined into this one, to be done again: the frame would be missing. */
function isRaisedElsewhere({ op, state }: Node): boolean {
  return op === 'raise' && state?.continues === false;
}

/** The functions of inlined generators without a record in whose code something may look at frames. */
export function callingGenerators(graph: Graph): PyFunction[] {
  return graph.blocks.flatMap(({ nodes }) => nodes.filter(savesRecord)).flatMap(({ state }) => {
    const under = state!.inlining;
    return under === null || under.isEntered ? [] : [under.func.imm as PyFunction];
  });
}

/** Whether a generator is inlined into a body. */
function hasGenerator(graph: Graph): boolean {
  return graph.blocks.some(({ nodes }) => nodes.some(({ state }) => state?.inlining?.activation !== undefined));
}

/** Whether a function, which may call something, returns and is small. In a loop goes more time than into its call. */
export function isInlinableInPlace(graph: Graph): boolean {
  if (sizeOf(graph) > MAX_BODY_IN_PLACE || calls(graph) > MAX_CALLS || !returns(graph) || hasGenerator(graph)) return false;
  return graph.blocks.every(({ isLoop, nodes, end }) => !isLoop && end.kind !== 'yield' && nodes.every((node) => !OF_FUNCTION.has(node.op) && !isRaisedElsewhere(node)));
}

/** What goes where the exception of a handler is not made; no body is inlined that has handlers left. */
function isOfHandlers({ op, raises }: Node): boolean {
  return op === 'reraise' || raises !== null;
}

/** How much smaller a body may become between its specialisation and its final form, which the limits are for. */
const SHRINKS = 3;

/**
 * Whether a specialised body, into which nothing has been inlined yet, is too large or calls too much for either form whatever is: `mayGo` says of a call whether that could be inlined. To find
 * that out later would take most of the time of a compilation that meets many large functions, as what they call would be built as well.
 */
export function isHopeless(graph: Graph, mayGo: (call: Node) => boolean): boolean {
  let count = 0;
  for (const { nodes } of graph.blocks) for (const node of nodes) if (operationOf(node).effect === 'call' && raisedNew(node) === null && !isOfHandlers(node) && !mayGo(node)) count++;
  if (count > MAX_CALLS || (count > 0 && graph.blocks.some(({ isLoop }) => isLoop))) return true;
  return sizeOf(graph) > SHRINKS * (count > 0 ? MAX_BODY_IN_PLACE : MAX_BODY);
}

/** Whether a value is an object that is made here, or the new instance that an `__init__` gets. */
function isNew(value: Node, isInit: boolean): boolean {
  const from = origin(value);
  return isAllocation(from) || (isInit && from.op === 'argument' && from.imm === 0);
}

function isChange(node: Node, isInit: boolean): boolean {
  if (operationOf(node).effect !== 'write' || isNew(node, isInit)) return false;
  return node.args.length === 0 || !isNew(node.args[0]!, isInit);
}

function canLeave(node: Node): boolean {
  return node.state !== null;
}

/** Whether a guard of a block fails, or it ends in an exit, when something has been changed. */
function leavesChanged({ nodes, end }: Block, wasChanged: boolean, isInit: boolean): boolean {
  let isChanged = wasChanged;
  for (const node of nodes) {
    if (isChanged && canLeave(node)) return true;
    isChanged ||= isChange(node, isInit);
  }
  return isChanged && end.kind === 'exit';
}

/**
 * Whether a call can be done again from its beginning wherever a guard of the body fails: nothing was changed before that somebody could see. `isInit`: the first
 * argument is an instance that nobody else has yet.
 */
export function canBeRepeated(graph: Graph, { isInit }: { isInit: boolean }): boolean {
  const changing = graph.blocks.filter(({ nodes }) => nodes.some((node) => isChange(node, isInit)));
  if (changing.length === 0) return true;
  const after = new Set<Block>();
  const work = changing.flatMap(edgesOf);
  while (work.length > 0) {
    const { target } = work.pop()!;
    if (after.has(target)) continue;
    after.add(target);
    work.push(...edgesOf(target));
  }
  return graph.blocks.every((block) => !leavesChanged(block, after.has(block), isInit));
}

/** The values that a body returns. */
export function returned(graph: Graph): Node[] {
  return graph.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}

/** What a copy of a body is made for. */
export interface CopyInput {
  readonly func: PyFunction;
  /** The function as a value, where it is one of several; null: it is `func`. */
  readonly callee: Node | null;
  readonly args: readonly Node[];
  /** Where all guards of the copy leave to; for a body that is left where it stands, the call as its frames name it. */
  readonly leavesTo: State | Inlining;
  newBlock(): Block;
}

function isInlining(leavesTo: State | Inlining): leavesTo is Inlining {
  return 'caller' in leavesTo;
}

/** Whether a body has to have a record: something in it may look at frames. */
export function needsRecord(graph: Graph): boolean {
  return calls(graph) > 0;
}

/** What no copy has: nothing moves before the loops of what is inlined, and `leave_inlined` sees to the frame. */
const DROPPED: ReadonlySet<OperationName> = new Set<OperationName>(['frame_seen', 'loop_entry']);

/** Copies one body. */
class Copier {
  private readonly graph: Graph;
  private readonly input: CopyInput;
  private readonly nodes = new Map<Node, Node>();
  private readonly blocks: ReadonlyMap<Block, Block>;
  /** Guards share states, and inlined calls their callers'. */
  private readonly states = new Map<State, State>();
  private readonly inlined = new Map<Inlining, Inlining>();
  private readonly activations = new Map<object, object>();
  private readonly asksForFrame: boolean;
  private readonly endsRecord: boolean;

  constructor(graph: Graph, input: CopyInput) {
    this.graph = graph;
    this.input = input;
    this.blocks = new Map(graph.blocks.map((block) => [block, input.newBlock()]));
    this.asksForFrame = graph.blocks.some(({ nodes }) => nodes.some(({ op }) => op === 'frame_seen'));
    this.endsRecord = isInlining(input.leavesTo) && input.leavesTo.isEntered;
  }

  run(): Block[] {
    for (const from of this.graph.blocks) {
      const to = this.blocks.get(from)!;
      to.isLoop = from.isLoop;
      to.params = from.params.map((param) => this.make(param, to));
      for (const node of from.nodes) {
        if (node.op === 'argument') this.nodes.set(node, this.input.args[node.imm as number]!);
        else if (!DROPPED.has(node.op)) to.nodes.push(this.make(node, to));
      }
    }
    // States of loops name nodes that stand further down.
    for (const [from, to] of this.blocks) {
      for (const node of from.nodes) if (node.state !== null && this.nodes.has(node) && node.op !== 'argument') this.of(node).state = this.state(node.state);
      to.end = this.end(from.end, to);
    }
    return [...this.blocks.values()];
  }

  private readonly of = (node: Node): Node => this.nodes.get(node)!;

  private make(node: Node, block: Block): Node {
    const isCell = node.op === 'closure_cell';
    const isRepeated = !isInlining(this.input.leavesTo);
    const made = isCell ? copyCell(node, this.input) : new Node((isRepeated ? INLINED_FORMS[node.op] : undefined) ?? node.op, node.args.map(this.of), this.imm(node));
    made.kinds = OBJECT;
    if (!isCell) {
      made.kinds = node.kinds;
      made.isDouble = node.isDouble;
      made.hint = node.hint;
      made.feedback = node.feedback;
      made.isGeneral = node.isGeneral;
    }
    made.block = block;
    this.nodes.set(node, made);
    return made;
  }

  private imm(node: Node): unknown {
    return isOfRecord(node) ? this.inlining(node.imm as Inlining) : node.imm;
  }

  private inlining(from: Inlining): Inlining {
    let to = this.inlined.get(from);
    if (to === undefined) this.inlined.set(from, (to = { ...from, func: this.of(from.func), caller: this.state(from.caller), ...this.activation(from) }));
    return to;
  }

  private activation({ activation: from }: Inlining): Pick<Inlining, 'activation'> {
    if (from === undefined) return {};
    let activation = this.activations.get(from);
    if (activation === undefined) this.activations.set(from, (activation = {}));
    return { activation };
  }

  private state(from: State): State {
    const { leavesTo } = this.input;
    if (!isInlining(leavesTo)) return leavesTo;
    let to = this.states.get(from);
    if (to !== undefined) return to;
    to = from.copy(from.slots.map((slot) => this.slot(slot)));
    to.inlining = from.inlining === null ? leavesTo : this.inlining(from.inlining);
    if (from.constructs !== null) to.constructs = this.of(from.constructs);
    this.states.set(from, to);
    return to;
  }

  private slot(slot: Slot): Slot {
    return isVirtual(slot) ? slot.mapped(this.of) : this.of(slot);
  }

  private edge({ target, args }: Edge): Edge {
    return { target: this.blocks.get(target)!, args: args.map(this.of) };
  }

  private end(end: Terminator, block: Block): Terminator {
    switch (end.kind) {
      case 'jump': return { kind: 'jump', target: this.edge(end.target) };
      case 'branch': return end.condition.op === 'frame_seen' ? this.leave(end, block) : { kind: 'branch', condition: this.of(end.condition), then: this.edge(end.then), otherwise: this.edge(end.otherwise) };
      case 'return': {
        // Nobody gets the frame of what only raises: its returns do not ask.
        if (this.endsRecord && !this.asksForFrame) block.nodes.push(this.leaveNode(block, null));
        return { kind: 'return', value: this.of(end.value) };
      }
      case 'exit': return { kind: 'exit', state: this.state(end.state), reason: end.reason };
      case 'yield': throw new Error('a body that yields is not inlined');
    }
  }

  /** What comes before a return is no way out where the call is inlined: `leave_inlined` sees to the frame. */
  private leave({ then, otherwise }: Extract<Terminator, { kind: 'branch' }>, block: Block): Terminator {
    const { end } = then.target;
    if (end.kind !== 'exit' || end.reason !== SEEN) throw new Error('a frame that was seen is left otherwise');
    block.nodes.push(this.leaveNode(block, this.state(end.state)));
    return { kind: 'jump', target: this.edge(otherwise) };
  }

  private leaveNode(block: Block, state: State | null): Node {
    const node = new Node('leave_inlined', [], this.input.leavesTo);
    node.kinds = NONE;
    node.state = state;
    node.block = block;
    return node;
  }
}

/** A copy of a body for one call: its blocks, the entry first, and those among them that return. */
export function copyBody(graph: Graph, input: CopyInput): Block[] {
  return new Copier(graph, input).run();
}

function copyCell(node: Node, { func, callee }: CopyInput): Node {
  return callee === null ? constant(func.closure!.items[node.imm as number], OBJECT) : new Node('cell_of', [callee], node.imm);
}

/** Whether all that a body returns is None. */
export function returnsNone(graph: Graph): boolean {
  return returned(graph).every(({ kinds }) => kinds === NONE);
}
