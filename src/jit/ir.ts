/**
 * The intermediate representation: a control-flow graph of blocks with parameters (in the place of phi nodes), whose nodes are in static single assignment form.
 *
 * A node that can leave compiled code carries a `State`: which values make up the frame of tier 0 at a position of the bytecode.
 */
import type { InlineCache, OperatorEntry } from '../core/inline-cache.ts';
import type { PyCode, PyFunction } from '../core/function.ts';
import type { NativeDefinition } from '../core/native.ts';
import type { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { ANY, type Kinds } from './kinds.ts';
import { rowOf, type Operation, type OperationName } from './operations.ts';

/** A slot of a frame: one value, or an object that exists only as its parts. */
export type Slot = Node | VirtualObject;

/**
 * An object nobody sees, as SSA values: the iterator of a range (next, step, remaining), of one of step 1 (next, stop) or of a sequence (and its index), `enumerate(sequence)` and `zip(a, b)` (and the index), a
 * complex number (two raw doubles), a tuple of two, what may be a float, an int or nothing (a raw double and a `NumberTag`), a generator whose code is inlined into the loop over it (what is in
 * the slots of its frame).
 */
export class VirtualObject {
  readonly virtual: 'range' | 'count' | 'sequence' | 'complex' | 'tuple' | 'enumerate' | 'zip' | 'number' | 'generator';
  readonly parts: readonly Node[];
  /** What a generator is; null for others. */
  readonly generator: SuspendedGenerator | null;
  /** LIST or TUPLE for each sequence among the parts. */
  readonly kinds: readonly Kinds[];

  constructor(virtual: VirtualObject['virtual'], parts: readonly Node[], kinds: readonly Kinds[] = NO_KINDS, generator: SuspendedGenerator | null = null) {
    this.virtual = virtual;
    this.parts = parts;
    this.kinds = kinds;
    this.generator = generator;
  }

  /** The same object with what `map` gives for its parts. */
  mapped(map: (part: Node) => Node): VirtualObject {
    return new VirtualObject(this.virtual, this.parts.map(map), this.kinds, this.generator);
  }
}

/** A generator in parts, suspended at its only `yield`, or not begun yet. */
export interface SuspendedGenerator {
  readonly func: PyFunction;
  /** The code that it runs: the function may have got another since. */
  readonly code: PyCode;
  /** Behind the `yield`; -1 where it has not begun. */
  readonly pc: number;
  /** Its resume point there (`BuildInput.resumePoint`). */
  readonly point: object;
  /** How the parts make up the slots of the frame, with other nodes in their places. */
  readonly form: readonly Slot[];
}

/** All values of slots, those of objects in parts one by one. */
export function partsOfSlots(slots: readonly Slot[]): Node[] {
  return slots.flatMap((slot) => (isVirtual(slot) ? slot.parts : [slot]));
}

/** Slots like those of `form`, of other values. */
export function slotsOfParts(form: readonly Slot[], parts: readonly Node[]): Slot[] {
  let next = 0;
  return form.map((slot) => (isVirtual(slot) ? slot.mapped(() => parts[next++]!) : parts[next++]!));
}

const NO_KINDS: readonly Kinds[] = [];

/** Whether a slot is an object in parts. */
export function isVirtual(slot: Slot): slot is VirtualObject {
  return slot instanceof VirtualObject;
}

/** Where tier 0 can go on. All fields are there from the beginning: passes go through the states again and again, and V8 has one shape of them to learn. */
export class State {
  /** Position in the bytecode: of the instruction, or behind it when `continues`. */
  readonly pc: number;
  /** The unit of the instruction, for feedback. */
  readonly at: number;
  readonly continues: boolean;
  /** With `continues`: whether the result of the instruction is to be pushed. */
  readonly pushes: boolean;
  slots: Slot[];
  /** The call is of an `__init__`: its result is this instance. */
  constructs: Node | null = null;
  /** The call under way has been inlined: states of its body have this one below them. */
  inlines = false;
  /** Of a state in an inlined body: whose frame this is, and on which it stands. */
  inlining: Inlining | null = null;

  constructor(pc: number, at: number, slots: Slot[], { continues, pushes }: Pick<State, 'continues' | 'pushes'> = AT_INSTRUCTION) {
    this.pc = pc;
    this.at = at;
    this.continues = continues;
    this.pushes = pushes;
    this.slots = slots;
  }

  /** Another state at the same place, for the unit `at`. */
  copy(slots = this.slots, at = this.at): State {
    const copy = new State(this.pc, at, slots, this);
    copy.constructs = this.constructs;
    copy.inlines = this.inlines;
    copy.inlining = this.inlining;
    return copy;
  }
}

const AT_INSTRUCTION = { continues: false, pushes: false };

/** An inlined call whose body is left where it stands: its states name this, and each is one frame on top of the caller's. */
export interface Inlining {
  /** The function that is called. */
  func: Node;
  readonly code: PyCode;
  /** The state of the caller while it waits for the call. */
  readonly caller: State;
  /** Whether something in the body may look at frames: then the call has a record from its beginning to its end (`enter_inlined`, `leave_inlined`), else only where it is left. */
  readonly isEntered: boolean;
  /** Of a generator, whose caller's values have other names from block to block: what its inlinings share, so that they have one record. */
  readonly activation?: object;
}

/** What was observed at an instruction. */
export interface Feedback {
  left: Kinds;
  right: Kinds;
  result: Kinds;
  /** The one callee seen, a `CalleeKind` for several that are alike, `undefined` for none yet; `MANY` for several that are not. */
  callee: unknown;
  /** Of calls: kinds of what stands between callee and arguments: self, or nothing. */
  self: Kinds;
  /** The one class seen of the container or iterator that an instruction asks; `MANY` for several. */
  type: PyType | typeof MANY | null;
  /** What an operator does for the one pair of classes seen, one of them made by a program; `MANY` for several pairs. */
  operator: OperatorEntry | typeof MANY | null;
  /** Of attribute accesses: what inline caches would have learnt from the kinds of instances seen, one each; null for something that none can learn, or too many. */
  caches: InlineCache[] | null;
  /** Of DICT_MERGE: whether what is merged was ever anything but an empty dict. */
  sawItems: boolean;
  /** Of what was unpacked into a call or a display: how many items a list or tuple had, or the names in a dict; `MANY` for several, or more than a few, `undefined` for none yet. */
  unpacked: number | readonly string[] | typeof MANY | undefined;
  /** The one result seen that is a number, a str, a bool or None, for what modules name; `MANY` for several, `undefined` for none. */
  constant: unknown;
  /** Of arithmetic: whether operands and results that are ints were ints of 32 bits so far. */
  isSmall: boolean;
  /** Whether all lists whose items were read or written here kept them raw (`core/list-storage.ts`); undefined where there was none. */
  isRaw: boolean | undefined;
  /** Whether an index here was negative; and whether code was compiled anew for that. */
  isNegative: boolean;
  isKnownNegative: boolean;
  /** How many of them there were when speculation failed here the last time: more of them are worth another attempt. */
  knownCaches: number;
  /** Whether it is known that what is called here are functions that are alike, since speculation on one of them has failed. */
  isKnownAlike: boolean;
}

/** The constant of a `loop_entry`. */
export interface LoopEntry {
  /** Whether a guard that has this unit when it is moved before the loop (`hoistedUnit`) may be moved: it has not failed there too often. */
  mayHoist(unit: number): boolean;
}

/** Several callees, or pairs of operands, were seen. */
export const MANY: unique symbol = Symbol('many');

/** Callees that are not one object, but are called alike. */
export type CalleeKind =
  /** Functions of one code object, as closures are; `first` is one of them. */
  | { readonly alike: 'code'; readonly code: PyCode; readonly first: PyFunction }
  /** Bound methods of one function. */
  | { readonly alike: 'method'; readonly func: Value }
  /** Builtin functions of one definition, each bound to an object of its own. */
  | { readonly alike: 'definition'; readonly definition: NativeDefinition }
  /** Instances of one class of the program, called by its `__call__`. */
  | { readonly alike: 'instance'; readonly type: PyType };

/** Whether what was seen are several callees that are alike. */
export function isCalleeKind(seen: unknown): seen is CalleeKind {
  return typeof seen === 'object' && seen !== null && 'alike' in seen;
}

let nextId = 0;

/** Starts numbering anew: a graph's text does not depend on those before it. */
export function resetIds(first = 0): void {
  nextId = first;
}

/** One operation and its result. */
export class Node {
  id = nextId++;
  /** Changed by `become`. */
  readonly op: OperationName;
  /** What the table of operations says of it. */
  readonly row: Operation;
  args: Node[];
  /** What else the operation needs: a constant, a number, a name. */
  imm: unknown;
  kinds: Kinds = ANY;
  /** Whether the result is a raw double (of kind float). */
  isDouble = false;
  /** Where a guard leaves to, or a call comes back to. */
  state: State | null = null;
  /** Of operations that may be specialised: the position before the instruction, for the guards of their special forms. */
  before: State | null = null;
  feedback: Feedback | null = null;
  block: Block | null = null;
  /** What this node has been replaced by. */
  alias: Node | null = null;
  /** A Python name for readable output. */
  hint = '';
  uses = 0;
  /** The class of an iterator of tier 0 that the value was at the entry. */
  iterator: '' | 'range' | 'list' | 'tuple' = '';
  /** Speculation has failed here: the general form stays. */
  isGeneral = false;
  /** An exception that it raises goes on in the graph: the result is RAISED then, which the branch behind the node asks for. */
  catches = false;
  /** The class of what it raises where something is not there, or not so; null for operations that may run Python code, or raise others. */
  raises: PyType | null = null;

  constructor(op: OperationName, args: Node[], imm: unknown = undefined) {
    this.op = op;
    this.row = rowOf(op);
    this.args = args;
    this.imm = imm;
  }

  /** Becomes another operation, with the same operands. */
  become(op: OperationName): void {
    const node = this as { -readonly [Key in 'op' | 'row']: this[Key] };
    node.op = op;
    node.row = rowOf(op);
  }
}

/** `exit.reason` of a return from an activation whose frame somebody may have: its result is that of the function. */
export const SEEN = 'seen';

/** How a block ends. */
export type Terminator =
  | { readonly kind: 'jump'; readonly target: Edge }
  | { readonly kind: 'branch'; condition: Node; readonly then: Edge; readonly otherwise: Edge }
  | { readonly kind: 'return'; value: Node }
  /** Suspends the generator; the state is that behind the yield. */
  | { readonly kind: 'yield'; value: Node; readonly state: State }
  /** Leaves to tier 0. */
  | { readonly kind: 'exit'; readonly state: State; readonly reason: string };

/** An edge with the values of the target's parameters. */
export interface Edge {
  target: Block;
  args: Node[];
}

/** A basic block. */
export class Block {
  readonly id: number;
  params: Node[] = [];
  nodes: Node[] = [];
  end!: Terminator;
  /** A back edge leads here. */
  isLoop = false;
  constructor(id: number) {
    this.id = id;
  }
}

/** A function being compiled. */
export interface Graph {
  readonly name: string;
  /** Reverse postorder; the first is the entry. */
  blocks: Block[];
  /** Positional parameters of the JavaScript function, -1: a frame is entered (on-stack replacement, generators). */
  readonly parameters: number;
}

/** The node that stands for `node` now. */
export function resolve(node: Node): Node {
  let n = node;
  while (n.alias !== null) n = n.alias;
  return n;
}

/** The edges that leave a block. */
export function edgesOf(block: Block): readonly Edge[] {
  const { end } = block;
  if (end.kind === 'jump') return [end.target];
  if (end.kind === 'branch') return [end.then, end.otherwise];
  return [];
}

/** All values that a state needs. */
export function stateValues(state: State): Node[] {
  const values: Node[] = [];
  forEachValue(state, (value) => void values.push(value));
  return values;
}

/** Visits all values that a state needs. */
export function forEachValue(state: State, visit: (value: Node) => void): void {
  for (const slot of state.slots) {
    if (isVirtual(slot)) slot.parts.forEach(visit);
    else visit(slot);
  }
  if (state.constructs !== null) visit(state.constructs);
  if (state.inlining === null) return;
  visit(state.inlining.func);
  forEachValue(state.inlining.caller, visit);
}

/** Resolves the operands of a node. */
export function resolveOperands({ args }: Node): void {
  for (let i = 0; i < args.length; i++) args[i] = resolve(args[i]!);
}

/** Resolves every operand of the graph: after nodes were replaced. */
export function settleOperands(graph: Graph): void {
  mapOperands(graph.blocks, resolve);
}

/** Puts `map(value)` in the place of each value that the blocks use, in states of callers, too. */
export function mapOperands(blocks: readonly Block[], map: (value: Node) => Node): void {
  // The guards of an instruction share their state.
  const mapped = new Set<State>();
  for (const block of blocks) {
    for (const node of block.nodes) {
      const { args } = node;
      for (let i = 0; i < args.length; i++) args[i] = map(args[i]!);
      if (node.state !== null) mapState(node.state, map, mapped);
      if (node.before !== null) mapState(node.before, map, mapped);
    }
    const { end } = block;
    if (end.kind === 'branch') end.condition = map(end.condition);
    if (end.kind === 'return') end.value = map(end.value);
    if (end.kind === 'exit' || end.kind === 'yield') mapState(end.state, map, mapped);
    if (end.kind === 'yield') end.value = map(end.value);
    for (const edge of edgesOf(block)) edge.args = edge.args.map(map);
  }
}

function mapState(state: State, map: (value: Node) => Node, mapped: Set<State>): void {
  if (mapped.has(state)) return;
  mapped.add(state);
  const { slots } = state;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    slots[i] = isVirtual(slot) ? slot.mapped(map) : map(slot);
  }
  if (state.constructs !== null) state.constructs = map(state.constructs);
  const { inlining } = state;
  if (inlining === null) return;
  inlining.func = map(inlining.func);
  mapState(inlining.caller, map, mapped);
}

/** Visits each use of a value: by nodes, states, terminators and edges. */
export function forEachUse(graph: Graph, visit: (value: Node, user: Node | null) => void): void {
  for (const block of graph.blocks) forEachUseIn(block, visit);
}

/** As `forEachUse`, for one block. */
export function forEachUseIn(block: Block, visit: (value: Node, user: Node | null) => void): void {
  const visitOther = (value: Node): void => visit(value, null);
  for (const node of block.nodes) {
    for (const arg of node.args) visit(arg, node);
    if (node.state !== null) forEachValue(node.state, visitOther);
    if (node.before !== null) forEachValue(node.before, visitOther);
  }
  const { end } = block;
  if (end.kind === 'branch') visit(end.condition, null);
  if (end.kind === 'return') visit(end.value, null);
  if (end.kind === 'exit' || end.kind === 'yield') forEachValue(end.state, visitOther);
  if (end.kind === 'yield') visit(end.value, null);
  for (const edge of edgesOf(block)) for (const arg of edge.args) visit(arg, null);
}

/** A constant of any Python value; `undefined` is "unbound". */
export function constant(value: Value | undefined, kinds: Kinds): Node {
  const node = new Node('const', [], value);
  node.kinds = kinds;
  return node;
}
