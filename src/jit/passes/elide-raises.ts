/**
 * Exceptions that nobody sees are not made: where the class is known, and the handler that catches it neither looks at it nor calls anything while it is being handled, what raises jumps to a
 * copy of the handler without the instructions that deal with the exception.
 *
 *   landing: caught, push_handled, matches_exception KeyError ─▶ count += 1, pop_handled ─▶ rest
 *   copy:                                                         count += 1              ─▶ rest
 *
 * In the copy guards leave to the state before what raised, which tier 0 does again: nothing has been changed since.
 *
 * INV-1: between that state and the landing nothing is changed, and no guard of the copy stands behind a change while the exception is handled.
 */
import { PyTuple } from '../../core/containers.ts';
import { PyType } from '../../core/type.ts';
import { dominates, shapeOf, type Shape } from '../dominators.ts';
import { isVirtual, Node, resolve, type Block, type Edge, type Graph, type Slot, type State, type Terminator } from '../ir.ts';
import { NONE } from '../kinds.ts';
import { isAllocation, operationOf } from '../operations.ts';
import type { Raised } from './raised.ts';
import { INLINED_FORMS, OWN } from './inline-body.ts';

/** Nodes that the copies for one raising operation may have, and those of one compilation. */
const MAX_COPY = 80;
const MAX_COPIES = 400;

/** Takes back a copy that cannot be made. */
class CannotElide extends Error {}

/** Whether `except what:` catches instances of the class; null where that is not known. */
function catches(what: Node, type: PyType): boolean | null {
  if (what.op === 'build_tuple') return catchesOne(what.args.map((arg) => resolve(arg).imm), type);
  if (what.op !== 'const') return null;
  return catchesOne(what.imm instanceof PyTuple ? what.imm.items : [what.imm], type);
}

function catchesOne(items: readonly unknown[], type: PyType): boolean | null {
  const root = type.mro.find(({ name, flags }) => name === 'BaseException' && !flags.heapType)!;
  if (!items.every((item) => item instanceof PyType && item.mro.includes(root))) return null;
  return items.some((item) => type.mro.includes(item as PyType));
}

/** Copies handlers within one graph. */
export class RaiseElision {
  private readonly shape: Shape;
  private readonly newBlock: () => Block;
  private room = MAX_COPIES;

  constructor(graph: Graph, newBlock: () => Block) {
    this.shape = shapeOf(graph);
    this.newBlock = newBlock;
  }

  /** The blocks of a copy of the handler behind `landing`, the first one first; null where the exception has to be there. `state` is the position before what raises. */
  copy(landing: Block, raised: Raised, state: State): readonly Block[] | null {
    // Of blocks that have been made since nothing is known.
    if (this.room < MAX_COPY || !this.shape.order.has(landing)) return null;
    const copy = new HandlerCopy(this.shape, raised, state, this.newBlock);
    try {
      copy.start(landing);
    } catch (error) {
      if (error instanceof CannotElide) return null;
      throw error;
    }
    this.room -= copy.size;
    return copy.made;
  }
}

/** The part of a handler in which a block stands. */
type Phase = 'landing' | 'handling' | 'handled';

class HandlerCopy {
  readonly made: Block[] = [];
  size = 0;
  private readonly shape: Shape;
  private readonly raised: Raised;
  private readonly state: State;
  private readonly newBlock: () => Block;
  /** Copies by what they are copies of. */
  private readonly values = new Map<Node, Node>();
  private readonly states = new Map<State, State>();
  private readonly blocks = new Set<Block>();
  /** What there is no copy of: the exception, and what was handled before it. */
  private readonly gone = new Map<Node, 'exception' | 'previous'>();
  /** Results of instructions that deal with the exception. */
  private readonly known = new Map<Node, boolean>();
  /** Where the handler begins, for this exception and for all. */
  private heads: readonly Block[] = [];
  private phase: Phase = 'landing';
  private hasChanged = false;

  constructor(shape: Shape, raised: Raised, state: State, newBlock: () => Block) {
    this.shape = shape;
    this.raised = raised;
    this.state = state;
    this.newBlock = newBlock;
  }

  start(landing: Block): void {
    const { end } = landing;
    this.heads = end.kind === 'jump' && !landing.nodes.some(({ op }) => op === 'push_handled') ? [landing, end.target.target] : [landing];
    this.copyBlock(landing, 'landing', false);
  }

  private copyBlock(from: Block, phase: Phase, hasChanged: boolean): Block {
    if (from.isLoop || this.blocks.has(from)) throw new CannotElide();
    const to = this.newBlock();
    this.blocks.add(from);
    this.made.push(to);
    this.phase = phase;
    this.hasChanged = hasChanged;
    if (phase === 'landing') this.guardClass(to);
    for (const node of from.nodes) this.copyInto(to, node);
    this.copyEnd(from.end, to);
    return to;
  }

  private guardClass(to: Block): void {
    const { type } = this.raised;
    const guard = new Node('guard_version', [], { type, version: type.version });
    guard.kinds = NONE;
    guard.state = this.state;
    guard.block = to;
    to.nodes.push(guard);
  }

  /** The copy of a value, or the value, where that stands before. */
  private value(node: Node): Node {
    const from = resolve(node);
    if (this.gone.has(from) || this.known.has(from)) throw new CannotElide();
    return this.values.get(from) ?? from;
  }

  private copyInto(to: Block, node: Node): void {
    if (this.phase !== 'handled' && this.isOfHandling(node)) return;
    if (this.phase === 'handling' && !this.isQuiet(node)) throw new CannotElide();
    if (++this.size > MAX_COPY) throw new CannotElide();
    const made = new Node(this.phase === 'handling' ? INLINED_FORMS[node.op] ?? node.op : node.op, node.args.map((arg) => this.value(arg)), node.imm);
    const { kinds, isDouble, hint, feedback, isGeneral, catches } = node;
    Object.assign(made, { kinds, isDouble, hint, feedback, isGeneral, catches: catches && this.phase === 'handled' });
    made.block = to;
    made.state = this.stateOf(node.state);
    made.before = this.stateOf(node.before);
    this.values.set(node, made);
    to.nodes.push(made);
    this.hasChanged ||= this.phase === 'handling' && operationOf(node).effect === 'write' && !isAllocation(node);
  }

  /** Whether a node deals with the exception only: it is not copied. */
  private isOfHandling(node: Node): boolean {
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
      case 'matches_exception': {
        const result = mark === 'exception' ? catches(this.value(node.args[1]!), this.raised.type) : null;
        if (result === null) throw new CannotElide();
        this.known.set(node, result);
        return true;
      }
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

  /** Whether a node may be done while nobody can see that an exception is handled, and again from the state before. */
  private isQuiet(node: Node): boolean {
    const { effect, isQuiet } = operationOf(node);
    if (effect === 'call' || (isQuiet === true && INLINED_FORMS[node.op] === undefined) || OWN.has(node.op)) return false;
    return !(this.hasChanged && node.state !== null);
  }

  private stateOf(state: State | null): State | null {
    if (state === null) return null;
    if (this.phase === 'handling') return this.state;
    let copy = this.states.get(state);
    if (copy === undefined) {
      const slot = (from: Slot): Slot => (isVirtual(from) ? { ...from, parts: from.parts.map((part) => this.value(part)) } : this.value(from));
      copy = { ...state, slots: state.slots.map(slot) };
      if (state.constructs !== undefined) copy.constructs = this.value(state.constructs);
      this.states.set(state, copy);
    }
    return copy;
  }

  private copyEnd(end: Terminator, to: Block): void {
    const { phase, hasChanged } = this;
    if (end.kind === 'jump') to.end = { kind: 'jump', target: this.edge(end.target, phase, hasChanged) };
    else if (end.kind === 'branch') {
      const condition = resolve(end.condition);
      const known = this.known.get(condition);
      if (known !== undefined) to.end = { kind: 'jump', target: this.edge(known ? end.then : end.otherwise, phase, hasChanged) };
      else to.end = { kind: 'branch', condition: this.value(condition), then: this.edge(end.then, phase, hasChanged), otherwise: this.edge(end.otherwise, phase, hasChanged) };
    } else if (phase !== 'handled') {
      // An exit, which leaves to the state before, as guards do.
      if (end.kind !== 'exit' || end.reason !== 'unseen' || hasChanged) throw new CannotElide();
      to.end = { ...end, state: this.state };
    } else if (end.kind === 'return') to.end = { kind: 'return', value: this.value(end.value) };
    else if (end.kind === 'exit') to.end = { ...end, state: this.stateOf(end.state)! };
    else to.end = { ...end, value: this.value(end.value), state: this.stateOf(end.state)! };
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
