/**
 * From bytecode to the intermediate representation: the state of the builder, frames of nodes, blocks and edges. What each instruction means is in
 * `build-*.ts`. The graph is general: specialisation by kinds is a pass.
 */
import type { CompiledCode } from '../core/compiled.ts';
import type { HashTable } from '../core/containers.ts';
import { OP } from '../bytecode/opcodes.ts';
import { RESUME_AT } from '../bytecode/operands.ts';
import type { PyCode, PyFunction } from '../core/function.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import type { PropertyGetter } from '../hooks/services.ts';
import { decode, type BytecodeBlock, type Instruction } from './bytecode-blocks.ts';
import { Block, constant, isVirtual, Node, State, type Edge, type Feedback, type LoopEntry, type Slot } from './ir.ts';
import { ANY, FLOAT, INT, kindOf, LIST, STR, TUPLE, UNBOUND, VALUE, type ExactTypes, type Kinds } from './kinds.ts';
import { canGuard, type OperationName } from './operations.ts';
import { entryUnit, secondUnit } from './units.ts';

/** What makes an object of its parts. */
const MAKERS = {
  range: 'make_range_iterator', count: 'make_count_iterator', sequence: 'make_sequence_iterator', generator: 'make_generator', enumerate: 'make_enumerate', zip: 'make_zip', tuple: 'build_tuple', complex: 'complex', number: 'number',
} as const;

/** The code cannot be compiled; tier 0 keeps it. */
export class CannotCompile extends Error {}

/** It would be too long, and no attempt makes it shorter. */
export class TooLong extends CannotCompile {}

/** What a compilation starts from. */
export interface BuildInput {
  readonly code: PyCode;
  readonly func: PyFunction;
  /** Position of the first instruction. */
  readonly entry: number;
  /** Kinds of the frame's slots at the entry, as observed: worth a guard where exactly one bit is set. */
  readonly entryKinds: readonly Kinds[];
  /** Slots of the frame in use at the entry. */
  readonly entrySize: number;
  /** Whether a frame is entered instead of a call made. */
  readonly isFrame: boolean;
  /** Whether a coroutine is begun (`PyCode.begin`): `entry` is that of its body. */
  readonly begins: boolean;
  /** The class of the iterator of tier 0 that a stack slot holds at the entry, or ''. */
  iteratorAt(slot: number): Node['iterator'];
  /** Whether nothing has been seen of an instruction that tier 0 could have run while it was observed: the code leaves there, to see more. */
  isUnseen(at: number): boolean;
  /** Whether the entry has been compiled a few times only: what comes in the next ones may still be learnt. */
  readonly isSettling: boolean;
  /** What all sites of the compilation name. */
  readonly compiled: CompiledCode;
  /** Whether the code may rely on it that a class does not change (`Emission.relies`). */
  relies(object: object): boolean;
  readonly verifies: boolean;
  /** Where compiled code goes on behind a yield: `run` of the object, null until it is compiled. */
  resumePoint(pc: number): object;
  readonly types: ExactTypes;
  /** What a compilation of the function starts from, if it may be inlined into this one; null where it must not, or nothing of it has been seen. */
  inlined(func: PyFunction): BuildInput | null;
  /** What the beginning of a function is built from that may be put before its calls (`passes/inline-beginning.ts`); null where it must not, or nothing of it has been seen. */
  begun(func: PyFunction): BuildInput | null;
  /** What the code of a generator is built from that is inlined into the loop over it; null where it must not be, or nothing of it has been seen. `calls`: whether it is known to need a record. */
  iterated(func: PyFunction): { readonly body: BuildInput; readonly calls: boolean } | null;
  /** The code of the generator needs a record: something in it may look at frames. */
  noteCalls(func: PyFunction): void;
  /** Whether `inlined` gives anything. */
  mayInline(func: PyFunction): boolean;
  /** The function could not be inlined: after a few times `inlined` gives null, as looking at it takes time. */
  refuseInlining(func: PyFunction): void;
  feedbackAt(at: number): Feedback | null;
  /** Whether exceptions go on in the graph, where their handler has been seen. Else each handler is an entry of its own. */
  readonly hasHandlers: boolean;
  /** Whether a guard at this instruction has failed so often that it is not worth trying. */
  isHopeless(at: number): boolean;
  /** Whether the results of this instruction were often not of the kind that had been seen: the instruction itself may still be specialised. */
  isResultHopeless(at: number): boolean;
  /** An attribute of a builtin type, by kind; types of builtins do not change. */
  builtinAttribute(kind: Kinds, name: string): Maybe;
  /** The entry of a str key in the table of a namespace, or -1. */
  findName(table: HashTable, name: string): number;
  /** See `Facts.commonConstant`. */
  commonConstant(number: number): Value;
  /** Whether a call of the function can be begun when its result is awaited. */
  canBegin(func: PyFunction): boolean;
  /** See `Facts.specialMethod`. */
  specialMethod(type: PyType, name: string, count: number): PyFunction | null;
  /** See `Facts.propertyGetter`. */
  propertyGetter(type: PyType, name: string): PropertyGetter | null;
  /** An attribute of a class, found by its MRO; and as `cls.name` gives it (`Facts.classValue`). */
  classAttribute(type: PyType, name: string): Maybe;
  classValue(type: PyType, name: string): Maybe;
  /** See `Operations.importedModule`. */
  importedModule(builtins: Value, name: string, fromlist: Value): Maybe;
  /** The Python `__init__` of a class whose call is `object.__new__` and then that; null where there is none, undefined where the call is another. */
  pythonInit(type: PyType): PyFunction | null | undefined;
  /** See `Facts.exceptionInit`. */
  exceptionInit(type: PyType): PyFunction | null | undefined;
}

/** Results of these kinds are worth a guard right away. */
const SPECULATED = new Set<Kinds>([INT, FLOAT, LIST, TUPLE, STR]);

/** A block that several jumps lead to, and that no position of the bytecode starts. */
export interface Join {
  block: Block | null;
  slots: readonly Slot[];
}

/** Where the code of a generator goes on that is inlined into the loop over it. */
export interface GeneratorEnds {
  /** YIELD_VALUE, and where the code goes on behind that. */
  yields(instruction: Instruction, behind: number): void;
  /** RETURN_VALUE. */
  returns(instruction: Instruction): void;
}

/** See the file's head. */
export class Builder {
  readonly input: BuildInput;
  readonly code: PyCode;
  readonly blocks = new Map<number, Block>();
  private readonly entryShapes = new Map<Block, Slot[]>();
  private readonly bytecode: Map<number, BytecodeBlock>;
  /** The block that is being filled. */
  block!: Block;
  locals: Slot[] = [];
  stack: Slot[] = [];
  private blockCount = 0;
  /** Lists and dicts of displays that instructions have added to: they hold more than their node says. */
  readonly extended = new Set<Node>();
  /** The dict of keyword arguments that the next instruction gives to a call, together with the items of a mapping that are still to be merged into it. */
  pendingKeywords: { readonly dict: Node; readonly mapping: Node } | null = null;
  /** The blocks that return, and the states before it. */
  readonly returns: { block: Block; readonly state: State }[] = [];
  /** Loops over generators whose code is inlined into them, by the position of their FOR_ITER: what is done in the place of a jump there. */
  readonly generatorLoops = new Map<number, () => void>();
  /** Of the code of such a generator; null elsewhere. */
  readonly ends: GeneratorEnds | null = null;
  /** Fills the blocks of the builder's own bytecode that edges lead to; gives the rows of the others (`build.ts`). */
  fillBlocks!: (builder: Builder, rows: readonly BytecodeBlock[]) => readonly BytecodeBlock[];
  /** Blocks that no position of the bytecode starts, in the order in which they were made. */
  readonly made: Block[] = [];

  constructor(input: BuildInput, bytecode: readonly BytecodeBlock[]) {
    this.input = input;
    this.code = input.code;
    this.bytecode = new Map(bytecode.map((block) => [block.start, block]));
  }

  /** Adds a node to the present block. */
  emit(op: OperationName, args: readonly Node[], imm?: unknown): Node {
    const node = new Node(op, [...args], imm);
    node.kinds = node.row.result;
    node.isDouble = node.row.isDouble === true;
    node.block = this.block;
    this.block.nodes.push(node);
    return node;
  }

  /** A constant, placed here. */
  constant(value: Maybe): Node {
    const node = constant(value, kindOf(value, this.input.types));
    node.block = this.block;
    this.block.nodes.push(node);
    return node;
  }

  push(slot: Slot): void {
    this.stack.push(slot);
  }

  /** Takes the top, as a value. */
  pop(): Node {
    const slot = this.stack.pop();
    if (slot === undefined) throw new CannotCompile('the stack is empty');
    return this.asNode(slot);
  }

  /** Takes so many values; the one that was pushed first comes first. */
  popMany(count: number): Node[] {
    const values: Node[] = [];
    for (let k = 0; k < count; k++) values.unshift(this.pop());
    return values;
  }

  /** A slot as one value: an object in parts is made. */
  asNode(slot: Slot): Node {
    if (!isVirtual(slot)) return slot;
    return this.emit(MAKERS[slot.virtual], slot.parts, slot.generator);
  }

  /** The position before an instruction: where a guard leaves to. */
  before(i: Instruction): State {
    return this.framed(new State(i.start, i.at, this.frameSlots));
  }

  /** The position of an instruction under way, its operands popped. */
  during(i: Instruction, pushes: boolean): State {
    return this.framed(new State(i.next, i.at, this.frameSlots, { continues: true, pushes }));
  }

  /** The position behind an instruction, its results pushed. */
  behind(i: Instruction): State {
    return this.framed(new State(i.next, i.at, this.frameSlots));
  }

  /** What is in the slots of the frame. */
  get frameSlots(): Slot[] {
    return this.locals.concat(this.stack);
  }

  /** What edges hand over. */
  protected get flowing(): readonly Slot[] {
    return this.frameSlots;
  }

  /** Takes what edges have handed over. */
  protected take(slots: readonly Slot[]): void {
    this.locals = slots.slice(0, this.code.nlocalsplus);
    this.stack = slots.slice(this.code.nlocalsplus);
  }

  /** A state with the frames on which it stands. */
  protected framed(state: State): State {
    return state;
  }

  /** A guard that leaves to `state`. */
  guard(op: OperationName, args: readonly Node[], state: State, imm?: unknown): Node {
    const node = this.emit(op, args, imm);
    node.state = state;
    return node;
  }

  /** A call of a known function may be inlined; where leaving at its instruction has been too frequent, once more if its body raises in the graph what it was left for (`passes/inline-calls.ts`). */
  allowInlining(i: Instruction, call: Node, before: State): void {
    const unit = secondUnit(i.at);
    if (!this.input.isHopeless(i.at)) call.before = before;
    else if (!this.input.isHopeless(unit)) call.before = before.copy(before.slots, unit);
  }

  /** `value`, checked to be of one kind, unless it is known already. */
  guardKind(value: Node, kind: Kinds, state: State): Node {
    if ((value.kinds & ~kind) === 0) return value;
    const node = this.guard('guard_kind', [value], state, kind);
    node.kinds = kind;
    node.hint = value.hint;
    return node;
  }

  /** What was observed at an instruction, unless speculation has failed there. */
  feedback(i: Instruction): Feedback | null {
    return this.input.isHopeless(i.at) ? null : this.input.feedbackAt(i.at);
  }

  /** Pushes a result; where one kind was seen that compiled code gains from, behind a guard. */
  pushResult(i: Instruction, value: Node): void {
    this.push(value);
    const seen = this.input.isResultHopeless(i.at) ? 0 : (this.feedback(i)?.result ?? 0);
    if (SPECULATED.has(seen) && canGuard(seen) && (value.kinds & ~seen) !== 0) {
      const state = this.behind(i);
      this.stack[this.stack.length - 1] = this.guardKind(value, seen, state);
    }
  }

  /** Ends the block by a jump. */
  jump(target: number): void {
    const loop = this.generatorLoops.get(target);
    if (loop === undefined) this.jumpWith(target, this.flowing);
    else loop();
  }

  /** The same with other slots of the frame. */
  jumpWith(target: number, slots: readonly Slot[]): void {
    const row = this.bytecode.get(target)!;
    if (row.isLoop && !this.blocks.has(target)) this.enterLoop(row, slots);
    this.block.end = { kind: 'jump', target: this.edgeWith(target, slots) };
  }

  /** Keeps the state at the head of a loop, for what a pass moves before it. */
  private enterLoop({ start, instructions }: BytecodeBlock, slots: readonly Slot[]): void {
    const imm: LoopEntry = { mayHoist: (at) => !this.input.isHopeless(at) };
    this.guard('loop_entry', [], this.headOf(new State(start, instructions[0]!.at, [...slots])), imm);
  }

  /** The state at the head of a loop, of what is handed over to it. */
  protected headOf(state: State): State {
    return state;
  }

  /** Ends the block by a jump to one that no position of the bytecode starts, with these slots. Gives what is in its slots when it is made, with the first jump; else null. */
  jumpToJoin(join: Join, slots: readonly Slot[]): readonly Slot[] | null {
    const isNew = join.block === null;
    join.block ??= this.newBlock();
    if (isNew) join.slots = slots.map((slot) => this.parameter(join.block!, slot));
    this.block.end = { kind: 'jump', target: { target: join.block, args: this.edgeArgs(join.slots, slots) } };
    return isNew ? join.slots : null;
  }

  /** Ends the block by leaving to tier 0 at `state`. */
  exit(state: State, reason: string): void {
    this.block.end = { kind: 'exit', state, reason };
  }

  /** Ends the block by a branch into a new one, which is filled next, or away. */
  branchInto(condition: Node, otherwise: Edge): void {
    const next = this.newBlock();
    this.block.end = { kind: 'branch', condition, then: { target: next, args: [] }, otherwise };
    this.block = next;
  }

  /** A block that no position of the bytecode starts. */
  newBlock(): Block {
    const block = this.numberedBlock();
    this.made.push(block);
    return block;
  }

  /** A block with the next number. */
  numberedBlock(): Block {
    return new Block(this.blockCount++);
  }

  /** An edge from here; makes the target's parameters when it is the first. */
  edge(start: number): Edge {
    return this.edgeWith(start, this.flowing);
  }

  /** The same with other slots of the frame. */
  edgeWith(start: number, slots: readonly Slot[]): Edge {
    const row = this.bytecode.get(start)!;
    let target = this.blocks.get(start);
    if (target === undefined) {
      target = this.numberedBlock();
      target.isLoop = row.isLoop;
      this.blocks.set(start, target);
      this.entryShapes.set(target, row.predecessors > 1 || row.isLoop ? slots.map((slot) => this.parameter(target!, slot)) : [...slots]);
    }
    if (row.predecessors <= 1 && !row.isLoop) return { target, args: [] };
    return { target, args: this.edgeArgs(this.entryShapes.get(target)!, slots) };
  }

  private parameter(target: Block, slot: Slot): Slot {
    const make = (from: Node): Node => {
      const node = new Node('param', []);
      node.block = target;
      node.hint = from.hint;
      node.iterator = from.iterator;
      target.params.push(node);
      return node;
    };
    return isVirtual(slot) ? slot.mapped(make) : make(slot);
  }

  private edgeArgs(shape: readonly Slot[], slots: readonly Slot[]): Node[] {
    if (shape.length !== slots.length) throw new CannotCompile('stacks of different heights meet');
    return shape.flatMap((want, i) => {
      const have = slots[i]!;
      if (!isVirtual(want)) return [this.asNode(have)];
      if (!isVirtual(have) || have.virtual !== want.virtual || have.generator?.func !== want.generator?.func || have.parts.length !== want.parts.length) throw new CannotCompile('an iterator in parts meets an object');
      return [...have.parts];
    });
  }

  /** Whether something has been seen of the block that starts at `start`, or the entry is there. */
  isSeen(start: number): boolean {
    return start === this.input.entry || this.bytecode.get(start)!.instructions.some((instruction) => !this.input.isUnseen(instruction.at));
  }

  /** Starts filling a block that an edge leads to. False when none does. */
  enter(row: BytecodeBlock): boolean {
    const block = this.blocks.get(row.start);
    if (block === undefined) return false;
    this.block = block;
    this.take(this.entryShapes.get(block)!);
    return true;
  }

  /** Makes the entry block, which fills the first block's slots. */
  enterFunction(): Block {
    const block = this.numberedBlock();
    this.block = block;
    const { input, code } = this;
    for (let i = 0; i < Math.max(code.nlocalsplus, input.entrySize); i++) this.entrySlot(i);
    if (input.begins) this.makeCells();
    const state = new State(input.entry, entryUnit(input.entry), this.frameSlots);
    for (let i = 0; i < input.entrySize; i++) this.narrow(i, state);
    return block;
  }

  private entrySlot(i: number): void {
    const { input, code } = this;
    let node: Node;
    if (i >= input.entrySize) node = this.constant(undefined);
    else {
      node = this.emit(!input.isFrame ? 'argument' : this.isSent(i) ? 'sent_value' : 'entry_slot', [], i);
      if (!input.isFrame) node.kinds = VALUE;
    }
    if (i < code.nlocalsplus) {
      node.hint = code.code.localsplusnames[i]!;
      this.locals.push(node);
    } else this.stack.push(node);
  }

  /** Whether a slot at the entry is what a generator gets behind its `yield`: it comes as an argument. */
  private isSent(i: number): boolean {
    const { input, code } = this;
    const before = code.words[input.entry - 1] ?? 0;
    return code.isGenerator && i === input.entrySize - 1 && i >= code.nlocalsplus && (before & 255) === OP.RESUME && before >> 8 !== RESUME_AT.FUNC_START;
  }

  /** What stands before RETURN_GENERATOR. */
  protected makeCells(): void {
    const { words, nlocalsplus } = this.code;
    for (let i = decode(words, 0); i.name !== 'RETURN_GENERATOR'; i = decode(words, i.next)) {
      if (i.name === 'MAKE_CELL') this.locals[i.oparg] = this.emit('make_cell', [this.asNode(this.locals[i.oparg]!)]);
      else for (let k = 0; k < i.oparg; k++) this.locals[nlocalsplus - i.oparg + k] = this.closureCell(k);
    }
  }

  protected closureCell(k: number): Node {
    return this.emit('closure_cell', [], k);
  }

  private narrow(i: number, state: State): void {
    const { input, code } = this;
    const list = i < code.nlocalsplus ? this.locals : this.stack;
    const at = i < code.nlocalsplus ? i : i - code.nlocalsplus;
    const node = list[at] as Node;
    node.iterator = input.isFrame ? input.iteratorAt(i) : '';
    const kinds = node.op === 'make_cell' ? ANY : (input.entryKinds[i] ?? ANY);
    if (kinds === UNBOUND && input.isFrame && !input.isHopeless(entryUnit(input.entry))) {
      this.guard('guard_is', [node], state);
      list[at] = this.constant(undefined);
      return;
    }
    if ((kinds === INT || kinds === FLOAT || kinds === LIST) && !input.isHopeless(entryUnit(input.entry))) list[at] = this.guardKind(node, kinds, state);
  }

  /** The name of a local, for readable output. */
  localName(i: number): string {
    return this.code.code.localsplusnames[i] ?? '';
  }

  /** The instruction that follows. */
  following(i: Instruction): Instruction {
    return decode(this.code.words, i.next);
  }

  /** The value of a constant node. */
  static constantOf(node: Node): Value | undefined {
    return node.op === 'const' ? (node.imm as Value | undefined) : undefined;
  }
}
