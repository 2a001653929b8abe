/**
 * Exceptions that nobody sees are not made: where the class is known, and the handler that catches it neither looks at it nor calls anything while it is being handled, what raises jumps to a
 * copy of the handler without the instructions that deal with the exception. A handler may raise another one, if that is not made either.
 *
 *   landing: caught, push_handled, is_caught KeyError        ─▶ count += 1, pop_handled ─▶ rest
 *   copy:                                                         count += 1              ─▶ rest
 *
 * In the copy guards leave to the state before what raised, which tier 0 does again: nothing has been changed since.
 *
 * INV-1: between that state and the landing nothing is changed, and no guard of the copy stands behind a change while the exception is handled.
 */
import type { PyType } from '../../core/type.ts';
import { dominates, shapeOf, type Shape } from '../dominators.ts';
import { edgesOf, isVirtual, Node, resolve, stateValues, type Block, type Edge, type Graph, type State, type Terminator } from '../ir.ts';
import { NONE } from '../kinds.ts';
import { isAllocation, isOfRecord, operationOf, type OperationName } from '../operations.ts';
import { raisedNew, type Raised } from './raised.ts';
import { INLINED_FORMS, OWN } from './inline-body.ts';

/** Nodes that the copies for one raising operation may have, and those of one compilation. */
const MAX_COPY = 80;
const MAX_COPIES = 400;

/** The handler needs the exception. */
class CannotElide extends Error {}

/** Where a handler begins that needs no exception, and the blocks that were made for it. */
export interface HandlerWithout {
  readonly start: Block;
  readonly made: readonly Block[];
}

/** Makes such handlers within one graph. */
export class RaiseElision {
  private readonly shape: Shape;
  private readonly newBlock: () => Block;
  private readonly isBody: boolean;
  private room = MAX_COPIES;

  constructor(graph: Graph, newBlock: () => Block, { isBody }: { isBody: boolean }) {
    this.shape = shapeOf(graph);
    this.newBlock = newBlock;
    this.isBody = isBody;
  }

  /**
   * The handler behind `landing`, without the exception; null where that has to be there. `state` is the position before what raises. A handler that nothing else leads to is changed in its place, if this
   * is all that comes from there (`isOnly`).
   */
  handlerFor(landing: Block, raised: Raised, state: State, { isOnly }: { isOnly: boolean }): HandlerWithout | null {
    // Of blocks that have been made since nothing is known.
    if (!this.shape.order.has(landing)) return null;
    try {
      if (isOnly && this.isAlone(landing)) {
        new HandlerInPlace(this.shape, raised, state, this.isBody, landing).change();
        return { start: landing, made: [] };
      }
      if (this.room < MAX_COPY) return null;
      const copy = new HandlerCopy(this.shape, raised, state, this.isBody, this.newBlock);
      copy.start(landing);
      this.room -= copy.size;
      return { start: copy.made[0]!, made: copy.made };
    } catch (error) {
      if (error instanceof CannotElide) return null;
      throw error;
    }
  }

  private isAlone(landing: Block): boolean {
    return headsOf(landing).every((head) => this.shape.predecessors.get(head)!.length === 1);
  }
}

/** Where a handler begins: for what one operation raises, and for all. */
function headsOf(landing: Block): readonly Block[] {
  const { end } = landing;
  return end.kind === 'jump' && !landing.nodes.some(({ op }) => op === 'push_handled') ? [landing, end.target.target] : [landing];
}

/** What a landing may do that only ends the handling of an exception and raises on. */
const OF_CLEANUP: ReadonlySet<OperationName> = new Set<OperationName>(['const', 'caught', 'pop_handled', 'reraise']);

/** Whether a landing is that of an exception that is raised in a handler, and handled nowhere in the same function. */
function isCleanup(landing: Block | null): boolean {
  for (let block = landing; block !== null;) {
    if (!block.nodes.every(({ op }) => OF_CLEANUP.has(op))) return false;
    if (block.end.kind === 'exit') return block.nodes.at(-1)?.op === 'reraise';
    block = block.end.kind === 'jump' && !block.end.target.target.isLoop ? block.end.target.target : null;
  }
  return false;
}

/** The part of a handler in which a block stands. */
type Phase = 'landing' | 'handling' | 'handled';

/** The guard that the class of the exception has the bases that it had. */
function classGuard({ type }: Raised, state: State, block: Block): Node {
  const guard = new Node('guard_version', [], { type, version: type.version });
  guard.kinds = NONE;
  guard.state = state;
  guard.block = block;
  return guard;
}

/** What is known on the way through a handler. */
class Handling {
  protected readonly shape: Shape;
  protected readonly raised: Raised;
  protected readonly state: State;
  private readonly isBody: boolean;
  /** What will not be there: the exception, and what was handled before it. */
  protected readonly gone = new Map<Node, 'exception' | 'previous'>();
  /** Results of instructions that deal with the exception. */
  protected readonly known = new Map<Node, boolean>();
  protected phase: Phase = 'landing';
  protected hasChanged = false;

  constructor(shape: Shape, raised: Raised, state: State, isBody: boolean) {
    this.shape = shape;
    this.raised = raised;
    this.state = state;
    this.isBody = isBody;
  }

  /** The value that stands for `node`. */
  protected value(node: Node): Node {
    const from = resolve(node);
    if (this.gone.has(from) || this.known.has(from)) throw new CannotElide();
    return from;
  }

  /** Whether a node deals with the exception only: there is none of it without. */
  protected isOfHandling(node: Node): boolean {
    const [first] = node.args;
    const mark = first === undefined ? undefined : this.gone.get(resolve(first));
    switch (node.op) {
      case 'caught':
        this.gone.set(node, 'exception');
        this.phase = 'handling';
        return true;
      case 'push_handled':
        if (mark !== 'exception') throw new CannotElide();
        this.gone.set(node, 'previous');
        return true;
      case 'is_caught':
        if (mark !== 'exception') throw new CannotElide();
        this.known.set(node, (node.imm as readonly PyType[]).some((type) => this.raised.type.mro.includes(type)));
        return true;
      case 'pop_handled':
        if (mark !== 'previous') throw new CannotElide();
        this.phase = 'handled';
        return true;
      case 'raised':
        // What raises here leaves to the state before.
        this.known.set(node, false);
        return true;
      default: return false;
    }
  }

  /** Throws where a node may not be done while nobody can see that an exception is handled, or not again from the state before. */
  protected checkQuiet(node: Node): void {
    const { effect, isQuiet } = operationOf(node);
    if (this.raisesInstead(node)) return;
    if (this.phase === 'landing' && node.op !== 'const') throw new CannotElide();
    if (isOfRecord(node) || (node.state !== null && node.state.inlining !== null)) throw new CannotElide();
    if (effect === 'call' || (isQuiet === true && INLINED_FORMS[node.op] === undefined) || OWN.has(node.op)) throw new CannotElide();
    if (this.hasChanged && node.state !== null) throw new CannotElide();
    this.hasChanged ||= effect === 'write' && !isAllocation(node);
  }

  /**
   * Whether a node of the handler raises another exception, with which the body of an inlined call ends: such a body is inlined only where nobody sees that exception, and so nobody sees its
   * context.
   */
  protected raisesInstead(node: Node): boolean {
    return this.isBody && this.phase === 'handling' && !this.hasChanged && raisedNew(node) !== null && (!node.catches || isCleanup(this.endOf(node)));
  }

  private endOf({ block }: Node): Block | null {
    const end = block!.end;
    return end.kind === 'jump' ? end.target.target : null;
  }

  /** The edge that is always taken, of those that ask what is known; null where both may be. */
  protected onlyEdge(end: Terminator): Edge | null {
    if (end.kind === 'jump') return end.target;
    const known = end.kind === 'branch' ? this.known.get(resolve(end.condition)) : undefined;
    return known === undefined || end.kind !== 'branch' ? null : known ? end.then : end.otherwise;
  }
}

/** Changes a handler that only one operation leads to. */
class HandlerInPlace extends Handling {
  private readonly landing: Block;
  private readonly planned = new Map<Block, { readonly nodes: Node[]; end: Terminator }>();
  /** Nodes that leave to the state before. */
  private readonly handling: Node[] = [];

  constructor(shape: Shape, raised: Raised, state: State, isBody: boolean, landing: Block) {
    super(shape, raised, state, isBody);
    this.landing = landing;
  }

  change(): void {
    this.plan(this.landing, 'landing', false);
    for (const block of this.planned.keys()) if (block !== this.landing && !this.shape.predecessors.get(block)!.every((from) => this.planned.has(from))) throw new CannotElide();
    this.checkUses();
    for (const node of this.handling) {
      if (node.state !== null) node.state = this.state;
      node.before = null;
      node.catches = false;
      node.become(INLINED_FORMS[node.op] ?? node.op);
    }
    for (const [block, { nodes, end }] of this.planned) Object.assign(block, { nodes, end, params: block.params.filter((param) => !this.gone.has(param)) });
    this.landing.nodes.unshift(classGuard(this.raised, this.state, this.landing));
  }

  private plan(block: Block, phase: Phase, hasChanged: boolean): void {
    if (block.isLoop || this.planned.has(block) || !this.shape.order.has(block)) throw new CannotElide();
    Object.assign(this, { phase, hasChanged });
    const nodes: Node[] = [];
    this.planned.set(block, { nodes, end: block.end });
    for (const node of block.nodes) {
      if (this.phase !== 'handled') {
        if (this.isOfHandling(node)) continue;
        this.checkQuiet(node);
        this.handling.push(node);
      }
      nodes.push(node);
      if (this.phase === 'handling' && node.op === 'raise') {
        this.planned.get(block)!.end = { kind: 'exit', state: this.state, reason: 'raise' };
        return;
      }
    }
    this.planEnd(block);
  }

  private planEnd(block: Block): void {
    const { phase, hasChanged } = this;
    if (phase === 'handled') return;
    const plan = this.planned.get(block)!;
    const { end } = block;
    const only = this.onlyEdge(end);
    if (only !== null) plan.end = { kind: 'jump', target: this.edge(only) };
    else if (end.kind === 'branch') plan.end = { ...end, then: this.edge(end.then), otherwise: this.edge(end.otherwise) };
    // Tier 0 is observed from there on, which it could not be if it had to raise first.
    else throw new CannotElide();
    for (const { target } of edgesOf({ end: plan.end } as Block)) this.plan(target, phase, hasChanged);
  }

  /** The edge without what will not be there. */
  private edge({ target, args }: Edge): Edge {
    const marks = args.map((arg) => this.gone.get(resolve(arg)));
    if (marks.every((mark) => mark === undefined)) return { target, args };
    if (this.shape.predecessors.get(target)?.length !== 1) throw new CannotElide();
    marks.forEach((mark, i) => { if (mark !== undefined) this.gone.set(target.params[i]!, mark); });
    return { target, args: args.filter((_arg, i) => marks[i] === undefined) };
  }

  /** Nothing that is come to from the handler has the exception. */
  private checkUses(): void {
    const seen = new Set<Block>();
    const leaving = new Set(this.handling);
    const work = [this.landing];
    while (work.length > 0) {
      const block = work.pop()!;
      if (seen.has(block) || !dominates(this.shape, this.landing, block)) continue;
      seen.add(block);
      const { nodes, end } = this.planned.get(block) ?? block;
      for (const node of nodes) {
        for (const arg of node.args) this.value(arg);
        if (!leaving.has(node)) for (const state of [node.state, node.before]) if (state !== null) this.checkState(state);
      }
      if (end.kind === 'branch') this.value(end.condition);
      if (end.kind === 'return' || end.kind === 'yield') this.value(end.value);
      if (end.kind === 'exit' || end.kind === 'yield') this.checkState(end.state);
      for (const { target, args } of edgesOf({ end } as Block)) {
        for (const arg of args) this.value(arg);
        work.push(target);
      }
    }
  }

  private checkState(state: State): void {
    for (const value of stateValues(state)) this.value(value);
  }
}

/** Copies a handler for one of the operations that lead to it. */
class HandlerCopy extends Handling {
  readonly made: Block[] = [];
  size = 0;
  private readonly newBlock: () => Block;
  /** Copies by what they are copies of. */
  private readonly values = new Map<Node, Node>();
  private readonly states = new Map<State, State>();
  private readonly blocks = new Set<Block>();
  private heads: readonly Block[] = [];

  constructor(shape: Shape, raised: Raised, state: State, isBody: boolean, newBlock: () => Block) {
    super(shape, raised, state, isBody);
    this.newBlock = newBlock;
  }

  start(landing: Block): void {
    this.heads = headsOf(landing);
    this.copyBlock(landing, 'landing', false);
  }

  private copyBlock(from: Block, phase: Phase, hasChanged: boolean): Block {
    if (from.isLoop || this.blocks.has(from)) throw new CannotElide();
    const to = this.newBlock();
    this.blocks.add(from);
    this.made.push(to);
    Object.assign(this, { phase, hasChanged });
    if (phase === 'landing') to.nodes.push(classGuard(this.raised, this.state, to));
    for (const node of from.nodes) {
      this.copyInto(to, node);
      if (this.phase === 'handling' && node.op === 'raise') {
        to.end = { kind: 'exit', state: this.state, reason: 'raise' };
        return to;
      }
    }
    this.copyEnd(from.end, to);
    return to;
  }

  /** The copy of a value, or the value, where that stands before. */
  protected override value(node: Node): Node {
    const from = super.value(node);
    return this.values.get(from) ?? from;
  }

  private copyInto(to: Block, node: Node): void {
    const isHandled = this.phase === 'handled';
    if (!isHandled) {
      if (this.isOfHandling(node)) return;
      this.checkQuiet(node);
    }
    if (++this.size > MAX_COPY) throw new CannotElide();
    const made = new Node(isHandled ? node.op : INLINED_FORMS[node.op] ?? node.op, node.args.map((arg) => this.value(arg)), node.imm);
    const { kinds, isDouble, hint, feedback, isGeneral, catches, raises } = node;
    Object.assign(made, { kinds, isDouble, hint, feedback, isGeneral, raises, catches: catches && isHandled });
    made.block = to;
    made.state = this.stateOf(node.state);
    made.before = isHandled ? this.stateOf(node.before) : null;
    this.values.set(node, made);
    to.nodes.push(made);
  }

  private stateOf(state: State | null): State | null {
    if (state === null) return null;
    if (this.phase !== 'handled') return this.state;
    let copy = this.states.get(state);
    if (copy === undefined) {
      const value = (from: Node): Node => this.value(from);
      copy = state.copy(state.slots.map((slot) => (isVirtual(slot) ? slot.mapped(value) : value(slot))));
      if (state.constructs !== null) copy.constructs = this.value(state.constructs);
      this.states.set(state, copy);
    }
    return copy;
  }

  private copyEnd(end: Terminator, to: Block): void {
    const { phase, hasChanged } = this;
    const only = this.onlyEdge(end);
    if (only !== null) to.end = { kind: 'jump', target: this.edge(only, phase, hasChanged) };
    else if (end.kind === 'branch') to.end = { kind: 'branch', condition: this.value(end.condition), then: this.edge(end.then, phase, hasChanged), otherwise: this.edge(end.otherwise, phase, hasChanged) };
    // As above.
    else if (phase !== 'handled') throw new CannotElide();
    else if (end.kind === 'return') to.end = { kind: 'return', value: this.value(end.value) };
    else if (end.kind === 'exit') to.end = { ...end, state: this.stateOf(end.state)! };
    else if (end.kind === 'yield') to.end = { ...end, value: this.value(end.value), state: this.stateOf(end.state)! };
  }

  /** The edge of the copy: to a copy of what only the handler leads to, else to the same block. */
  private edge({ target, args }: Edge, phase: Phase, hasChanged: boolean): Edge {
    if (!this.shape.order.has(target)) throw new CannotElide();
    if (!this.heads.some((head) => dominates(this.shape, head, target))) {
      if (phase !== 'handled') throw new CannotElide();
      return { target, args: args.map((arg) => this.value(arg)) };
    }
    target.params.forEach((param, i) => {
      const mark = this.gone.get(resolve(args[i]!));
      if (mark === undefined) this.values.set(param, this.value(args[i]!));
      else this.gone.set(param, mark);
    });
    return { target: this.copyBlock(target, phase, hasChanged), args: [] };
  }
}
