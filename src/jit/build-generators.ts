/**
 * Loops over a generator that nobody else has: `for x in f(...)`, where `f` is a known generator function whose code has one `yield` and no `try`. Its code is built into the loop: the loop's body stands where the code yields, and where the body would ask for the next item the code goes on behind its `yield`.
 *
 *   f:  for i in range(n):      for x in f(9):      for i in range(9):
 *           yield i + 1             g(x)                x = i + 1; g(x)
 *
 * The generator exists as what is in its frame's slots (`SuspendedGenerator`), and is made only where compiled code is left or its caller looked at. What is left in its own code is left as an
 * inlined call is (`Inlining`): its frame stands above that of the loop, which waits at FOR_ITER for the generator, in whose place on the stack stands None until there is one. Code that calls something
 * has a record from where it goes on to where it yields or returns; where somebody has its frame by then, tier 0 does that.
 */
import { PyFunction } from '../core/function.ts';
import { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import type { Call } from './build-calls.ts';
import { Builder, CannotCompile, type BuildInput, type GeneratorEnds, type Join } from './builder.ts';
import { bytecodeBlocks, jumpTarget, type BytecodeBlock, type Instruction } from './bytecode-blocks.ts';
import { isVirtual, partsOfSlots, slotsOfParts, State, VirtualObject, type Block, type Inlining, type Node, type Slot } from './ir.ts';
import { FLOAT, INT, LIST, OBJECT } from './kinds.ts';
import { MAX_DEPTH } from './passes/inline-body.ts';
import type { InlinedFunction } from './operations.ts';

/** Objects in parts that may be in the slots of a generator that is one itself. */
const NESTED: ReadonlySet<VirtualObject['virtual']> = new Set<VirtualObject['virtual']>(['range', 'count', 'sequence', 'enumerate', 'zip']);

/** Builds the code of a generator into the loop over it. */
class GeneratorBuilder extends Builder {
  override readonly ends: GeneratorEnds;
  private readonly under: Builder;
  /** The FOR_ITER that waits for the generator. */
  private readonly loop: Instruction;
  private readonly calls: boolean;
  private readonly activation = {};
  /** What is in the slots of the loop's frame, but for the generator. */
  carried: readonly Slot[] = [];
  /** For states of the present block: what they name of the loop's frame stands before all of its nodes. */
  private inlining!: Inlining;

  constructor(under: Builder, input: BuildInput, rows: readonly BytecodeBlock[], { loop, ends, calls }: { loop: Instruction; ends: GeneratorEnds; calls: boolean }) {
    super(input, rows);
    this.under = under;
    this.loop = loop;
    this.ends = ends;
    this.calls = calls;
    this.fillBlocks = under.fillBlocks;
  }

  override numberedBlock(): Block {
    return this.under.numberedBlock();
  }

  protected override get flowing(): readonly Slot[] {
    return [...this.carried, ...this.frameSlots];
  }

  protected override take(slots: readonly Slot[]): void {
    this.carry(slots.slice(0, this.carried.length));
    super.take(slots.slice(this.carried.length));
  }

  protected override framed(state: State): State {
    state.inlining = this.inlining;
    return state;
  }

  protected override headOf(state: State): State {
    const { length } = this.carried;
    const own = state.copy(state.slots.slice(length));
    own.inlining = this.inliningOver(state.slots.slice(0, length));
    return own;
  }

  private carry(slots: readonly Slot[]): void {
    this.carried = slots;
    this.inlining = this.inliningOver(slots);
  }

  private inliningOver(carried: readonly Slot[]): Inlining {
    const { loop, input } = this;
    const caller = new State(loop.next, loop.at, [...carried, this.constant(null)], { continues: true, pushes: false });
    caller.inlines = true;
    return { func: this.constant(input.func), code: input.code, caller, isEntered: this.calls, activation: this.activation };
  }

  protected override closureCell(k: number): Node {
    const cell = this.constant(this.input.func.closure!.items[k] as Value);
    cell.kinds = OBJECT;
    return cell;
  }

  /** Starts the generator with these arguments, where `under` stands. */
  start(args: readonly Node[]): void {
    this.block = this.under.block;
    this.carry(this.under.frameSlots.slice(0, -1));
    const none = this.constant(undefined);
    this.locals = Array.from({ length: this.code.nlocalsplus }, (_, i) => args[i] ?? none);
    this.makeCells();
    this.enterRecord();
    this.jump(this.input.entry);
  }

  /** Goes on behind the `yield`, where these slots are those of the loop, and of the generator. */
  resume(slots: readonly Slot[], block: Block, behind: number): void {
    this.block = block;
    this.take(slots);
    this.stack.push(this.constant(null));
    this.enterRecord();
    this.jump(behind);
  }

  private enterRecord(): void {
    if (this.calls) this.emit('enter_inlined', [], this.inlining).state = this.inlining.caller;
  }

  /** Ends the record before an instruction that leaves the frame. */
  leaveRecord(instruction: Instruction): void {
    if (!this.calls) return;
    this.guard('guard_unseen', [], this.before(instruction), this.inlining);
    this.emit('leave_inlined', [], this.inlining);
  }
}

/** Whether what is yielded is a tuple of two that was made just now, and that the generator does not keep: it may stay in parts. */
function isPair(value: Node, form: readonly Slot[]): boolean {
  return value.op === 'build_tuple' && value.args.length === 2 && !partsOfSlots(form).includes(value);
}

/** One such loop. */
class GeneratorLoop implements GeneratorEnds {
  private readonly b: Builder;
  private readonly input: BuildInput;
  private readonly loop: Instruction;
  private readonly args: readonly Node[];
  private readonly code: GeneratorBuilder;
  private open: readonly BytecodeBlock[];
  private hasStarted = false;
  private behind = -1;
  private readonly resumed: Join = { block: null, slots: [] };
  private readonly exhausted: Join = { block: null, slots: [] };

  constructor(b: Builder, { body: input, calls }: Body, loop: Instruction, args: readonly Node[]) {
    this.b = b;
    this.input = input;
    this.loop = loop;
    this.args = args;
    this.open = bytecodeBlocks(input.code.words, input.entry, { takes: true, handlerAt: () => -1 });
    this.code = new GeneratorBuilder(b, input, this.open, { loop, ends: this, calls });
  }

  /** In the place of a jump to FOR_ITER: from before the loop, and from the ends of its body. */
  jump(): void {
    const { b, code } = this;
    if (this.hasStarted) {
      const slots = b.jumpToJoin(this.resumed, b.frameSlots);
      if (slots === null) return;
      const iterator = slots.at(-1)!;
      // Where the code was entered in the middle of the loop, the iterator may be an object that comes here as well.
      if (!isVirtual(iterator) || iterator.generator === null) throw new CannotCompile('an iterator in parts meets an object');
      code.resume([...slots.slice(0, -1), ...slotsOfParts(iterator.generator.form, iterator.parts)], this.resumed.block!, this.behind);
    } else {
      this.hasStarted = true;
      code.start(this.args);
    }
    this.open = code.fillBlocks(code, this.open);
  }

  yields(instruction: Instruction, behind: number): void {
    const { b, code, input } = this;
    this.behind = behind;
    code.leaveRecord(instruction);
    const value = code.pop();
    const form = code.frameSlots.map((slot) => (isVirtual(slot) && !NESTED.has(slot.virtual) ? code.asNode(slot) : slot));
    b.block = code.block;
    this.goOn(new VirtualObject('generator', partsOfSlots(form), [], { func: input.func, code: input.code, pc: instruction.next, point: input.resumePoint(instruction.next), form }));
    if (isPair(value, form)) b.push(new VirtualObject('tuple', [...value.args]));
    else b.pushResult(this.loop, value);
    b.jump(this.loop.next);
  }

  returns(instruction: Instruction): void {
    const { b, code } = this;
    code.leaveRecord(instruction);
    b.block = code.block;
    const slots = b.jumpToJoin(this.exhausted, code.carried);
    if (slots === null) return;
    b.block = this.exhausted.block!;
    // POP_ITER takes what stands in the generator's place.
    const none = b.constant(null);
    code.carried = slots;
    this.goOn(none);
    b.jump(jumpTarget(this.loop));
  }

  /** Has the loop's code go on with `iterator` on top of its stack. */
  private goOn(iterator: Slot): void {
    const { b, code } = this;
    b.locals = code.carried.slice(0, b.code.nlocalsplus);
    b.stack = [...code.carried.slice(b.code.nlocalsplus), iterator];
  }
}

/** Kinds of arguments that are worth a guard. */
const GUARDED: ReadonlySet<number> = new Set([INT, FLOAT, LIST]);

/** A call of a generator function, its arguments bound, whose generator a loop iterates over. False where it is to be called. */
export function generatorLoop({ b, i, before }: Call, func: PyFunction, args: readonly Node[]): boolean {
  const iter = b.following(i);
  if (iter.name !== 'GET_ITER' || b.input.isHopeless(i.at)) return false;
  const found = mayIterate(b, iter, func);
  if (found === null) return false;
  loopOver(b, found, { iter, func, args }, before);
  return true;
}

/** `for x in object`, where the one class that was seen has a generator function as its `__iter__`. False where that is to be called. */
export function iteratesGenerator(b: Builder, iter: Instruction, object: Node, before: State): boolean {
  const type = b.feedback(iter)?.type ?? null;
  if (!(type instanceof PyType) || !type.flags.heapType || b.input.isHopeless(iter.at)) return false;
  const func = b.input.classAttribute(type, '__iter__');
  if (!(func instanceof PyFunction) || !func.code.isGenerator || func.code.simpleArgcount !== 1 || func.code.ownEntries !== 0) return false;
  const found = mayIterate(b, iter, func);
  if (found === null) return false;
  const self = b.guard('guard_type', [object], before, { type, version: type.version });
  loopOver(b, found, { iter, func, args: [self] }, before);
  return true;
}

type Body = NonNullable<ReturnType<BuildInput['iterated']>>;

/** The body of the generator function, where the loop whose GET_ITER `iter` is may have it; else null. */
function mayIterate(b: Builder, iter: Instruction, func: PyFunction): Body | null {
  const loop = b.following(iter);
  if (b.ends !== null || loop.name !== 'FOR_ITER' || b.blocks.has(loop.start) || b.generatorLoops.has(loop.start) || b.input.isHopeless(loop.at)) return null;
  return b.input.iterated(func);
}

/** Puts the generator that `func` makes of `args` on the stack, in parts. */
function loopOver(b: Builder, found: Body, { iter, func, args }: { iter: Instruction; func: PyFunction; args: readonly Node[] }, before: State): void {
  const loop = b.following(iter);
  const { entryKinds } = found.body;
  b.guard('guard_depth', [], before, MAX_DEPTH + 1);
  b.guard('guard_inlined', [], before, { func, code: func.code } satisfies InlinedFunction);
  const known = args.map((arg, k) => (GUARDED.has(entryKinds[k]!) ? b.guardKind(arg, entryKinds[k]!, before) : arg));
  const generator = new GeneratorLoop(b, found, loop, known);
  b.generatorLoops.set(loop.start, () => generator.jump());
  b.push(new VirtualObject('generator', known, [], { func, code: func.code, pc: -1, point: {}, form: known }));
}
